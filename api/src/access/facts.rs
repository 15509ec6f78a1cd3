//! What is known about one person and one dossier. Deciding on it is the work of
//! [`crate::dossiers::policy`].

use contract::EmployeeId;

pub(super) use super::store::facts::named;
pub use super::store::facts::{DossierRow, dossier, employee};
use super::store::facts::{group_rules, own_rule};
use crate::db::Conn;
use crate::dossiers::policy::{self, Decision, Facts};
use crate::problem::Outcome;

/// Decides someone's access to a dossier (D3), given whether they are active. Two statements at the most: what comes later in D3 is not
/// asked when something earlier decides.
pub fn decide(
    conn: &mut Conn,
    dossier: &DossierRow,
    employee: EmployeeId,
    active: bool,
) -> Outcome<Decision> {
    let manager = dossier.manager_id == Some(employee);
    let own = if manager { None } else { own_rule(conn, dossier.id, employee)? };
    let groups = if manager || own.is_some() { Vec::new() } else { group_rules(conn, dossier.id, employee)? };
    Ok(policy::decide(Facts { active, manager, own, groups, visibility: dossier.visibility }))
}
