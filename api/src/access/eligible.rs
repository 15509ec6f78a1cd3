//! Who may be given work: active, and not explicitly denied its dossier (C6, T2, P4).

use contract::{EmployeeId, EmployeeState};

use super::facts::{self, DossierRow};
use super::{Tx, facts::decide};
use crate::db::lock::{self, Hold, Table};
use crate::problem::{Outcome, Problem};

/// Proof that a colleague may be given work of a dossier. The colleague's row stays locked until the
/// transaction ends, so that nobody deactivates them meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligible {
    id: EmployeeId,
    name: String,
}

impl Eligible {
    /// Who.
    pub const fn id(&self) -> EmployeeId {
        self.id
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Checks a colleague. One of another office does not exist (P1).
pub fn check(tx: &mut Tx<'_>, id: EmployeeId, dossier: &DossierRow) -> Outcome<Eligible> {
    lock::rows(tx.conn, Table::Employees, [id], Hold::Share)?;
    lock::rows(tx.conn, Table::Dossiers, [dossier.id], Hold::Share)?;
    // The manager may have changed while we waited for the lock.
    let dossier = facts::dossier(tx.conn, tx.actor.office_id, dossier.id)?.ok_or_else(Problem::not_found)?;
    let Some((name, state)) = facts::employee(tx.conn, tx.actor.office_id, id)? else {
        return Err(Problem::not_eligible("Deze collega bestaat niet.", "This colleague does not exist."));
    };
    if state != EmployeeState::Active {
        return Err(Problem::not_eligible(
            format!("{name} is niet actief en kan geen werk krijgen."),
            format!("{name} is not active and cannot be given work."),
        ));
    }
    if decide(tx.conn, &dossier, id, true)?.denies() {
        return Err(Problem::not_eligible(
            format!("{name} is de toegang tot dit dossier geweigerd en kan dit niet krijgen."),
            format!("{name} is denied access to this dossier and cannot have this."),
        ));
    }
    Ok(Eligible { id, name })
}
