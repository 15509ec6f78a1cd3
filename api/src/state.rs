//! What every request shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::web;

use crate::config::Config;
use crate::db::{self, Conn, Db, Kind};
use crate::http::gate::Gate;
use crate::mail::worker::Bell;
use crate::networks::Trust;
use crate::problem::{Outcome, Problem};
use crate::reads::Recorder;
use crate::sign_in::hashing::Hasher;
use crate::sign_in::rates::Rates;
use crate::sign_in::tokens::Tokens;
use crate::sign_in::usage::Usage;

/// How many requests that read may wait for the database before new ones are told to come back: about a quarter of a second's work.
const READ_QUEUE: usize = 512;
/// How many that write: short ones, such as a thousand colleagues who all want the same hundred tasks.
const WRITE_QUEUE: usize = 2048;

/// How many may ask at the same time whether the server is ready; more than a few proxies never do.
const LOOKS: usize = 8;

/// Where requests wait for what is scarce.
#[derive(Debug, Clone)]
pub struct Gates {
    /// Password hashes (S1).
    pub hashing: Gate,
    /// Requests that read.
    pub readers: Gate,
    /// Requests that write.
    pub writers: Gate,
}

impl Gates {
    /// As wide as a database and this machine allow.
    pub fn usual(kind: Kind) -> Self {
        Self {
            hashing: Hasher::usual_gate(),
            readers: Gate::new(db::readers(kind) as usize, READ_QUEUE),
            writers: Gate::new(db::writers(kind) as usize, WRITE_QUEUE),
        }
    }
}

/// The installation as a running server sees it.
#[derive(Debug, Clone)]
pub struct State {
    /// The database.
    pub db: Db,
    /// Configuration.
    pub config: Arc<Config>,
    /// Passwords.
    pub hasher: Hasher,
    /// How often what guesses passwords may be tried.
    pub rates: Rates,
    /// From where requests may come (S8).
    pub trust: Trust,
    /// Access and refresh tokens.
    pub tokens: Tokens,
    /// Wakes the mail worker.
    pub bell: Bell,
    /// Records what is read (E2).
    pub reads: Recorder,
    /// When sessions were last used (S7).
    pub usage: Usage,
    readers: Gate,
    writers: Gate,
    looks: Gate,
    leaving: Arc<AtomicBool>,
}

impl State {
    /// Opens the database and reads the secrets.
    pub fn open(config: Config) -> Result<Self, String> {
        let gates = Gates::usual(config.database.kind());
        Self::open_behind(config, gates)
    }

    /// The same, behind gates of one's own.
    pub fn open_behind(config: Config, gates: Gates) -> Result<Self, String> {
        let secrets = crate::secrets::Live::open(config.secrets.clone())?;
        let db = Db::open(&config.database)?;
        Ok(Self {
            hasher: Hasher::behind(gates.hashing)?,
            rates: Rates::default(),
            trust: Trust::new(config.networks.clone(), config.networks_enforced),
            tokens: Tokens::new(Arc::new(secrets)),
            bell: Bell::default(),
            reads: Recorder::start(db.clone())?,
            usage: Usage::new(config.sessions.idle),
            readers: gates.readers,
            writers: gates.writers,
            looks: Gate::new(1, LOOKS),
            leaving: Arc::default(),
            db,
            config: Arc::new(config),
        })
    }

    /// Runs statements that only read, off the threads that serve requests.
    pub async fn read<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.read_behind(&self.readers, run).await
    }

    /// The same without standing in line with all requests: whether the database answers, however busy it is.
    pub async fn look<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.read_behind(&self.looks, run).await
    }

    async fn read_behind<T: Send + 'static>(
        &self,
        gate: &Gate,
        run: impl FnOnce(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let place = gate.enter().await?;
        let db = self.db.clone();
        // What goes wrong there is logged with the id of the request.
        let span = tracing::Span::current();
        web::block(move || {
            let _place = place;
            span.in_scope(|| db.read(run))
        })
        .await
        .map_err(|_| Problem::busy())?
    }

    /// Runs one transaction, off the threads that serve requests.
    pub async fn write<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.with_writer(move |db| db.write(run)).await
    }

    /// Runs one transaction and undoes it (G5), off the threads that serve requests.
    pub async fn rehearse<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.with_writer(move |db| db.rehearse(run)).await
    }

    async fn with_writer<T: Send + 'static>(
        &self,
        run: impl FnOnce(&Db) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let place = self.writers.enter().await?;
        let db = self.db.clone();
        let span = tracing::Span::current();
        web::block(move || {
            let _place = place;
            span.in_scope(|| run(&db))
        })
        .await
        .map_err(|_| Problem::busy())?
    }

    /// From now on this server is not ready, and keeps no connection open after an answer: it is about to stop.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether it is about to stop.
    pub fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// Tells the mail worker that there may be something to send.
    pub fn mail_may_wait(&self) {
        self.bell.ring();
    }
}
