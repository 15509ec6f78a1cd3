use std::collections::{BTreeMap, BTreeSet};

use contract::{
    CaseTypeId, DossierId, Effect, EmployeeId, EmployeeState, GroupId, GroupInventory, RuleConflict, TaskId,
    TaskState,
};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::Serialize;

use crate::access::Tx;
use crate::db::Conn;
use crate::db::schema::{
    case_type_groups, case_types, dossier_group_rules, dossiers, employees, group_members, groups,
    quiet_trays, tasks,
};
use crate::problem::Outcome;

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What hangs on a group. A fixed number of statements.
pub(super) fn inventory(conn: &mut Conn, id: GroupId) -> Outcome<GroupInventory> {
    let members: i64 =
        group_members::table.filter(group_members::group_id.eq(id)).count().get_result(conn)?;
    let mut rules = |effect: Effect| -> QueryResult<i64> {
        dossier_group_rules::table
            .filter(dossier_group_rules::group_id.eq(id))
            .filter(dossier_group_rules::effect.eq(effect))
            .count()
            .get_result(conn)
    };
    let (allow_rules, deny_rules) = (rules(Effect::Allow)?, rules(Effect::Deny)?);
    let case_types: i64 =
        case_type_groups::table.filter(case_type_groups::group_id.eq(id)).count().get_result(conn)?;
    let open = || tasks::table.filter(tasks::state.eq(TaskState::Open));
    let tray_tasks: i64 = open().filter(tasks::tray_id.eq(id)).count().get_result(conn)?;
    let held_tasks: i64 = open()
        .filter(tasks::origin_id.eq(id))
        .filter(tasks::holder_id.is_not_null())
        .count()
        .get_result(conn)?;
    Ok(GroupInventory {
        members: number(members),
        allow_rules: number(allow_rules),
        deny_rules: number(deny_rules),
        case_types: number(case_types),
        tray_tasks: number(tray_tasks),
        held_tasks: number(held_tasks),
    })
}

/// The same with ids, for the record (E1).
#[derive(Debug, Serialize)]
pub(super) struct Held {
    pub(super) rules: Vec<(DossierId, Effect)>,
    pub(super) case_types: Vec<CaseTypeId>,
    pub(super) tray_tasks: Vec<TaskId>,
    pub(super) held_tasks: Vec<TaskId>,
}

impl Held {
    pub(super) fn load(conn: &mut Conn, id: GroupId) -> Outcome<Self> {
        let open = || tasks::table.filter(tasks::state.eq(TaskState::Open)).select(tasks::id);
        Ok(Self {
            rules: dossier_group_rules::table
                .filter(dossier_group_rules::group_id.eq(id))
                .order(dossier_group_rules::dossier_id.asc())
                .select((dossier_group_rules::dossier_id, dossier_group_rules::effect))
                .load(conn)?,
            case_types: case_type_groups::table
                .filter(case_type_groups::group_id.eq(id))
                .select(case_type_groups::case_type_id)
                .load(conn)?,
            tray_tasks: open().filter(tasks::tray_id.eq(id)).load(conn)?,
            held_tasks: open()
                .filter(tasks::origin_id.eq(id))
                .filter(tasks::holder_id.is_not_null())
                .load(conn)?,
        })
    }
}

/// What a group's rules are, by dossier.
pub(super) fn rules_of(conn: &mut Conn, id: GroupId) -> Outcome<BTreeMap<DossierId, Effect>> {
    let rules: Vec<(DossierId, Effect)> = dossier_group_rules::table
        .filter(dossier_group_rules::group_id.eq(id))
        .select((dossier_group_rules::dossier_id, dossier_group_rules::effect))
        .load(conn)?;
    Ok(rules.into_iter().collect())
}

pub(super) fn members_of(conn: &mut Conn, groups: &[GroupId]) -> Outcome<BTreeSet<EmployeeId>> {
    let found: Vec<EmployeeId> = group_members::table
        .filter(group_members::group_id.eq_any(groups))
        .select(group_members::employee_id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

pub(super) fn ruled_dossiers(conn: &mut Conn, id: GroupId) -> Outcome<Vec<DossierId>> {
    Ok(dossier_group_rules::table
        .filter(dossier_group_rules::group_id.eq(id))
        .order(dossier_group_rules::dossier_id.asc())
        .select(dossier_group_rules::dossier_id)
        .load(conn)?)
}

/// Dossiers for which the two groups have different rules, by number.
pub(super) fn conflicts(conn: &mut Conn, id: GroupId, target: GroupId) -> Outcome<Vec<RuleConflict>> {
    let mut rules = |group: GroupId| -> QueryResult<Vec<(String, Effect)>> {
        dossier_group_rules::table
            .inner_join(dossiers::table)
            .filter(dossier_group_rules::group_id.eq(group))
            .order(dossiers::number.asc())
            .select((dossiers::number, dossier_group_rules::effect))
            .load(conn)
    };
    let mine = rules(id)?;
    let theirs: BTreeMap<String, Effect> = rules(target)?.into_iter().collect();
    Ok(mine
        .into_iter()
        .filter_map(|(number, group)| {
            let target = *theirs.get(&number).filter(|target| **target != group)?;
            Some(RuleConflict { number, group, target })
        })
        .collect())
}

/// Gives the target the group's rules. Where it has one already, the two become one, and deny wins.
pub(super) fn move_rules(conn: &mut Conn, id: GroupId, target: GroupId) -> Outcome<()> {
    let rules = dossier_group_rules::table;
    let mine = || rules.filter(dossier_group_rules::group_id.eq(id));
    diesel::update(
        dossiers::table.filter(dossiers::id.eq_any(mine().select(dossier_group_rules::dossier_id))),
    )
    .set(dossiers::version.eq(dossiers::version + 1))
    .execute(conn)?;
    let denied: Vec<DossierId> = mine()
        .filter(dossier_group_rules::effect.eq(Effect::Deny))
        .select(dossier_group_rules::dossier_id)
        .load(conn)?;
    let theirs: Vec<DossierId> = rules
        .filter(dossier_group_rules::group_id.eq(target))
        .select(dossier_group_rules::dossier_id)
        .load(conn)?;
    let theirs: BTreeSet<DossierId> = theirs.into_iter().collect();
    let all = ruled_dossiers(conn, id)?;
    let shared: Vec<DossierId> = all.into_iter().filter(|dossier| theirs.contains(dossier)).collect();
    for chunk in shared.chunks(5_000) {
        diesel::delete(mine().filter(dossier_group_rules::dossier_id.eq_any(chunk))).execute(conn)?;
    }
    let stricter: Vec<DossierId> = denied.into_iter().filter(|dossier| theirs.contains(dossier)).collect();
    for chunk in stricter.chunks(5_000) {
        diesel::update(
            rules
                .filter(dossier_group_rules::group_id.eq(target))
                .filter(dossier_group_rules::dossier_id.eq_any(chunk)),
        )
        .set(dossier_group_rules::effect.eq(Effect::Deny))
        .execute(conn)?;
    }
    diesel::update(mine()).set(dossier_group_rules::group_id.eq(target)).execute(conn)?;
    Ok(())
}

/// Authorises the target for the group's case types (C2).
pub(super) fn move_authorisations(conn: &mut Conn, id: GroupId, target: GroupId) -> Outcome<()> {
    let mine = || case_type_groups::table.filter(case_type_groups::group_id.eq(id));
    let types: Vec<CaseTypeId> = mine().select(case_type_groups::case_type_id).load(conn)?;
    diesel::update(case_types::table.filter(case_types::id.eq_any(&types)))
        .set(case_types::version.eq(case_types::version + 1))
        .execute(conn)?;
    let theirs: Vec<CaseTypeId> = case_type_groups::table
        .filter(case_type_groups::group_id.eq(target))
        .select(case_type_groups::case_type_id)
        .load(conn)?;
    diesel::delete(mine().filter(case_type_groups::case_type_id.eq_any(theirs))).execute(conn)?;
    diesel::update(mine()).set(case_type_groups::group_id.eq(target)).execute(conn)?;
    Ok(())
}

/// Puts the group's tasks in the target's tray; those a colleague holds will go back there. Finished ones,
/// too, so that nothing refers to a group that is gone.
pub(super) fn move_tasks(conn: &mut Conn, id: GroupId, target: GroupId) -> Outcome<()> {
    diesel::update(tasks::table.filter(tasks::tray_id.eq(id)))
        .set((tasks::tray_id.eq(target), tasks::version.eq(tasks::version + 1)))
        .execute(conn)?;
    diesel::update(tasks::table.filter(tasks::origin_id.eq(id)))
        .set((tasks::origin_id.eq(target), tasks::version.eq(tasks::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Members of the one who are not in the other yet.
pub(super) fn joining(conn: &mut Conn, id: GroupId, target: GroupId) -> Outcome<Vec<EmployeeId>> {
    let there =
        group_members::table.filter(group_members::group_id.eq(target)).select(group_members::employee_id);
    let there: Vec<EmployeeId> = there.load(conn)?;
    let here: Vec<EmployeeId> = group_members::table
        .filter(group_members::group_id.eq(id))
        .select(group_members::employee_id)
        .load(conn)?;
    Ok(here.into_iter().filter(|id| !there.contains(id)).collect())
}

/// The target's own form notices.
pub(super) fn touch(conn: &mut Conn, id: GroupId) -> Outcome<()> {
    diesel::update(groups::table.find(id)).set(groups::version.eq(groups::version + 1)).execute(conn)?;
    Ok(())
}

/// Removes a group that nothing hangs on any more.
pub(super) fn remove(conn: &mut Conn, id: GroupId) -> Outcome<()> {
    diesel::delete(quiet_trays::table.filter(quiet_trays::group_id.eq(id))).execute(conn)?;
    // Finished tasks of a group that had nothing else.
    diesel::update(tasks::table.filter(tasks::origin_id.eq(id)))
        .set(tasks::origin_id.eq(None::<GroupId>))
        .execute(conn)?;
    diesel::update(tasks::table.filter(tasks::tray_id.eq(id)))
        .set(tasks::tray_id.eq(None::<GroupId>))
        .execute(conn)?;
    diesel::delete(groups::table.find(id)).execute(conn)?;
    Ok(())
}

/// Members who are mailed about tasks in the tray (T3, T5), except who causes it.
pub(super) fn listening(tx: &mut Tx<'_>, id: GroupId) -> Outcome<Vec<EmployeeId>> {
    Ok(group_members::table
        .inner_join(employees::table)
        .filter(group_members::group_id.eq(id))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::tray_mails.eq(true))
        .filter(employees::id.ne(tx.actor.id))
        .filter(not(exists(
            quiet_trays::table
                .filter(quiet_trays::employee_id.eq(employees::id))
                .filter(quiet_trays::group_id.eq(id)),
        )))
        .order(employees::id.asc())
        .select(employees::id)
        .load(tx.conn)?)
}
