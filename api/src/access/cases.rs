//! Permissions about one case (C4 to C9).

use chrono::{NaiveDate, NaiveDateTime};
use contract::{
    CaseId, CasePart, CaseState, CaseTypeId, CaseTypeRevisionId, CaseView, DossierId, DossierState,
    EmployeeId, ResultTypeId, StepId, TaskState,
};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::facts::{self, DossierRow};
use super::{Permission, Tx};
use crate::cases::policy::{self, Facts};
use crate::db::Conn;
use crate::db::lock::{self, Hold, Table};
use crate::db::schema::{
    case_supporters, case_type_employees, case_type_groups, case_types, cases, group_members, tasks,
};
use crate::problem::{Outcome, Problem};

/// A case.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub struct CaseRow {
    /// Its id.
    pub id: CaseId,
    /// Its dossier.
    pub dossier_id: DossierId,
    /// Its type.
    pub case_type_id: CaseTypeId,
    /// The revision of the type it was opened with.
    pub revision_id: CaseTypeRevisionId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether it is being worked on.
    pub state: CaseState,
    /// When it started.
    pub start_date: NaiveDate,
    /// When it should be done.
    pub target_date: Option<NaiveDate>,
    /// When it must be done.
    pub deadline: Option<NaiveDate>,
    /// Who runs it.
    pub coordinator_id: EmployeeId,
    /// When it ended.
    pub closed_at: Option<NaiveDateTime>,
    /// Who ended it.
    pub closed_by: Option<EmployeeId>,
    /// With which result.
    pub result_type_id: Option<ResultTypeId>,
    /// Why it was an administrative error.
    pub administrative_error: Option<String>,
    /// Counts the changes to header and team.
    pub version: i64,
}

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
    let supports: bool = diesel::select(exists(
        case_supporters::table
            .filter(case_supporters::case_id.eq(case.id))
            .filter(case_supporters::employee_id.eq(employee)),
    ))
    .get_result(conn)?;
    Ok(supports.then_some(CasePart::Supporter))
}

/// Whether someone is authorised for a case type (C2).
pub fn authorised(conn: &mut Conn, case_type: CaseTypeId, employee: EmployeeId) -> Outcome<bool> {
    let by_name = case_type_employees::table
        .filter(case_type_employees::case_type_id.eq(case_type))
        .filter(case_type_employees::employee_id.eq(employee));
    let by_group = case_type_groups::table
        .inner_join(group_members::table.on(group_members::group_id.eq(case_type_groups::group_id)))
        .filter(case_type_groups::case_type_id.eq(case_type))
        .filter(group_members::employee_id.eq(employee));
    Ok(diesel::select(exists(by_name)).get_result::<bool>(conn)?
        || diesel::select(exists(by_group)).get_result::<bool>(conn)?)
}

fn has_task(conn: &mut Conn, case: CaseId, employee: EmployeeId) -> Outcome<bool> {
    let my_groups =
        group_members::table.filter(group_members::employee_id.eq(employee)).select(group_members::group_id);
    let open = tasks::table
        .filter(tasks::case_id.eq(case))
        .filter(tasks::state.eq(TaskState::Open))
        .filter(tasks::holder_id.eq(employee).or(tasks::tray_id.eq_any(my_groups.nullable())));
    Ok(diesel::select(exists(open)).get_result(conn)?)
}

/// Loads a case of the office and decides how much of it the reader sees.
pub(super) fn look(tx: &mut Tx<'_>, id: CaseId, hold: Hold) -> Outcome<Checked> {
    if tx.writing {
        lock::rows(tx.conn, Table::Cases, [id], hold)?;
    }
    let case: CaseRow = cases::table
        .filter(cases::office_id.eq(tx.actor.office_id))
        .filter(cases::id.eq(id))
        .select(CaseRow::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or_else(Problem::not_found)?;
    let dossier = facts::dossier(tx.conn, tx.actor.office_id, case.dossier_id)?
        .ok_or_else(|| Problem::internal("a case without its dossier"))?;
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
            known.task = has_task(tx.conn, case.id, me)?;
        }
    }
    let view = policy::view(known).ok_or_else(Problem::not_found)?;
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
        let exists: bool = diesel::select(exists(
            case_types::table
                .filter(case_types::office_id.eq(tx.actor.office_id))
                .filter(case_types::id.eq(*case_type)),
        ))
        .get_result(tx.conn)?;
        if !exists {
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
