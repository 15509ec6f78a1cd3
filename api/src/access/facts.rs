//! What is known about one person and one dossier. Deciding on it is the work of
//! [`crate::dossiers::policy`].

use contract::EmployeeId;

pub(super) use super::store::facts::named;
pub use super::store::facts::{DossierRow, dossier, employee};
use super::store::facts::{group_rules, own_rule};
use crate::db::Conn;
use crate::dossiers::policy::{self, Decision, Facts};
use crate::problem::Outcome;

/// Decides someone's access to a dossier (D3), given whether they are active. Two statements.
pub fn decide(
    conn: &mut Conn,
    dossier: &DossierRow,
    employee: EmployeeId,
    active: bool,
) -> Outcome<Decision> {
    Ok(policy::decide(Facts {
        active,
        manager: dossier.manager_id == Some(employee),
        own: own_rule(conn, dossier.id, employee)?,
        groups: group_rules(conn, dossier.id, employee)?,
        visibility: dossier.visibility,
    }))
}
