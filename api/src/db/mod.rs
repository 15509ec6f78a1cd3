//! The database: SQLite or PostgreSQL, chosen by the scheme of its URL.
//!
//! Everything above this module speaks one dialect through [`Conn`]; the few statements that differ
//! live here.

pub mod counters;
pub mod failures;
pub mod ids;
pub mod lock;
pub mod migrations;
pub mod schema;
pub mod sql;

use std::time::Duration;

use diesel::connection::{LoadConnection, SimpleConnection, TransactionManager};
use diesel::r2d2::{CustomizeConnection, ManageConnection, Pool, PooledConnection};
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::problem::Problem;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
#[expect(missing_debug_implementations, reason = "connections have no useful Debug")]
pub enum Conn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Runs a query on the connection to whichever database it is, as in `on!(conn, |db| query.load(db))`. Diesel then knows the statement by
/// its type; through [`Conn`] it writes the text out again, more than once, to find the one it has prepared. For what every
/// request asks.
macro_rules! on {
    ($conn:expr, |$db:ident| $run:expr) => {
        match $conn {
            $crate::db::Conn::Postgres($db) => $run,
            $crate::db::Conn::Sqlite($db) => $run,
        }
    };
}
pub(crate) use on;

/// Which of the two a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

/// How PostgreSQL is to treat us. What is asked often goes along indexes, whatever the values: planning it anew each time, as PostgreSQL
/// does where it believes that a plan for all values costs more, takes as long as running it, and compiling it takes thirty times as
/// long. A page that is in memory costs as much wherever it is.
const SESSION: &str = "SET TIME ZONE 'UTC'; SET jit = off; SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1";

/// What a `DATABASE_URL` means.
#[derive(Clone)]
pub struct Address {
    kind: Kind,
    url: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL may carry a password.
        f.debug_struct("Address").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Refuses a URL in which PostgreSQL's client would take a part of the password for something else, and quote it.
fn readable(rest: &str) -> Result<(), String> {
    let plain = |text: &str| {
        let other = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:%".contains(c);
        let escaped =
            |part: &str| part.get(..2).is_some_and(|hex| hex != "00" && u8::from_str_radix(hex, 16).is_ok());
        text.chars().all(other) && text.split('%').skip(1).all(escaped)
    };
    let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = before_query.split_once('/').unwrap_or((before_query, ""));
    let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    let port = |host: &str| match host.rsplit_once(']').map_or(host, |(_, rest)| rest).split_once(':') {
        Some((_, port)) => port.is_empty() || port.parse::<u16>().is_ok(),
        None => true,
    };
    if plain(user) && hosts.split(',').all(port) && !database.contains('@') && !query.contains('@') {
        Ok(())
    } else {
        Err("DATABASE_URL is not of the form postgres://user:password@host:5432/database; in user and password \
             write anything but letters and digits as %XX"
            .to_owned())
    }
}

impl Address {
    /// Reads a URL: `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err("DATABASE_URL: sqlite: needs the path of a file".to_owned());
            }
            Ok(Self { kind: Kind::Sqlite, url: path.to_owned() })
        } else if let Some(rest) = ["postgres://", "postgresql://"].iter().find_map(|it| url.strip_prefix(it))
        {
            readable(rest)?;
            Ok(Self { kind: Kind::Postgres, url: url.to_owned() })
        } else {
            Err("DATABASE_URL must start with sqlite: or postgres://".to_owned())
        }
    }

    /// Which database it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The file, for SQLite.
    pub fn file(&self) -> Option<&std::path::Path> {
        (self.kind == Kind::Sqlite).then(|| std::path::Path::new(&self.url))
    }

    /// Opens one connection.
    pub fn connect(&self) -> Result<Conn, diesel::ConnectionError> {
        match self.kind {
            Kind::Postgres => {
                let mut conn = PgConnection::establish(&self.url)?;
                conn.batch_execute(SESSION).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Postgres(conn))
            }
            Kind::Sqlite => {
                let mut conn = SqliteConnection::establish(&self.url)?;
                conn.batch_execute(&format!(
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{};",
                    CACHE / readers(self.kind)
                ))
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Sqlite(conn))
            }
        }
    }
}

#[derive(Debug)]
struct Manager(Address);

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.0.connect().map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking()
            || match conn {
                Conn::Postgres(conn) => broken(conn),
                Conn::Sqlite(conn) => broken(conn),
            }
    }
}

fn broken<C: LoadConnection>(conn: &mut C) -> bool {
    <C::TransactionManager as TransactionManager<C>>::is_broken_transaction_manager(conn)
        || <C::TransactionManager as TransactionManager<C>>::transaction_manager_status_mut(conn)
            .transaction_depth()
            .map_or(true, |depth| depth.is_some())
}

#[derive(Debug)]
struct Nothing;
impl CustomizeConnection<Conn, diesel::r2d2::Error> for Nothing {}

/// The database and its pools. SQLite has one writer and several readers; PostgreSQL one pool for both.
#[derive(Clone)]
pub struct Db {
    kind: Kind,
    readers: Pool<Manager>,
    writers: Pool<Manager>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// How many connections read at the same time. What SQLite reads takes our own processors: more at once makes everyone wait for
/// everyone. Two more than there are, so that some may wait for a disk, or for a long export. PostgreSQL gets 4 or 6, by processors: where
/// it shared two with us, 6 did no more than 4, and whoever came last waited twice as long.
pub fn readers(kind: Kind) -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let processors = u32::try_from(processors).unwrap_or(1);
    match kind {
        Kind::Sqlite => processors.saturating_add(2).clamp(4, 16),
        Kind::Postgres => processors.saturating_mul(2).clamp(4, 6),
    }
}

/// How many connections write at the same time: SQLite has one writer.
pub fn writers(kind: Kind) -> u32 {
    match kind {
        Kind::Sqlite => 1,
        Kind::Postgres => readers(kind),
    }
}

/// How many kilobytes of the file SQLite keeps in memory, all connections that read together. Whenever something is written they begin
/// anew.
const CACHE: u32 = 20 * 1024;

impl Db {
    /// Opens the pools.
    pub fn open(address: &Address) -> Result<Self, String> {
        // To PostgreSQL all are opened before anything else happens: a program that ends while another thread still prepares OpenSSL
        // for a connection may be ended by the system.
        let idle = match address.kind() {
            Kind::Sqlite => Some(1),
            Kind::Postgres => None,
        };
        let pool = |size: u32| {
            Pool::builder()
                .max_size(size)
                .min_idle(idle)
                .test_on_check_out(false)
                .connection_timeout(Duration::from_secs(10))
                .connection_customizer(Box::new(Nothing))
                .build(Manager(address.clone()))
                .map_err(|error| format!("cannot connect to the database: {error}"))
        };
        // The writer first: it creates the file and switches it to WAL before any reader comes.
        let (writers, readers) = match address.kind() {
            Kind::Sqlite => (pool(writers(Kind::Sqlite))?, pool(readers(Kind::Sqlite))?),
            Kind::Postgres => {
                // One for each request that may read, and for each that may write, and one each for mail, for the record of readings and
                // for who asks whether we are ready: none of these waits for another.
                let both = pool(readers(Kind::Postgres) + writers(Kind::Postgres) + 3)?;
                (both.clone(), both)
            }
        };
        Ok(Self { kind: address.kind(), readers, writers })
    }

    /// Which database it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    fn take(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>, Problem> {
        pool.get().map_err(|error| {
            tracing::warn!(%error, "no database connection");
            Problem::busy()
        })
    }

    /// Runs statements that only read, each of its own moment.
    pub fn read<T>(&self, run: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        run(&mut *Self::take(&self.readers)?)
    }

    /// Runs statements in one transaction: all of them, or none when `run` fails. On SQLite it takes the
    /// write lock at once, so that what it reads stays true; on PostgreSQL rows are locked as needed (see
    /// [`lock`]), and a transaction that lost a deadlock is run again.
    pub fn write<T>(&self, run: impl Fn(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        self.again_if_needed(|conn| transaction(conn, &run))
    }

    /// Like [`Db::write`], and then everything is undone: what a change would do (G5).
    pub fn rehearse<T>(&self, run: impl Fn(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        self.again_if_needed(|conn| undone(conn, &run))
    }

    fn again_if_needed<T>(&self, run: impl Fn(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        let mut conn = Self::take(&self.writers)?;
        let mut tries = 0;
        loop {
            tries += 1;
            match run(&mut conn) {
                Err(problem) if problem.worth_another_try() && tries < 8 => {
                    tracing::info!(tries, "another transaction got in the way; running again");
                }
                other => return other,
            }
        }
    }
}

/// One transaction on a connection that is undone whatever its outcome.
pub fn undone<T>(conn: &mut Conn, run: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
    begin(conn)?;
    let outcome = run(conn);
    rollback(conn)?;
    outcome
}

fn begin(conn: &mut Conn) -> diesel::QueryResult<()> {
    use diesel::connection::AnsiTransactionManager as Ansi;
    match conn {
        Conn::Sqlite(sqlite) => Ansi::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE"),
        Conn::Postgres(postgres) => Ansi::begin_transaction(postgres),
    }
}

/// One write transaction on a connection.
pub fn transaction<T>(
    conn: &mut Conn,
    run: impl FnOnce(&mut Conn) -> Result<T, Problem>,
) -> Result<T, Problem> {
    begin(conn)?;
    match run(conn) {
        Ok(value) => {
            commit(conn)?;
            Ok(value)
        }
        Err(problem) => {
            if let Err(error) = rollback(conn) {
                tracing::error!(%error, "rollback failed");
            }
            Err(problem)
        }
    }
}

fn commit(conn: &mut Conn) -> diesel::QueryResult<()> {
    use diesel::connection::AnsiTransactionManager as Ansi;
    match conn {
        Conn::Sqlite(sqlite) => Ansi::commit_transaction(sqlite),
        Conn::Postgres(postgres) => Ansi::commit_transaction(postgres),
    }
}

fn rollback(conn: &mut Conn) -> diesel::QueryResult<()> {
    use diesel::connection::AnsiTransactionManager as Ansi;
    match conn {
        Conn::Sqlite(sqlite) => Ansi::rollback_transaction(sqlite),
        Conn::Postgres(postgres) => Ansi::rollback_transaction(postgres),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing else would notice: without them everything works, and takes longer.
    #[test]
    fn sqlite_has_the_locks_and_the_planner_that_it_was_built_for() {
        #[derive(diesel::QueryableByName)]
        struct Built {
            #[diesel(sql_type = diesel::sql_types::Text)]
            compile_options: String,
        }
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let all: Vec<Built> =
            diesel::RunQueryDsl::load(diesel::sql_query("PRAGMA compile_options"), &mut conn).unwrap();
        let has = |option: &str| all.iter().any(|one| one.compile_options == option);
        assert!(has("ENABLE_QPSG") && has("THREADSAFE=2") && !has("ENABLE_MEMORY_MANAGEMENT"));
    }

    #[test]
    fn a_url_whose_password_could_be_taken_for_something_else_is_refused_without_quoting_it() {
        for good in [
            "postgres://host/db",
            "postgres://user@host/db",
            "postgresql://user:pass@host:5432/db?sslmode=require",
            "postgres://user:p%40ss%2Fw@[::1]:5432/db",
            "postgres://user:pass@one:1,two:2/db",
            "postgres:///db?host=%2Fvar%2Frun",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "geheim/x",
            "gehe@im/x",
            "geheim?x",
            "geheim#x",
            "geheim%zz",
            "geheim%00",
            "geheim x",
            "geheim%é",
        ] {
            let told = Address::parse(&format!("postgres://user:{bad}@host/db")).unwrap_err();
            assert!(told.contains("%XX") && !told.contains("gehe"), "{told}");
        }
    }
}
