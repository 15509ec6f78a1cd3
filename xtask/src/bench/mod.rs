//! `cargo xtask bench …`: what is promised about speed, measured on this machine.
//!
//! Absolute figures say more about a machine than about Werkbak, so a figure is compared with another of the same run.

mod class;
mod client;
mod in_process;
mod load;
mod machine;
mod options;
mod pgbench;
mod report;
mod scenarios;
mod site;
mod statements;
mod stats;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit, setrlimit};

use self::options::{Engine, Plan};
use self::report::Report;
use self::scenarios::{Stage, by_id, claims, first_load, lists, memory, paging, sign_in, tasks};
use self::site::Data;
use crate::error::{Context, Error, Result};
use crate::postgres::Cluster;
use crate::process::Run;
use crate::progress::time;
use crate::setup::{self, Purpose};
use crate::shell::Shell;
use crate::signals;

/// As an operator would set it up for a machine that it shares with the server; durable, unlike for tests.
const POSTGRES: [&str; 3] = ["shared_buffers=2GB", "max_wal_size=4GB", "checkpoint_timeout=30min"];
/// So that a line of its log starts with what it is.
const NO_PREFIX: &str = "log_line_prefix=";
const POSTGRES_LOG: &str = "postgres.log";

/// `cargo xtask bench [option ...]`.
pub fn run(shell: &Shell, args: &[&str]) -> Result {
    let plan = Plan::parse(args)?;
    let started = Instant::now();
    let bench = Bench::prepare(shell, &plan)?;
    let mut report = Report::default();
    introduce(&mut report, &plan);
    for engine in &plan.engines {
        bench.engine(*engine, &mut report)?;
    }
    if plan.wants("first-load") {
        let measured = bench
            .empty(Engine::Sqlite, None, "first-load")
            .and_then(|data| first_load::run(shell, &data, &mut report));
        note(shell, &mut report, "first load", measured)?;
    }
    shell.say(format!("Measured in {}.", time(started.elapsed())));
    if plan.is_complete() {
        report.write(shell, "performance")?;
    } else {
        shell.say(format!("\n{}", report.page(None)));
    }
    verdict(&report)
}

/// `cargo xtask bench sign-in [--postgres]`.
pub fn sign_in(shell: &Shell, with_postgres: bool) -> Result {
    let mut plan = Plan::parse(if with_postgres { &[] } else { &["--sqlite-only"] })?;
    plan.round = Duration::from_secs(6);
    plan.only = vec!["sign-in".to_owned()];
    let bench = Bench::prepare(shell, &plan)?;
    let mut report = Report::default();
    report.say(format!(
        "# Sign-in under attack\n\n`cargo xtask bench sign-in --postgres` wrote this page; the figures for programs are in \
         [performance-sign-in.json](performance-sign-in.json). Server (release build), clients and database share this \
         machine: {}.",
        machine::description()
    ));
    for engine in &plan.engines {
        bench.engine(*engine, &mut report)?;
    }
    report.write(shell, "performance-sign-in")?;
    verdict(&report)
}

fn verdict(report: &Report) -> Result {
    match report.missed() {
        0 => Ok(()),
        missed => Err(Error::new(format!("{missed} limits are missed."))),
    }
}

fn introduce(report: &mut Report, plan: &Plan) {
    report.say(format!(
        "# Speed\n\n\
         `cargo xtask bench` wrote this page; the figures for programs are in [performance.json](performance.json). Server \
         ({}), clients and database share one machine: {}.\n\n\
         The data: `werkbak seed --cases {}`, and {} for comparison. {} clients ask as fast as they are answered, each as another \
         employee of the class; all are ordinary employees. What is compared is measured in turns, {} rounds of {} s each \
         after a warm-up, and the median of the rounds counts. Figures per second depend on the machine; ratios hardly do.\n\n\
         On PostgreSQL the baseline is pgbench (`-M prepared`, as many clients, 2 threads) with the very statements and \
         parameters that PostgreSQL logged for the requests of the same employees, the check of the session included; *list \
         alone* is without that and without looking up names. On SQLite it is the server's own code below HTTP, on two \
         threads. *Server*, *database*, *clients* and *other* tell how many processors each kept busy meanwhile; on SQLite \
         the database is part of the server. A list that is bound by processor time gets quicker by less work, or by more processors.",
        if plan.binary.is_some() { "a build that was named" } else { "release build" },
        machine::description(),
        plan.cases,
        plan.few_cases,
        class::CLIENTS,
        plan.rounds,
        plan.round.as_secs(),
    ));
}

/// Notes what could not be measured, and goes on with the rest.
fn note<T>(shell: &Shell, report: &mut Report, what: &str, measured: Result<T>) -> Result<Option<T>> {
    match measured {
        Ok(value) => Ok(Some(value)),
        Err(_) if signals::interrupted() => Err(Error::Interrupted),
        Err(error) => {
            shell.say(format!("{what}: {error}"));
            report.failed(format!("{what}: {error}"));
            Ok(None)
        }
    }
}

type Scenario = fn(&Stage<'_>, &mut Report) -> Result;

struct Bench<'a> {
    shell: &'a Shell,
    plan: &'a Plan,
    home: Home,
    binary: PathBuf,
}

impl<'a> Bench<'a> {
    fn prepare(shell: &'a Shell, plan: &'a Plan) -> Result<Self> {
        setup::ensure(shell, Purpose::Test)?;
        let binary = match &plan.binary {
            Some(binary) => binary.clone(),
            None => {
                shell.run(Run::cargo().args([
                    "build",
                    "--release",
                    "--package",
                    "api",
                    "--bin",
                    "werkbak",
                ]))?;
                shell.target.join("release/werkbak")
            }
        };
        // A thousand connections here, and as many in the server, which inherits the limit.
        let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).context("looking at the limit of open files")?;
        setrlimit(Resource::RLIMIT_NOFILE, most, most).context("raising the limit of open files")?;
        Ok(Self { shell, plan, home: Home::make(plan.keep.as_deref())?, binary })
    }

    fn data<'b>(
        &self,
        engine: Engine,
        cluster: Option<&'b Cluster>,
        name: &str,
        cases: u64,
    ) -> Result<Data<'b>> {
        Data::open(engine, cluster, &self.binary, &self.home.folder, name, cases)
    }

    /// With nothing in it, also when there was.
    fn empty<'b>(&self, engine: Engine, cluster: Option<&'b Cluster>, name: &str) -> Result<Data<'b>> {
        self.data(engine, cluster, name, 0)?.remove()?;
        self.data(engine, cluster, name, 0)
    }

    /// Everything on one of the databases.
    fn engine(&self, engine: Engine, report: &mut Report) -> Result {
        if engine == Engine::Sqlite {
            return self.on(engine, None, None, report);
        }
        let log = self.home.folder.join(POSTGRES_LOG);
        let file = File::create(&log).context("making a log for PostgreSQL")?;
        let cluster =
            Cluster::kept(self.home.folder.join("cluster"), &[&POSTGRES[..], &[NO_PREFIX]].concat(), file)?;
        self.shell.say(format!("Started {}.", cluster.version));
        report.say(format!("{} with {}.", cluster.version, POSTGRES.join(", ")));
        self.on(engine, Some(&cluster), Some(&log), report)
    }

    fn on(
        &self,
        engine: Engine,
        cluster: Option<&Cluster>,
        log: Option<&Path>,
        report: &mut Report,
    ) -> Result {
        let (shell, plan) = (self.shell, self.plan);
        let mut most = 0.0;
        if plan.wants("sign-in") {
            let measured = self
                .empty(engine, cluster, "sign_in")
                .and_then(|data| sign_in::run(shell, plan, &data, report));
            most = f64::max(most, note(shell, report, "sign-in", measured)?.unwrap_or_default());
        }
        if !["lists", "paging", "tasks", "by-id", "claims", "memory"].iter().any(|name| plan.wants(name)) {
            return Ok(());
        }
        let large = self.data(engine, cluster, &plan.cases.to_string(), plan.cases)?.seed(shell)?;
        let small = self.data(engine, cluster, &plan.few_cases.to_string(), plan.few_cases)?.seed(shell)?;
        if plan.wants("claims") {
            let measured = small.copy("claims").and_then(|data| claims::run(&data, report));
            most = f64::max(most, note(shell, report, "claims", measured)?.unwrap_or_default());
        }
        let (on_large, on_small) = (large.serve()?, small.serve()?);
        let stage = Stage { shell, plan, large: &on_large, small: &on_small, log };
        let scenarios: [(&str, Scenario); 4] =
            [("lists", lists::run), ("paging", paging::run), ("tasks", tasks::run), ("by-id", by_id::run)];
        for (name, scenario) in scenarios {
            if plan.wants(name) && !(name == "by-id" && engine == Engine::Postgres) {
                let measured = scenario(&stage, report);
                note(shell, report, &format!("{name}, {engine}"), measured)?;
            }
        }
        if plan.wants("memory") {
            let measured = memory::run(&stage, report, most);
            note(shell, report, "memory", measured)?;
        }
        Ok(())
    }
}

/// A folder that goes with the run, or stays for the next one.
struct Home {
    folder: PathBuf,
    stays: bool,
}

impl Home {
    fn make(keep: Option<&Path>) -> Result<Self> {
        let temporary = || std::env::temp_dir().join(format!("werkbak-bench-{}", std::process::id()));
        let folder = keep.map_or_else(temporary, ToOwned::to_owned);
        fs::create_dir_all(&folder).context(format!("creating {}", folder.display()))?;
        Ok(Self { folder, stays: keep.is_some() })
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if !self.stays {
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}
