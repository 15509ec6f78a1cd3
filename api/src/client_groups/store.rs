use contract::{ClientGroup, ClientGroupChange, ClientGroupId, DossierId, DossierState, EmployeeState, Page};
use diesel::dsl::not;
use diesel::prelude::*;

use crate::access::office::{Administer, AdministerClientGroup};
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{client_groups, dossiers, employees};
use crate::http::paging::Window;
use crate::problem::{Outcome, Problem};
use crate::text::{contains_pattern, fold};

/// A client group.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = client_groups)]
pub struct ClientGroupRow {
    /// Its id.
    pub id: ClientGroupId,
    /// Its name.
    pub name: String,
    /// For sorting.
    pub name_folded: String,
    /// Its address.
    pub email: String,
    /// Counts its changes.
    pub version: i64,
}

impl From<ClientGroupRow> for ClientGroup {
    fn from(row: ClientGroupRow) -> Self {
        Self { id: row.id, name: row.name, email: row.email, version: row.version, warnings: Vec::new() }
    }
}

/// By name, then id.
pub type ByName = (String, ClientGroupId);

/// A page of the office's client groups, by name.
pub fn list(tx: &mut Tx<'_>, q: Option<&str>, window: &Window<ByName>) -> Outcome<Page<ClientGroupRow>> {
    let mut query = client_groups::table
        .filter(client_groups::office_id.eq(tx.actor.office_id))
        .order((client_groups::name_folded.asc(), client_groups::id.asc()))
        .limit(window.fetch())
        .select(ClientGroupRow::as_select())
        .into_boxed();
    if let Some(q) = q {
        query = query.filter(client_groups::name_folded.like(contains_pattern(q)).escape('\\'));
    }
    if let Some((name, id)) = &window.after {
        query = query.filter(
            client_groups::name_folded
                .gt(name)
                .or(client_groups::name_folded.eq(name).and(client_groups::id.gt(id))),
        );
    }
    Ok(window.page(query.load(tx.conn)?, |row| (row.name_folded.clone(), row.id)))
}

/// One of the office's client groups.
pub fn find(tx: &mut Tx<'_>, id: ClientGroupId) -> Outcome<ClientGroupRow> {
    client_groups::table
        .filter(client_groups::office_id.eq(tx.actor.office_id))
        .filter(client_groups::id.eq(id))
        .select(ClientGroupRow::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or_else(Problem::not_found)
}

/// Whether another one has this name (G2).
pub fn name_exists(tx: &mut Tx<'_>, name: &str, except: Option<ClientGroupId>) -> Outcome<bool> {
    let ids: Vec<ClientGroupId> = client_groups::table
        .filter(client_groups::office_id.eq(tx.actor.office_id))
        .filter(client_groups::name_folded.eq(fold(name)))
        .select(client_groups::id)
        .limit(2)
        .load(tx.conn)?;
    Ok(ids.iter().any(|id| Some(*id) != except))
}

/// Makes one.
pub fn insert(
    tx: &mut Tx<'_>,
    _permit: &Permit<Administer>,
    new: &ClientGroupChange,
) -> Outcome<ClientGroupId> {
    let id = ClientGroupId::new();
    diesel::insert_into(client_groups::table)
        .values((
            client_groups::id.eq(id),
            client_groups::office_id.eq(tx.actor.office_id),
            client_groups::name.eq(&new.name),
            client_groups::name_folded.eq(fold(&new.name)),
            client_groups::email.eq(&new.email),
            client_groups::created_at.eq(clock::stamp()),
            client_groups::version.eq(1),
        ))
        .execute(tx.conn)?;
    Ok(id)
}

/// Changes one if nobody did since `version`.
pub fn update(
    tx: &mut Tx<'_>,
    permit: &Permit<AdministerClientGroup>,
    change: &ClientGroupChange,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        client_groups::table
            .filter(client_groups::office_id.eq(tx.actor.office_id))
            .filter(client_groups::id.eq(*permit.row()))
            .filter(client_groups::version.eq(version)),
    )
    .set((
        client_groups::name.eq(&change.name),
        client_groups::name_folded.eq(fold(&change.name)),
        client_groups::email.eq(&change.email),
        client_groups::version.eq(client_groups::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// The dossiers of a client group, oldest first.
pub fn dossiers_of(conn: &mut Conn, id: ClientGroupId) -> Outcome<Vec<DossierId>> {
    Ok(dossiers::table
        .filter(dossiers::client_group_id.eq(id))
        .order(dossiers::id.asc())
        .select(dossiers::id)
        .load(conn)?)
}

/// How many of them have nobody who gets their mail as manager (D6). There is no mail about an archived one.
pub fn without_manager(conn: &mut Conn, id: ClientGroupId) -> Outcome<u32> {
    let usable =
        employees::table.filter(employees::state.ne(EmployeeState::Deactivated)).select(employees::id);
    let count: i64 = dossiers::table
        .filter(dossiers::client_group_id.eq(id))
        .filter(dossiers::state.eq(DossierState::Active))
        .filter(
            dossiers::manager_id
                .is_null()
                .or(not(dossiers::manager_id.eq_any(usable.nullable())).assume_not_null()),
        )
        .count()
        .get_result(conn)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Gives all dossiers of one client group to another.
pub fn move_dossiers(conn: &mut Conn, id: ClientGroupId, target: ClientGroupId) -> Outcome<()> {
    diesel::update(dossiers::table.filter(dossiers::client_group_id.eq(id)))
        .set((dossiers::client_group_id.eq(target), dossiers::version.eq(dossiers::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Removes one that has no dossiers any more.
pub fn remove(conn: &mut Conn, id: ClientGroupId) -> Outcome<()> {
    diesel::delete(client_groups::table.find(id)).execute(conn)?;
    Ok(())
}
