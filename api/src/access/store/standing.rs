use std::collections::{BTreeMap, BTreeSet};

use contract::{
    CaseTypeId, CaseTypeRef, DossierId, DossierRef, Effect, EmployeeId, EmployeeRef, EmployeeState, GroupId,
    Visibility as DossierVisibility,
};
use diesel::prelude::*;

use crate::access::pages::dossiers::Wanted;
use crate::access::pages::{self, Order};
use crate::access::standing::{Affected, Standing, Team, Thing};
use crate::access::visibility::Visibility;
use crate::access::{Actor, Tx};
use crate::db::Conn;
use crate::db::schema::{
    case_type_employees, case_type_groups, case_type_revisions, case_types, dossier_employee_rules,
    dossier_group_rules, dossiers, employees, group_members, groups,
};
use crate::http::paging::Window;
use crate::problem::Outcome;

/// So many ids go into one statement.
const CHUNK: usize = 5_000;

fn chunks<I: Copy>(ids: &BTreeSet<I>) -> Vec<Vec<I>> {
    let ids: Vec<I> = ids.iter().copied().collect();
    ids.chunks(CHUNK).map(<[I]>::to_vec).collect()
}

/// Everything D3 looks at, for these people and these dossiers.
pub(in crate::access) fn standing(conn: &mut Conn, affected: &Affected) -> Outcome<Standing> {
    let people: Vec<EmployeeId> = affected.people.iter().copied().collect();
    let at: BTreeMap<EmployeeId, usize> =
        people.iter().enumerate().map(|(position, id)| (*id, position)).collect();
    let mut standing = Standing {
        active: vec![false; people.len()],
        people,
        teams: BTreeMap::new(),
        case_types: BTreeSet::new(),
        things: BTreeMap::new(),
    };
    for chunk in chunks(&affected.people) {
        let active: Vec<EmployeeId> = employees::table
            .filter(employees::id.eq_any(&chunk))
            .filter(employees::state.eq(EmployeeState::Active))
            .select(employees::id)
            .load(conn)?;
        for id in active {
            standing.active[at[&id]] = true;
        }
        let teams: Vec<(EmployeeId, GroupId, String)> = group_members::table
            .inner_join(groups::table)
            .filter(group_members::employee_id.eq_any(&chunk))
            .select((group_members::employee_id, groups::id, groups::name))
            .load(conn)?;
        for (id, group, name) in teams {
            let team = standing.teams.entry(group).or_insert_with(|| Team { name, members: BTreeSet::new() });
            team.members.insert(at[&id]);
        }
        let own_types: Vec<(EmployeeId, CaseTypeId)> = case_type_employees::table
            .filter(case_type_employees::employee_id.eq_any(&chunk))
            .select((case_type_employees::employee_id, case_type_employees::case_type_id))
            .load(conn)?;
        standing.case_types.extend(own_types.into_iter().map(|(id, case_type)| (at[&id], case_type)));
    }
    let teams: BTreeSet<GroupId> = standing.teams.keys().copied().collect();
    for chunk in chunks(&teams) {
        let types: Vec<(GroupId, CaseTypeId)> = case_type_groups::table
            .filter(case_type_groups::group_id.eq_any(&chunk))
            .select((case_type_groups::group_id, case_type_groups::case_type_id))
            .load(conn)?;
        for (group, case_type) in types {
            let members = standing.teams[&group].members.iter();
            standing.case_types.extend(members.map(|position| (*position, case_type)));
        }
    }
    for chunk in chunks(&affected.dossiers) {
        let rows: Vec<(DossierId, Option<EmployeeId>, DossierVisibility)> = dossiers::table
            .filter(dossiers::id.eq_any(&chunk))
            .select((dossiers::id, dossiers::manager_id, dossiers::visibility))
            .load(conn)?;
        for (id, manager, visibility) in rows {
            let manager = manager.and_then(|manager| at.get(&manager).copied());
            standing
                .things
                .insert(id, Thing { manager, visibility, own: BTreeMap::new(), groups: Vec::new() });
        }
        let own: Vec<(DossierId, EmployeeId, Effect)> = dossier_employee_rules::table
            .filter(dossier_employee_rules::dossier_id.eq_any(&chunk))
            .select((
                dossier_employee_rules::dossier_id,
                dossier_employee_rules::employee_id,
                dossier_employee_rules::effect,
            ))
            .load(conn)?;
        for (dossier, employee, effect) in own {
            if let (Some(thing), Some(position)) = (standing.things.get_mut(&dossier), at.get(&employee)) {
                thing.own.insert(*position, effect);
            }
        }
        let rules: Vec<(DossierId, GroupId, Effect)> = dossier_group_rules::table
            .filter(dossier_group_rules::dossier_id.eq_any(&chunk))
            .select((
                dossier_group_rules::dossier_id,
                dossier_group_rules::group_id,
                dossier_group_rules::effect,
            ))
            .load(conn)?;
        for (dossier, group, effect) in rules {
            if teams.contains(&group)
                && let Some(thing) = standing.things.get_mut(&dossier)
            {
                thing.groups.push((group, effect));
            }
        }
    }
    Ok(standing)
}

/// The dossiers that have a rule for one of these groups.
pub(in crate::access) fn ruled(conn: &mut Conn, groups: &[GroupId]) -> Outcome<Vec<DossierId>> {
    Ok(dossier_group_rules::table
        .filter(dossier_group_rules::group_id.eq_any(groups))
        .select(dossier_group_rules::dossier_id)
        .distinct()
        .load(conn)?)
}

/// Everyone in these groups.
pub(in crate::access) fn members(conn: &mut Conn, groups: &[GroupId]) -> Outcome<Vec<EmployeeId>> {
    Ok(group_members::table
        .filter(group_members::group_id.eq_any(groups))
        .select(group_members::employee_id)
        .distinct()
        .load(conn)?)
}

/// Everyone of the office.
pub(in crate::access) fn everyone(tx: &mut Tx<'_>) -> Outcome<Vec<EmployeeId>> {
    Ok(employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .select(employees::id)
        .load(tx.conn)?)
}

/// Some people with what they are sorted by, by name.
pub(in crate::access) fn by_name(
    conn: &mut Conn,
    people: &BTreeSet<EmployeeId>,
) -> Outcome<Vec<(String, EmployeeRef)>> {
    let mut found: Vec<(String, EmployeeId, String)> = Vec::new();
    for chunk in chunks(people) {
        found.extend(
            employees::table
                .filter(employees::id.eq_any(&chunk))
                .select((employees::name_folded, employees::id, employees::name))
                .load::<(String, EmployeeId, String)>(conn)?,
        );
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(folded, id, name)| (folded, EmployeeRef { id, name })).collect())
}

/// Whom the rules of a dossier name.
pub(in crate::access) fn subjects(
    conn: &mut Conn,
    id: DossierId,
) -> Outcome<(Vec<EmployeeId>, Vec<GroupId>)> {
    let people = dossier_employee_rules::table
        .filter(dossier_employee_rules::dossier_id.eq(id))
        .select(dossier_employee_rules::employee_id)
        .load(conn)?;
    let groups = dossier_group_rules::table
        .filter(dossier_group_rules::dossier_id.eq(id))
        .select(dossier_group_rules::group_id)
        .load(conn)?;
    Ok((people, groups))
}

/// The names of some case types.
pub(in crate::access) fn case_types(
    conn: &mut Conn,
    ids: &BTreeSet<CaseTypeId>,
) -> Outcome<BTreeMap<CaseTypeId, CaseTypeRef>> {
    let ids: Vec<CaseTypeId> = ids.iter().copied().collect();
    let rows: Vec<(CaseTypeId, String)> = case_types::table
        .inner_join(
            case_type_revisions::table.on(case_type_revisions::case_type_id
                .eq(case_types::id)
                .and(case_type_revisions::revision.eq(case_types::revision))),
        )
        .filter(case_types::id.eq_any(ids))
        .select((case_types::id, case_type_revisions::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name)| (id, CaseTypeRef { id, name })).collect())
}

/// The newest dossiers an employee has access to, if they are active (D3).
pub(in crate::access) fn visible_to(
    tx: &mut Tx<'_>,
    employee: EmployeeId,
    window: &Window<DossierId>,
) -> Outcome<Vec<DossierId>> {
    let active = employees::table
        .filter(employees::id.eq(employee))
        .filter(employees::state.eq(EmployeeState::Active));
    if !diesel::select(diesel::dsl::exists(active)).get_result::<bool>(tx.conn)? {
        return Ok(Vec::new());
    }
    let theirs = Actor { id: employee, ..tx.actor.clone() };
    let mut theirs = Tx { actor: &theirs, conn: &mut *tx.conn, ..*tx };
    let lines = pages::dossiers::page(&mut theirs, Wanted::default(), &window.part(Order::Newest))?;
    Ok(lines.into_iter().map(|line| line.id).collect())
}

/// The dossier with a number.
pub(in crate::access) fn numbered(tx: &mut Tx<'_>, number: &str) -> Outcome<Option<DossierId>> {
    Ok(dossiers::table
        .filter(dossiers::office_id.eq(tx.actor.office_id))
        .filter(dossiers::number.eq(number))
        .select(dossiers::id)
        .first(tx.conn)
        .optional()?)
}

/// Some dossiers to the one who asks: the name only of those they have access to (D4).
pub(in crate::access) fn dossiers_named(
    tx: &mut Tx<'_>,
    ids: &[DossierId],
) -> Outcome<BTreeMap<DossierId, DossierRef>> {
    let visible: BTreeSet<DossierId> = dossiers::table
        .filter(dossiers::id.eq_any(ids))
        .filter(Visibility(tx.actor.id).dossiers())
        .select(dossiers::id)
        .load(tx.conn)?
        .into_iter()
        .collect();
    let rows: Vec<(DossierId, String, String)> = dossiers::table
        .filter(dossiers::id.eq_any(ids))
        .select((dossiers::id, dossiers::number, dossiers::name))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, number, name)| {
            (id, DossierRef { id, number, name: visible.contains(&id).then_some(name) })
        })
        .collect())
}
