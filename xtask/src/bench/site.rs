//! A server with data, and people who sign in there.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::class::{Class, PASSWORD};
use super::client::{Client, request};
use super::machine::{Clocks, Memory};
use super::options::Engine;
use crate::error::{Context, Result};
use crate::postgres::Cluster;
use crate::process::Run;
use crate::server::Server;
use crate::shell::Shell;

/// How long an access token is used; it is good for ten minutes.
const TOKEN: Duration = Duration::from_secs(300);

/// A database, and the folder with everything that is not in it.
#[derive(Clone)]
pub struct Data<'a> {
    pub engine: Engine,
    /// How many cases are in it; 0 for other data.
    pub cases: u64,
    pub folder: PathBuf,
    /// With the database's name, for PostgreSQL.
    pub cluster: Option<(&'a Cluster, String)>,
    binary: PathBuf,
}

impl<'a> Data<'a> {
    /// Data that was made before in a folder, or an empty database.
    pub fn open(
        engine: Engine,
        cluster: Option<&'a Cluster>,
        binary: &Path,
        home: &Path,
        name: &str,
        cases: u64,
    ) -> Result<Self> {
        let folder = home.join(format!("{}-{name}", engine.to_string().to_lowercase()));
        fs::create_dir_all(&folder).context(format!("creating {}", folder.display()))?;
        let cluster = cluster.map(|cluster| (cluster, format!("bench_{name}")));
        if let Some((cluster, name)) = &cluster {
            let there = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
            if cluster.query("postgres", &there)?.is_empty() {
                cluster.query("postgres", &format!("CREATE DATABASE {name}"))?;
            }
        }
        Ok(Self { engine, cases, folder, cluster, binary: binary.to_owned() })
    }

    /// Fills it, unless that was done before; then only brings it up to date.
    pub fn seed(self, shell: &Shell) -> Result<Self> {
        let seeded = self.folder.join("seeded");
        shell.run(self.werkbak(&["migrate"]))?;
        if !seeded.exists() {
            shell.run(self.werkbak(&["seed", "--cases", &self.cases.to_string()]))?;
            if let Some((cluster, name)) = &self.cluster {
                // What is still to be written would be written during the measurements.
                cluster.query(name, "CHECKPOINT")?;
            }
            fs::write(&seeded, "").context("noting what was made")?;
        }
        Ok(self)
    }

    /// Removes it.
    pub fn remove(self) -> Result {
        if let Some((cluster, name)) = &self.cluster {
            cluster.query("postgres", &format!("DROP DATABASE {name}"))?;
        }
        fs::remove_dir_all(&self.folder).context("removing data")
    }

    /// A copy that may be changed, in the same place. Nobody may be using this one.
    pub fn copy(&self, name: &str) -> Result<Self> {
        let folder = self.folder.with_file_name(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).context("copying the data")?;
        for entry in fs::read_dir(&self.folder).context("copying the data")? {
            let from = entry.context("copying the data")?.path();
            if let Some(name) = from.file_name().filter(|_| from.is_file()) {
                fs::copy(&from, folder.join(name)).context("copying the data")?;
            }
        }
        let mut copy = Self { folder, ..self.clone() };
        if let Some((cluster, of)) = &self.cluster {
            let name = format!("bench_{name}");
            cluster.query("postgres", &format!("DROP DATABASE IF EXISTS {name}"))?;
            cluster.query("postgres", &format!("CREATE DATABASE {name} TEMPLATE {of}"))?;
            copy.cluster = Some((cluster, name));
        }
        Ok(copy)
    }

    /// A command on this data.
    pub fn werkbak(&self, args: &[&str]) -> Run {
        let url = match &self.cluster {
            Some((cluster, name)) => cluster.url(name),
            None => format!("sqlite:{}", self.folder.join("werkbak.db").display()),
        };
        Run::new(&self.binary)
            .args(args)
            .env("DATABASE_URL", url)
            .env("WERKBAK_DATA", &self.folder)
            .env("WERKBAK_BIND", "127.0.0.1:0")
            .env("WERKBAK_WORKER", "off")
            // So that attempts to sign in can come from ever other addresses.
            .env("WERKBAK_TRUSTED_PROXIES", "127.0.0.1")
            .env("RUST_LOG", "error")
            .env_remove("WERKBAK_TLS_CERTIFICATE")
            .env_remove("WERKBAK_TLS_KEY")
    }

    /// A server on it.
    pub fn serve(&self) -> Result<Site<'_>> {
        self.serve_with(|run| run)
    }

    /// The same with more in its environment.
    pub fn serve_with(&self, more: impl FnOnce(Run) -> Run) -> Result<Site<'_>> {
        let server = Server::start(more(self.werkbak(&["serve"])), &self.folder.join("serve.log"))?;
        Ok(Site { data: self, server: Some(server), signed_in: RefCell::default(), attempts: Cell::new(0) })
    }
}

/// A server that runs, and is stopped with this.
pub struct Site<'a> {
    pub data: &'a Data<'a>,
    server: Option<Server>,
    signed_in: RefCell<HashMap<String, (Person, Instant)>>,
    attempts: Cell<u16>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub token: String,
}

impl Person {
    /// What a header says of them.
    pub fn bearer(&self) -> String {
        format!("Authorization: Bearer {}\r\n", self.token)
    }

    /// A request that reads.
    pub fn get(&self, path: &str) -> Vec<u8> {
        request("GET", path, &format!("{}Accept-Encoding: identity\r\n", self.bearer()), "")
    }

    /// The same as a browser asks.
    pub fn get_compressed(&self, path: &str) -> Vec<u8> {
        request("GET", path, &format!("{}Accept-Encoding: gzip, deflate, br, zstd\r\n", self.bearer()), "")
    }
}

impl Site<'_> {
    pub fn address(&self) -> &str {
        self.server.as_ref().map_or("", Server::address)
    }

    pub fn client(&self) -> Client {
        Client::new(self.address())
    }

    fn id(&self) -> u32 {
        self.server.as_ref().map_or(0, Server::id)
    }

    pub fn clocks(&self) -> Clocks {
        let database = self.data.cluster.as_ref().and_then(|(cluster, _)| cluster.id());
        Clocks::read(self.id(), database)
    }

    pub fn memory(&self) -> Result<Memory> {
        Memory::of(self.id())
    }

    /// Signs somebody in, or returns who was a moment ago.
    pub fn sign_in(&self, username: &str) -> Result<Person> {
        if let Some((person, at)) = self.signed_in.borrow().get(username)
            && at.elapsed() < TOKEN
        {
            return Ok(person.clone());
        }
        let body = serde_json::json!({ "username": username, "password": PASSWORD }).to_string();
        let attempt = self.attempts.get().wrapping_add(1);
        self.attempts.set(attempt);
        let [high, low] = attempt.to_be_bytes();
        let from = format!("X-Forwarded-For: 10.0.{high}.{low}\r\n");
        let mut client = self.client();
        let answer = client.ask("POST", "/v1/sessions", &from, &body)?;
        let session = answer.json(201).context(format!("signing in as {username}"))?;
        let text = |name: &str| session[name].as_str().map(ToOwned::to_owned).context(format!("no {name}"));
        let person = Person { id: text("employeeId")?, token: text("accessToken")? };
        self.signed_in.borrow_mut().insert(username.to_owned(), (person.clone(), Instant::now()));
        Ok(person)
    }

    /// All of a class.
    pub fn people(&self, class: &Class) -> Result<Vec<Person>> {
        class.usernames().map(|username| self.sign_in(&username)).collect()
    }

    /// Reads something once.
    pub fn get(&self, person: &Person, path: &str) -> Result<serde_json::Value> {
        self.client().exchange(&person.get(path))?.json(200).context(format!("GET {path}"))
    }
}

impl Drop for Site<'_> {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
    }
}
