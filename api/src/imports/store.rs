use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use contract::{
    ClientGroup, ClientGroupId, DossierId, Employee, EmployeeId, EmployeeState, EventId, GroupId, Visibility,
};
use diesel::prelude::*;
use serde::Deserialize;

use crate::access::Tx;
use crate::access::visibility::Visibility as Visible;
use crate::client_groups::store::ClientGroupRow;
use crate::db::lock::{self, Hold, Table};
use crate::db::schema::{client_groups, dossiers, employees, events, groups};
use crate::employees::store::{EmployeeRow, views};
use crate::problem::{Outcome, Problem};
use crate::text::fold;

/// How many rows one statement asks for by id.
const AT_ONCE: usize = 1000;

/// Those of the office's employees who have one of some folded usernames, by that; they are held.
pub(super) fn employees(tx: &mut Tx<'_>, wanted: &BTreeSet<String>) -> Outcome<HashMap<String, Employee>> {
    let all: Vec<(EmployeeId, String)> = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .select((employees::id, employees::username_folded))
        .load(tx.conn)?;
    let wanted: Vec<(EmployeeId, String)> =
        all.into_iter().filter(|(_, username)| wanted.contains(username)).collect();
    lock::rows(tx.conn, Table::Employees, wanted.iter().map(|(id, _)| *id), Hold::Update)?;
    let mut by_username: HashMap<EmployeeId, String> = wanted.iter().cloned().collect();
    let mut found = HashMap::new();
    for some in wanted.chunks(AT_ONCE) {
        let ids: Vec<EmployeeId> = some.iter().map(|(id, _)| *id).collect();
        let rows: Vec<EmployeeRow> = employees::table
            .filter(employees::id.eq_any(ids))
            .select(EmployeeRow::as_select())
            .load(tx.conn)?;
        for employee in views(tx, rows)? {
            if let Some(username) = by_username.remove(&employee.id) {
                found.insert(username, employee);
            }
        }
    }
    Ok(found)
}

/// Someone who may become a manager.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Colleague {
    pub(super) id: EmployeeId,
    pub(super) username: String,
    pub(super) state: EmployeeState,
}

/// The office's employees, by folded username; those asked for are held so that nobody deactivates them.
pub(super) fn colleagues(tx: &mut Tx<'_>, wanted: &BTreeSet<String>) -> Outcome<HashMap<String, Colleague>> {
    let ids: Vec<(EmployeeId, String)> = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .select((employees::id, employees::username_folded))
        .load(tx.conn)?;
    let held = ids.iter().filter(|(_, username)| wanted.contains(username)).map(|(id, _)| *id);
    lock::rows(tx.conn, Table::Employees, held, Hold::Share)?;
    let all: Vec<(String, Colleague)> = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .select((employees::username_folded, (employees::id, employees::username, employees::state)))
        .load(tx.conn)?;
    Ok(all.into_iter().collect())
}

/// All of the office's employee groups; held, as joining and leaving counts as a change of the group.
pub(super) fn groups(tx: &mut Tx<'_>) -> Outcome<Vec<(GroupId, String)>> {
    let ids: Vec<GroupId> =
        groups::table.filter(groups::office_id.eq(tx.actor.office_id)).select(groups::id).load(tx.conn)?;
    lock::rows(tx.conn, Table::Groups, ids, Hold::Update)?;
    Ok(groups::table
        .filter(groups::office_id.eq(tx.actor.office_id))
        .select((groups::id, groups::name))
        .load(tx.conn)?)
}

/// All of the office's client groups.
pub(super) fn client_groups(tx: &mut Tx<'_>) -> Outcome<Vec<ClientGroup>> {
    let rows: Vec<ClientGroupRow> = client_groups::table
        .filter(client_groups::office_id.eq(tx.actor.office_id))
        .select(ClientGroupRow::as_select())
        .load(tx.conn)?;
    Ok(rows.into_iter().map(ClientGroup::from).collect())
}

/// What tells a dossier of an import that was brought in before.
pub(super) type Same = (String, Option<EmployeeId>, Option<ClientGroupId>);

/// The office's dossiers: those with one of some numbers, and what tells apart those with one of some folded
/// names, as far as who imports may know of them (D4).
pub(super) fn dossiers(
    tx: &mut Tx<'_>,
    numbers: &BTreeSet<String>,
    names: &BTreeSet<String>,
) -> Outcome<(HashMap<String, DossierId>, HashSet<Same>)> {
    type Row = (DossierId, String, String, Option<EmployeeId>, Option<ClientGroupId>);
    let rows: Vec<Row> = dossiers::table
        .filter(dossiers::office_id.eq(tx.actor.office_id))
        .select((
            dossiers::id,
            dossiers::number,
            dossiers::name_folded,
            dossiers::manager_id,
            dossiers::client_group_id,
        ))
        .load(tx.conn)?;
    let mut by_number = HashMap::new();
    let mut named: BTreeMap<DossierId, Same> = BTreeMap::new();
    for (id, number, name, manager, client_group) in rows {
        if numbers.contains(&number) {
            by_number.insert(number, id);
        }
        if names.contains(&name) {
            named.insert(id, (name, manager, client_group));
        }
    }
    Ok((by_number, known(tx, named)?))
}

/// What someone may know of dossiers: of those they see, as they are; of those they made, as they made them. The operator
/// at the command line has the database.
fn known(tx: &mut Tx<'_>, named: BTreeMap<DossierId, Same>) -> Outcome<HashSet<Same>> {
    let Some(me) = tx.actor.employee() else { return Ok(named.into_values().collect()) };
    let ids: Vec<DossierId> = named.keys().copied().collect();
    let mut known = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let seen: Vec<DossierId> = dossiers::table
            .filter(dossiers::id.eq_any(some))
            .filter(Visible(me).dossiers())
            .select(dossiers::id)
            .load(tx.conn)?;
        known.extend(seen.iter().filter_map(|id| named.get(id).cloned()));
        let objects: Vec<EventId> = some.iter().map(|id| EventId(id.0)).collect();
        let made: Vec<(Option<EventId>, Option<String>)> = events::table
            .filter(events::object_id.eq_any(objects))
            .filter(events::kind.eq("dossier.created"))
            .filter(events::actor_id.eq(me))
            .select((events::object_id, events::new_values))
            .load(tx.conn)?;
        for (object, values) in made {
            let (Some(object), Some(values)) = (object, values) else { continue };
            let made: Made = serde_json::from_str(&values).map_err(Problem::internal)?;
            if !seen.contains(&DossierId(object.0)) {
                known.insert((fold(&made.name), made.manager_id, made.client_group_id));
            }
        }
    }
    Ok(known)
}

/// A dossier as the event of its making tells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    name: String,
    manager_id: Option<EmployeeId>,
    client_group_id: Option<ClientGroupId>,
}

/// What a new dossier gets unless the file says.
pub(super) fn default_visibility(tx: &mut Tx<'_>) -> Outcome<Visibility> {
    Ok(crate::offices::store::mine(tx)?.default_visibility)
}
