//! D3 as a filter on dossiers that are led to some other way; lists of what someone may see are in [`super::pages`]. A
//! test compares the two with what D3 says row by row, on random offices.

use contract::{Effect, EmployeeId, Visibility as DossierVisibility};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use crate::db::MultiBackend;
use crate::db::schema::{dossier_employee_rules, dossier_group_rules, dossiers, group_members};

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
}
