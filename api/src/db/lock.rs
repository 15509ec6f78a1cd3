//! Row locks. PostgreSQL takes them; on SQLite a write transaction already holds the only write lock.
//!
//! Order: offices, employees, groups, client groups, dossiers, cases, tasks; within one table by id. Who keeps to it never
//! deadlocks.

use contract::ids::sql::{Id, RawId};
use diesel::RunQueryDsl;
use diesel::sql_types::Array;
use uuid::Uuid;

use super::Conn;

/// A table whose rows others depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Keep one administrator.
    Offices,
    /// Assigned to cases and tasks.
    Employees,
    /// Own trays, give and take access.
    Groups,
    /// Give dossiers their mail address.
    ClientGroups,
    /// Hold cases.
    Dossiers,
    /// Hold tasks.
    Cases,
    /// Claimed and forwarded.
    Tasks,
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Offices => "offices",
            Self::Employees => "employees",
            Self::Groups => "groups",
            Self::ClientGroups => "client_groups",
            Self::Dossiers => "dossiers",
            Self::Cases => "cases",
            Self::Tasks => "tasks",
        }
    }
}

/// How the row is held until the transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It must not change: others may hold it the same way.
    Share,
    /// It will change.
    Update,
}

/// Locks rows of one table, in order of id. Rows that do not exist are no error.
pub fn rows<I: Copy + Into<Uuid>>(
    conn: &mut Conn,
    table: Table,
    ids: impl IntoIterator<Item = I>,
    hold: Hold,
) -> diesel::QueryResult<()> {
    let Conn::Postgres(postgres) = conn else { return Ok(()) };
    let mut ids: Vec<Uuid> = ids.into_iter().map(Into::into).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(());
    }
    let strength = match hold {
        Hold::Share => "SHARE",
        Hold::Update => "UPDATE",
    };
    diesel::sql_query(format!(
        "SELECT 1 FROM {} WHERE id = ANY($1) ORDER BY id FOR {strength}",
        table.name()
    ))
    .bind::<Array<Id>, _>(ids.into_iter().map(RawId).collect::<Vec<_>>())
    .execute(postgres)?;
    Ok(())
}
