//! The migrations, embedded in the binary: the same names for both databases.

use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Conn;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// Runs what has not run yet; returns the names.
pub fn run(conn: &mut Conn) -> Result<Vec<String>, String> {
    let names = |versions: Vec<diesel::migration::MigrationVersion<'_>>| {
        versions.into_iter().map(|version| version.to_string()).collect()
    };
    match conn {
        Conn::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(names),
        Conn::Postgres(conn) => conn.run_pending_migrations(POSTGRES).map(names),
    }
    .map_err(|error| format!("migration failed: {error}"))
}

/// Undoes the newest migration; for the test that proves every down migration.
pub fn revert_one(conn: &mut Conn) -> Result<String, String> {
    match conn {
        Conn::Sqlite(conn) => conn.revert_last_migration(SQLITE).map(|version| version.to_string()),
        Conn::Postgres(conn) => conn.revert_last_migration(POSTGRES).map(|version| version.to_string()),
    }
    .map_err(|error| format!("reverting failed: {error}"))
}

/// Runs the next migration only.
pub fn run_one(conn: &mut Conn) -> Result<String, String> {
    match conn {
        Conn::Sqlite(conn) => conn.run_next_migration(SQLITE).map(|version| version.to_string()),
        Conn::Postgres(conn) => conn.run_next_migration(POSTGRES).map(|version| version.to_string()),
    }
    .map_err(|error| format!("migration failed: {error}"))
}

/// Whether every migration has run.
pub fn are_current(conn: &mut Conn) -> Result<bool, String> {
    match conn {
        Conn::Sqlite(conn) => conn.has_pending_migration(SQLITE),
        Conn::Postgres(conn) => conn.has_pending_migration(POSTGRES),
    }
    .map(|pending| !pending)
    .map_err(|error| format!("cannot read the migrations: {error}"))
}

/// The names of all migrations, for both databases.
pub fn names() -> Result<(Vec<String>, Vec<String>), String> {
    fn of<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> Result<Vec<String>, String> {
        let migrations: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(|e| e.to_string())?;
        let mut names: Vec<String> = migrations.iter().map(|m| m.name().to_string()).collect();
        names.sort();
        Ok(names)
    }
    Ok((of::<diesel::sqlite::Sqlite>(&SQLITE)?, of::<diesel::pg::Pg>(&POSTGRES)?))
}
