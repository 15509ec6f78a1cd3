//! Who read what (E2): every answer with content of a dossier or a case is recorded before it goes out.
//!
//! Content is what one reads of one dossier: its data, messages, parties, export, its cases and their tasks.
//! A local administrator who sees only a dossier's number, manager and rules (D4) read nothing, and is not
//! recorded. A case is recorded also when only its header is shown: its title is content. Lists and search
//! show headers of many and are not recorded. An answer to a change is recorded as that change (E1); a change
//! that is refused because someone else was first shows the thing as it is now, and that is recorded too.
//! Every reading is a row, also when the same person reads the same thing again.

pub mod handlers;
pub mod recorder;
pub mod store;

use crate::http::Routes;
use contract::{CaseId, DossierId, EmployeeId, ReadContent};

pub use recorder::Recorder;

use crate::access::Tx;
use crate::access::cases::CaseRow;
use crate::access::dossiers::Checked;

/// Content that is about to be shown to someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// To whom.
    pub employee: EmployeeId,
    /// Of which dossier.
    pub dossier: DossierId,
    /// Of which case of it.
    pub of_case: Option<CaseId>,
    /// What.
    pub content: ReadContent,
}

impl Reading {
    /// Content of a dossier; nothing for who does not see its content (D4).
    pub fn of_dossier(tx: &Tx<'_>, checked: &Checked, content: ReadContent) -> Option<Self> {
        let dossier = checked.dossier.id;
        checked.decision.allows().then_some(Self { employee: tx.actor.id, dossier, of_case: None, content })
    }

    /// Content of a case.
    pub fn of_case(tx: &Tx<'_>, case: &CaseRow, content: ReadContent) -> Option<Self> {
        Some(Self { employee: tx.actor.id, dossier: case.dossier_id, of_case: Some(case.id), content })
    }
}

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes.service(handlers::list_dossier_reads).service(handlers::list_employee_reads);
}
