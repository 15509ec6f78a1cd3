use std::collections::BTreeMap;

use contract::{DossierId, Effect, EmployeeId, EmployeeState, GroupId, TaskId};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::Tx;
use crate::db::schema::{
    cases, dossier_employee_rules, dossier_group_rules, dossiers, employees, group_members, groups,
    quiet_trays, tasks,
};
use crate::problem::Outcome;

/// A task that landed in a tray.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Landed {
    pub(super) group: GroupId,
    pub(super) group_name: String,
    pub(super) case_number: String,
    pub(super) coordinator: EmployeeId,
    pub(super) dossier: DossierId,
    pub(super) manager: Option<EmployeeId>,
}

pub(super) fn landed(tx: &mut Tx<'_>, task: TaskId) -> Outcome<Option<Landed>> {
    Ok(tasks::table
        .inner_join(cases::table.inner_join(dossiers::table))
        .inner_join(groups::table.on(tasks::tray_id.eq(groups::id.nullable())))
        .filter(tasks::id.eq(task))
        .select((
            groups::id,
            groups::name,
            cases::number,
            cases::coordinator_id,
            dossiers::id,
            dossiers::manager_id,
        ))
        .first(tx.conn)
        .optional()?)
}

/// T3: who of the group is mailed. Three statements, however many members.
pub(super) fn listening(tx: &mut Tx<'_>, landed: &Landed) -> Outcome<Vec<EmployeeId>> {
    let candidates: Vec<EmployeeId> = group_members::table
        .inner_join(employees::table)
        .filter(group_members::group_id.eq(landed.group))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::tray_mails.eq(true))
        .filter(employees::id.ne(tx.actor.id))
        .filter(not(exists(
            quiet_trays::table
                .filter(quiet_trays::employee_id.eq(employees::id))
                .filter(quiet_trays::group_id.eq(landed.group)),
        )))
        .order(employees::id.asc())
        .select(employees::id)
        .load(tx.conn)?;
    let own: BTreeMap<EmployeeId, Effect> = dossier_employee_rules::table
        .filter(dossier_employee_rules::dossier_id.eq(landed.dossier))
        .select((dossier_employee_rules::employee_id, dossier_employee_rules::effect))
        .load::<(EmployeeId, Effect)>(tx.conn)?
        .into_iter()
        .collect();
    let denied_by_group: Vec<EmployeeId> = dossier_group_rules::table
        .inner_join(group_members::table.on(group_members::group_id.eq(dossier_group_rules::group_id)))
        .filter(dossier_group_rules::dossier_id.eq(landed.dossier))
        .filter(dossier_group_rules::effect.eq(Effect::Deny))
        .select(group_members::employee_id)
        .load(tx.conn)?;
    // D3, steps 2 to 4: the manager never, then the rule for the person, then any denying group.
    let denied = |id: &EmployeeId| {
        landed.manager != Some(*id)
            && match own.get(id) {
                Some(effect) => *effect == Effect::Deny,
                None => denied_by_group.contains(id),
            }
    };
    Ok(candidates.into_iter().filter(|id| !denied(id)).collect())
}

/// T6: the coordinator, else the local administrators.
pub(super) fn instead(tx: &mut Tx<'_>, landed: &Landed) -> Outcome<Vec<EmployeeId>> {
    let coordinator: Vec<EmployeeId> = employees::table
        .filter(employees::id.eq(landed.coordinator))
        .filter(employees::state.eq(EmployeeState::Active))
        .select(employees::id)
        .load(tx.conn)?;
    if !coordinator.is_empty() {
        return Ok(coordinator);
    }
    Ok(employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::role_local_admin.eq(true))
        .order(employees::id.asc())
        .select(employees::id)
        .load(tx.conn)?)
}

/// Everyone who was told of a task in a tray, or would be, for telling them it is withdrawn (C9).
pub(in crate::tasks) fn members_listening(tx: &mut Tx<'_>, task: TaskId) -> Outcome<Vec<EmployeeId>> {
    match landed(tx, task)? {
        Some(landed) => listening(tx, &landed),
        None => Ok(Vec::new()),
    }
}
