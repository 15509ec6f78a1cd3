//! Permissions about one case (C4 to C9).

use contract::{
    CaseId, CasePart, CaseState, CaseTypeId, CaseView, DossierId, DossierState, EmployeeId, StepId,
};

use super::facts::{self, DossierRow};
use super::store::cases as store;
pub use super::store::cases::{CaseRow, authorised};
use super::{Permission, Tx};
use crate::cases::policy::{self, Facts};
use crate::db::Conn;
use crate::db::lock::{self, Hold, Table};
use crate::problem::{Outcome, Problem};

/// A case and what its reader may do with it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The case.
    pub case: CaseRow,
    /// Its dossier.
    pub dossier: DossierRow,
    /// Whether the reader may read the dossier.
    pub dossier_allowed: bool,
    /// How much of the case they see.
    pub view: CaseView,
    /// What they are in it.
    pub part: Option<CasePart>,
}

impl Checked {
    /// Whether they may change it.
    pub fn may_edit(&self) -> bool {
        self.part.is_some() && self.case.state == CaseState::Open
    }

    /// Whether they may reopen it (C9).
    pub fn may_reopen(&self) -> bool {
        self.part == Some(CasePart::Coordinator) && self.case.state == CaseState::Closed
    }
}

/// What someone is in a case.
pub fn part(conn: &mut Conn, case: &CaseRow, employee: EmployeeId) -> Outcome<Option<CasePart>> {
    if case.coordinator_id == employee {
        return Ok(Some(CasePart::Coordinator));
    }
    Ok(store::supports(conn, case.id, employee)?.then_some(CasePart::Supporter))
}

/// Loads a case of the office and decides how much of it the reader sees.
pub(super) fn look(tx: &mut Tx<'_>, id: CaseId, hold: Hold) -> Outcome<Checked> {
    if tx.writing {
        lock::rows(tx.conn, Table::Cases, [id], hold)?;
    }
    let (case, dossier) = store::case(tx.conn, tx.actor.office_id, id)?.ok_or_else(Problem::not_found)?;
    let me = tx.actor.id;
    let decision = facts::decide(tx.conn, &dossier, me, true)?;
    let part = part(tx.conn, &case, me)?;
    let mut known = Facts {
        denied: decision.denies(),
        team: part.is_some(),
        authorised: false,
        dossier: decision.allows(),
        task: false,
    };
    // Only what can still change the outcome is looked up.
    if !known.denied && !known.team {
        known.authorised = authorised(tx.conn, case.case_type_id, me)?;
        if !known.authorised && !known.dossier {
            known.task = store::has_task(tx.conn, case.id, me)?;
        }
    }
    let view = policy::view(known).ok_or_else(|| Problem::not_found().hiding(known.denied))?;
    Ok(Checked { dossier_allowed: decision.allows(), case, dossier, view, part })
}

/// See a case, as much of it as C6 says.
#[derive(Debug)]
pub struct SeeCase;

impl Permission for SeeCase {
    type Key = CaseId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &CaseId) -> Outcome<Checked> {
        look(tx, *key, Hold::Share)
    }
}

/// Work on a case: its coordinator and supporters (C4), while it is open.
#[derive(Debug)]
pub struct EditCase;

impl Permission for EditCase {
    type Key = CaseId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &CaseId) -> Outcome<Checked> {
        editing(look(tx, *key, Hold::Update)?)
    }
}

/// The refusal that every outsider gets, whatever their role (C4, C5).
fn not_in_team() -> Problem {
    Problem::forbidden(
        "U bent geen coördinator of ondersteuner van deze zaak.",
        "You are neither coordinator nor supporter of this case.",
    )
}

fn editing(checked: Checked) -> Outcome<Checked> {
    if checked.part.is_none() {
        return Err(not_in_team());
    }
    if checked.case.state == CaseState::Closed {
        return Err(Problem::conflict(
            "Deze zaak is afgesloten en kan niet worden gewijzigd.",
            "This case is closed and cannot be changed.",
        ));
    }
    Ok(checked)
}

/// Work on one step of a case.
#[derive(Debug)]
pub struct EditStep;

impl Permission for EditStep {
    type Key = (CaseId, StepId);
    type Row = (Checked, StepId);
    fn check(tx: &mut Tx<'_>, (case, step): &Self::Key) -> Outcome<Self::Row> {
        Ok((editing(look(tx, *case, Hold::Update)?)?, *step))
    }
}

/// Add or remove one supporter of a case.
#[derive(Debug)]
pub struct EditSupporter;

impl Permission for EditSupporter {
    type Key = (CaseId, EmployeeId);
    type Row = (Checked, EmployeeId);
    fn check(tx: &mut Tx<'_>, (case, employee): &Self::Key) -> Outcome<Self::Row> {
        Ok((editing(look(tx, *case, Hold::Update)?)?, *employee))
    }
}

/// Reopen a closed case: its coordinator (C9).
#[derive(Debug)]
pub struct ReopenCase;

impl Permission for ReopenCase {
    type Key = CaseId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &CaseId) -> Outcome<Checked> {
        let checked = look(tx, *key, Hold::Update)?;
        if checked.part.is_none() {
            return Err(not_in_team());
        }
        if checked.part != Some(CasePart::Coordinator) {
            return Err(Problem::forbidden(
                "Alleen de coördinator heropent een zaak.",
                "Only the coordinator reopens a case.",
            ));
        }
        if checked.case.state == CaseState::Open {
            return Err(Problem::conflict("Deze zaak is al open.", "This case is already open."));
        }
        Ok(checked)
    }
}

/// Open a case: access to the dossier, and authorisation for the type (C7).
#[derive(Debug)]
pub struct OpenCase;

impl Permission for OpenCase {
    type Key = (DossierId, CaseTypeId);
    type Row = (DossierRow, CaseTypeId);
    fn check(tx: &mut Tx<'_>, (dossier, case_type): &Self::Key) -> Outcome<Self::Row> {
        lock::rows(tx.conn, Table::Dossiers, [*dossier], Hold::Share)?;
        let dossier =
            facts::dossier(tx.conn, tx.actor.office_id, *dossier)?.ok_or_else(Problem::not_found)?;
        if !facts::decide(tx.conn, &dossier, tx.actor.id, true)?.allows() {
            return Err(Problem::not_found());
        }
        if !store::case_type_exists(tx.conn, tx.actor.office_id, *case_type)? {
            return Err(Problem::not_found());
        }
        if !authorised(tx.conn, *case_type, tx.actor.id)? {
            return Err(Problem::forbidden(
                "U bent niet geautoriseerd voor dit zaaktype.",
                "You are not authorised for this case type.",
            ));
        }
        if dossier.state != DossierState::Active {
            return Err(Problem::conflict(
                "In een gearchiveerd dossier kan geen zaak worden geopend.",
                "No case can be opened in an archived dossier.",
            ));
        }
        Ok((dossier, *case_type))
    }
}
