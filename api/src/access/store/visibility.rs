//! The rules of access as a filter on lists: what a list shows is what D3 and C6 would say row by row. A
//! test compares the two on random offices.

use contract::{Effect, EmployeeId, TaskState, Visibility as DossierVisibility};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use crate::db::MultiBackend;
use crate::db::schema::{
    case_supporters, case_type_employees, case_type_groups, cases, dossier_employee_rules,
    dossier_group_rules, dossiers, group_members, tasks,
};

/// A condition on a table.
pub type Condition<T> = Box<dyn BoxableExpression<T, MultiBackend, SqlType = Nullable<Bool>>>;

/// What one person may see in lists.
#[derive(Debug, Clone, Copy)]
pub struct Visibility(pub EmployeeId);

macro_rules! own_rule {
    ($me:expr, $dossier:expr, $effect:expr) => {
        exists(
            dossier_employee_rules::table
                .filter(dossier_employee_rules::dossier_id.eq($dossier))
                .filter(dossier_employee_rules::employee_id.eq($me))
                .filter(dossier_employee_rules::effect.eq($effect)),
        )
    };
}

macro_rules! group_rule {
    ($me:expr, $dossier:expr, $effect:expr) => {
        exists(
            dossier_group_rules::table
                .inner_join(
                    group_members::table.on(group_members::group_id.eq(dossier_group_rules::group_id)),
                )
                .filter(dossier_group_rules::dossier_id.eq($dossier))
                .filter(group_members::employee_id.eq($me))
                .filter(dossier_group_rules::effect.eq($effect)),
        )
    };
}

/// D3 for an active employee, on `dossiers`.
macro_rules! visible {
    ($me:expr) => {
        dossiers::manager_id.eq($me).or(own_rule!($me, dossiers::id, Effect::Allow).nullable()).or(not(
            own_rule!($me, dossiers::id, Effect::Deny),
        )
        .and(not(group_rule!($me, dossiers::id, Effect::Deny)))
        .and(dossiers::visibility.eq(DossierVisibility::Office).or(group_rule!(
            $me,
            dossiers::id,
            Effect::Allow
        )))
        .nullable())
    };
}

/// Not explicitly denied (D3, steps 3 and 4), on `dossiers`.
macro_rules! not_denied {
    ($me:expr) => {
        dossiers::manager_id.eq($me).or(own_rule!($me, dossiers::id, Effect::Allow).nullable()).or(not(
            own_rule!($me, dossiers::id, Effect::Deny),
        )
        .and(not(group_rule!($me, dossiers::id, Effect::Deny)))
        .nullable())
    };
}

impl Visibility {
    /// D3 for an active employee: manager, or allowed by name, or neither denied by name or group and
    /// allowed by a group or open to the office.
    pub fn dossiers(self) -> Condition<dossiers::table> {
        let me = self.0;
        Box::new(visible!(me))
    }

    /// Dossiers one is explicitly denied: the opposite of what lists of cases and tasks ask for.
    pub fn denied(self) -> Condition<dossiers::table> {
        let me = self.0;
        Box::new(
            dossiers::manager_id
                .is_null()
                .or(dossiers::manager_id.assume_not_null().ne(me))
                .and(not(own_rule!(me, dossiers::id, Effect::Allow)))
                .and(own_rule!(me, dossiers::id, Effect::Deny).or(group_rule!(
                    me,
                    dossiers::id,
                    Effect::Deny
                )))
                .nullable(),
        )
    }

    /// C6: not explicitly denied, and in the team, or authorised for the type, or with access to the
    /// dossier, or holding or able to claim one of its open tasks.
    pub fn cases(self) -> Condition<cases::table> {
        let me = self.0;
        let my_groups =
            || group_members::table.filter(group_members::employee_id.eq(me)).select(group_members::group_id);
        let not_denied = dossiers::table.filter(not_denied!(me)).select(dossiers::id);
        let visible = dossiers::table.filter(visible!(me)).select(dossiers::id);
        Box::new(
            cases::dossier_id
                .eq_any(not_denied)
                .and(
                    cases::coordinator_id
                        .eq(me)
                        .or(exists(
                            case_supporters::table
                                .filter(case_supporters::case_id.eq(cases::id))
                                .filter(case_supporters::employee_id.eq(me)),
                        ))
                        .or(cases::case_type_id.eq_any(
                            case_type_employees::table
                                .filter(case_type_employees::employee_id.eq(me))
                                .select(case_type_employees::case_type_id),
                        ))
                        .or(cases::case_type_id.eq_any(
                            case_type_groups::table
                                .filter(case_type_groups::group_id.eq_any(my_groups()))
                                .select(case_type_groups::case_type_id),
                        ))
                        .or(cases::dossier_id.eq_any(visible))
                        .or(exists(
                            tasks::table
                                .filter(tasks::case_id.eq(cases::id))
                                .filter(tasks::state.eq(TaskState::Open))
                                .filter(
                                    tasks::holder_id
                                        .eq(me)
                                        .or(tasks::tray_id.eq_any(my_groups().nullable()))
                                        .assume_not_null(),
                                ),
                        )),
                )
                .nullable(),
        )
    }

    /// T7 for someone whose groups' trays or own tasks are listed: an explicit denial on the dossier hides
    /// the task.
    pub fn tasks(self) -> Condition<tasks::table> {
        let me = self.0;
        let open_dossiers = dossiers::table.filter(not_denied!(me)).select(dossiers::id);
        let open_cases = cases::table.filter(cases::dossier_id.eq_any(open_dossiers)).select(cases::id);
        Box::new(tasks::case_id.eq_any(open_cases).nullable())
    }
}
