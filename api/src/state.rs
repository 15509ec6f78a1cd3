//! What every request shares.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;

use crate::config::Config;
use crate::db::{Conn, Db, READERS};
use crate::http::gate::Gate;
use crate::mail::worker::Bell;
use crate::problem::{Outcome, Problem};
use crate::sign_in::hashing::Hasher;
use crate::sign_in::tokens::Tokens;

/// How many requests may wait for the database before new ones are told to come back.
const DATABASE_QUEUE: usize = 512;

/// The installation as a running server sees it.
#[derive(Debug, Clone)]
pub struct State {
    /// The database.
    pub db: Db,
    /// Configuration.
    pub config: Arc<Config>,
    /// Passwords.
    pub hasher: Hasher,
    /// Access and refresh tokens.
    pub tokens: Tokens,
    /// Wakes the mail worker.
    pub bell: Bell,
    readers: Gate,
    writers: Gate,
}

impl State {
    /// Opens the database and reads the secrets.
    pub fn open(config: Config) -> Result<Self, String> {
        let secrets = crate::secrets::Secrets::load_or_create(&config.secrets_file)?;
        let db = Db::open(&config.database)?;
        Ok(Self {
            hasher: Hasher::new()?,
            tokens: Tokens::new(Arc::new(secrets)),
            bell: Bell::default(),
            readers: Gate::new(READERS as usize, DATABASE_QUEUE),
            writers: Gate::new(
                match db.kind() {
                    crate::db::Kind::Sqlite => 1,
                    crate::db::Kind::Postgres => READERS as usize,
                },
                DATABASE_QUEUE,
            ),
            db,
            config: Arc::new(config),
        })
    }

    /// Runs statements that only read, off the threads that serve requests.
    pub async fn read<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let place = self.readers.enter().await?;
        let db = self.db.clone();
        web::block(move || {
            let _place = place;
            db.read(run)
        })
        .await
        .map_err(|_| Problem::busy())?
    }

    /// Runs one transaction, off the threads that serve requests.
    pub async fn write<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let place = self.writers.enter().await?;
        let db = self.db.clone();
        web::block(move || {
            let _place = place;
            db.write(run)
        })
        .await
        .map_err(|_| Problem::busy())?
    }

    /// Runs one transaction that is undone, off the threads that serve requests.
    pub async fn rehearse<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Conn) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let place = self.writers.enter().await?;
        let db = self.db.clone();
        web::block(move || {
            let _place = place;
            db.rehearse(run)
        })
        .await
        .map_err(|_| Problem::busy())?
    }

    /// Tells the mail worker that there may be something to send.
    pub fn mail_may_wait(&self) {
        self.bell.ring();
    }
}

/// How long a session lasts at the most, whatever happens in it (S7).
pub const SESSION_LENGTH: Duration = Duration::from_secs(12 * 60 * 60);
