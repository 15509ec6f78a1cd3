//! A PostgreSQL cluster of one's own, made from the installed binaries: for one run of the tests in a temporary folder that
//! is gone afterwards, or in a folder that stays.

use std::env;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::thread;

use nix::sys::signal::Signal;
use nix::unistd::{User, geteuid};

use crate::digest;
use crate::error::{Context, Error, Result};
use crate::process::{Run, find_program};
use crate::shell::Shell;
use crate::signals;

/// The variable that tells the tests which PostgreSQL to use.
pub const URL_VARIABLE: &str = "TEST_DATABASE_URL";

const FOLDER_PREFIX: &str = "werkbak-postgres-";

/// On this machine only, and with room for tests that each have a database of their own.
const SETTINGS: [&str; 4] =
    ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "lc_messages=C"];

/// Fast rather than durable.
const FOR_TESTS: [&str; 8] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "checkpoint_timeout=1h",
    "shared_buffers=256MB",
];

/// What the server says once it can be used.
const READY: &str = "database system is ready to accept connections";

/// The folder with PostgreSQL's programs, the newest version if there are several.
pub fn binaries() -> Option<PathBuf> {
    let complete =
        |folder: &PathBuf| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file());
    // A link in PATH leads to the real folder.
    let in_path =
        find_program("initdb").and_then(|program| program.canonicalize().ok()?.parent().map(Path::to_owned));
    if let Some(folder) = in_path.filter(complete) {
        return Some(folder);
    }
    let version = |folder: &PathBuf| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).filter(complete).max_by_key(version)
}

/// The program that asks a PostgreSQL something.
pub fn psql() -> Option<PathBuf> {
    let beside = || Some(binaries()?.join("psql")).filter(|program| program.is_file());
    find_program("psql").or_else(beside)
}

/// Calls `use_url` with the address of a PostgreSQL in which the tests may do everything.
pub fn with_cluster<T>(shell: &Shell, use_url: impl FnOnce(&str) -> Result<T>) -> Result<T> {
    if let Ok(url) = env::var(URL_VARIABLE) {
        shell.say(format!("Using the PostgreSQL of {URL_VARIABLE}."));
        return use_url(&url);
    }
    let cluster = Cluster::for_tests()?;
    shell.say(format!("Started {} for this run.", cluster.version));
    use_url(&cluster.url("postgres"))
}

/// `cargo xtask postgres -- <command>`.
pub fn run_with_cluster(shell: &Shell, command: &[String]) -> Result {
    let (program, args) =
        command.split_first().context("Which command? cargo xtask postgres -- <command> [argument ...]")?;
    with_cluster(shell, |url| Run::new(program).args(args).env(URL_VARIABLE, url).run_attached())
}

/// A running PostgreSQL.
pub struct Cluster {
    folder: PathBuf,
    /// Whether the folder outlives us.
    stays: bool,
    binaries: PathBuf,
    server: Option<Child>,
    password: String,
    port: u16,
    /// `postgres (PostgreSQL) 15.1`.
    pub version: String,
}

impl Cluster {
    fn for_tests() -> Result<Self> {
        remove_abandoned();
        let folder = env::temp_dir().join(format!("{FOLDER_PREFIX}{}", process::id()));
        Self::start(folder, false, &FOR_TESTS, io::sink())
    }

    /// One in a folder that stays, with what is in it already; what PostgreSQL logs goes to `log`.
    pub fn kept(folder: PathBuf, settings: &[&str], log: impl Write + Send + 'static) -> Result<Self> {
        Self::start(folder, true, settings, log)
    }

    fn start(
        folder: PathBuf,
        stays: bool,
        settings: &[&str],
        log: impl Write + Send + 'static,
    ) -> Result<Self> {
        let binaries = binaries().context("PostgreSQL is not installed: run cargo xtask setup")?;
        let owner = owner()?;
        let found = folder.join("data/PG_VERSION").exists();
        if !(stays && folder.is_dir()) {
            DirBuilder::new()
                .mode(0o700)
                .create(&folder)
                .context(format!("creating {}", folder.display()))?;
        }
        // From here on, leaving early removes a folder that is not to stay.
        let mut cluster = Self {
            folder,
            stays,
            binaries,
            server: None,
            password: String::new(),
            port: free_port()?,
            version: String::new(),
        };
        cluster.password = if found {
            fs::read_to_string(cluster.folder.join("password")).context("reading the password")?
        } else {
            cluster.make(owner.as_ref())?
        };
        let mut postgres = as_owner(owner.as_ref(), &cluster.binaries.join("postgres"))
            .arg("-D")
            .arg(cluster.folder.join("data"))
            .arg("-p")
            .arg(cluster.port.to_string());
        for setting in SETTINGS.iter().chain(settings) {
            postgres = postgres.args(["-c", setting]);
        }
        let mut postgres = Command::from(postgres);
        postgres
            .current_dir(&cluster.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0);
        let mut server = postgres.spawn().context("starting postgres")?;
        let said = server.stderr.take();
        cluster.server = Some(server);
        wait_until_ready(said.context("postgres without output")?, log)?;
        cluster.version =
            Run::new(cluster.binaries.join("postgres")).arg("--version").read()?.trim().to_owned();
        Ok(cluster)
    }

    /// A new one in the empty folder; returns its password.
    fn make(&self, owner: Option<&User>) -> Result<String> {
        let (folder, password) = (&self.folder, random_password()?);
        let password_file = folder.join("password");
        File::create(&password_file)
            .and_then(|mut file| {
                file.set_permissions(Permissions::from_mode(0o600))?;
                file.write_all(password.as_bytes())
            })
            .context("writing the password")?;
        if let Some(owner) = owner {
            for path in [folder, &password_file] {
                chown(path, Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))
                    .context("handing over the folder")?;
            }
        }
        let initdb = as_owner(owner, &self.binaries.join("initdb")).args([
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        let data = folder.join("data");
        initdb.arg(concat("--pwfile=", &password_file)).arg(concat("--pgdata=", &data)).dir(folder).read()?;
        Ok(password)
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    /// The process that all others of it come from.
    pub fn id(&self) -> Option<u32> {
        self.server.as_ref().map(Child::id)
    }

    /// One of PostgreSQL's programs, such as psql, that finds one of its databases by itself.
    pub fn client(&self, program: &str, database: &str) -> Run {
        Run::new(self.binaries.join(program))
            .env("PGHOST", "127.0.0.1")
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", "postgres")
            .env("PGPASSWORD", &self.password)
            .env("PGDATABASE", database)
            .env_remove("PGOPTIONS")
    }

    /// Runs a statement; returns the rows, a line each.
    pub fn query(&self, database: &str, statement: &str) -> Result<String> {
        self.client("psql", database).args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]).read()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // "Immediate shutdown" where nothing in there is worth a checkpoint, otherwise "fast shutdown".
            signals::send(server, if self.stays { Signal::SIGINT } else { Signal::SIGQUIT });
            drop(server.wait());
        }
        if !self.stays {
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}

/// PostgreSQL refuses to run as root; then it runs as its own account, or as nobody.
fn owner() -> Result<Option<User>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    let find = |name| User::from_name(name).ok().flatten();
    find("postgres").or_else(|| find("nobody")).map(Some).context("there is no account to run PostgreSQL as")
}

/// setpriv changes the account, and ends the server if we die without having stopped it.
fn as_owner(owner: Option<&User>, program: &Path) -> Run {
    let mut run = Run::new("setpriv").args(["--pdeathsig", "QUIT"]);
    if let Some(owner) = owner {
        run = run
            .arg(format!("--reuid={}", owner.uid))
            .arg(format!("--regid={}", owner.gid))
            .arg("--clear-groups");
    }
    run.arg(program).env("LC_ALL", "C.UTF-8")
}

fn concat(option: &str, path: &Path) -> std::ffi::OsString {
    let mut all = std::ffi::OsString::from(option);
    all.push(path);
    all
}

fn random_password() -> Result<String> {
    let mut random = [0; 32];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .context("reading /dev/urandom")?;
    Ok(digest::short(&random) + &digest::short(&random.map(|byte| !byte)))
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("finding a free port")?;
    Ok(listener.local_addr().context("finding a free port")?.port())
}

/// Reads what the server says until it is ready; the rest goes to the log, lest it stop at a full pipe.
fn wait_until_ready(said: impl Read + Send + 'static, mut log: impl Write + Send + 'static) -> Result {
    let (mut said, mut all) = (BufReader::new(said), String::new());
    while said.read_line(&mut all).context("listening to postgres")? > 0 {
        if all.lines().last().is_some_and(|line| line.contains(READY)) {
            thread::spawn(move || io::copy(&mut said, &mut log));
            return Ok(());
        }
    }
    Err(Error::new(format!("PostgreSQL did not start:\n{all}")))
}

/// Removes what a run left behind that was killed too hard to clean up.
fn remove_abandoned() {
    let Ok(entries) = fs::read_dir(env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let starter = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX));
        if starter.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}
