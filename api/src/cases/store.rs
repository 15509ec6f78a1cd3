use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use contract::{
    Answer, CaseId, CaseState, CaseSummary, CaseTypeRef, CheckAnswer, CheckId, DossierRef, EmployeeId,
    EmployeeRef, Page, ResultTypeId, StepId, StepState, StepTypeId,
};
use diesel::prelude::*;

use crate::access::pages::cases::CaseLine;
pub use crate::access::pages::cases::Wanted as Filter;
use crate::access::pages::{self, Order};
use crate::access::{Permit, Tx, cases::OpenCase};
use crate::case_types::store::RevisionRow;
use crate::clock;
use crate::db::schema::{
    case_answers, case_steps, case_supporters, cases, employees, result_types, step_types,
};
use crate::db::{Conn, counters, on};
use crate::http::paging::Window;
use crate::problem::Outcome;
use crate::text::fold;

/// A page of the cases the one who asks sees at least the header of (C6).
pub fn list(
    tx: &mut Tx<'_>,
    filter: Filter<'_>,
    order: Order,
    window: &Window<CaseId>,
) -> Outcome<Page<CaseSummary>> {
    let me = tx.actor.id;
    let lines = pages::cases::page(tx, filter, &window.part(order))?;
    Ok(window.page(lines, |line| line.id).map(|line| summary(line, me)))
}

/// The open ones of these, the most urgent first.
pub fn list_by_deadline(
    tx: &mut Tx<'_>,
    filter: Filter<'_>,
    window: &Window<(NaiveDate, CaseId)>,
) -> Outcome<Page<CaseSummary>> {
    let me = tx.actor.id;
    let lines = pages::cases::by_deadline(tx, filter, window.after, window.fetch())?;
    Ok(window.page(lines, CaseLine::urgency).map(|line| summary(line, me)))
}

/// The headers of some cases that their reader sees. One statement.
pub fn summaries(tx: &mut Tx<'_>, ids: &[CaseId]) -> Outcome<Vec<CaseSummary>> {
    let me = tx.actor.id;
    let mut lines = pages::cases::of(tx, ids)?;
    lines.sort_by_key(|line| ids.iter().position(|id| *id == line.id));
    Ok(lines.into_iter().map(|line| summary(line, me)).collect())
}

fn summary(line: CaseLine, me: EmployeeId) -> CaseSummary {
    CaseSummary {
        my_part: line.part_of(me),
        case_type: CaseTypeRef { id: line.case_type_id, name: line.case_type_name },
        dossier: DossierRef { id: line.dossier_id, number: line.dossier_number, name: line.dossier_name },
        coordinator: EmployeeRef { id: line.coordinator_id, name: line.coordinator_name },
        id: line.id,
        number: line.number,
        title: line.title,
        state: line.state,
        start_date: line.start_date,
        target_date: line.target_date,
        deadline: line.deadline,
    }
}

/// What is known of a case when it is opened.
#[derive(Debug)]
pub struct CaseValues<'a> {
    /// Its title.
    pub title: &'a str,
    /// When it starts.
    pub start_date: NaiveDate,
    /// When it should be done.
    pub target_date: Option<NaiveDate>,
    /// When it must be done.
    pub deadline: Option<NaiveDate>,
    /// Who runs it.
    pub coordinator: EmployeeId,
}

/// Opens a case with all steps of its type's revision; returns its id and number.
pub fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit<OpenCase>,
    revision: &RevisionRow,
    values: &CaseValues<'_>,
) -> Outcome<(CaseId, String)> {
    let (dossier, case_type) = permit.row();
    let (year, count) = counters::next(tx.conn, tx.actor.office_id, "case")?;
    let number = format!("Z{year}-{count:06}");
    let id = CaseId::new();
    diesel::insert_into(cases::table)
        .values((
            cases::id.eq(id),
            cases::office_id.eq(tx.actor.office_id),
            cases::dossier_id.eq(dossier.id),
            cases::case_type_id.eq(*case_type),
            cases::revision_id.eq(revision.id),
            cases::number.eq(&number),
            cases::title.eq(values.title),
            cases::title_folded.eq(fold(values.title)),
            cases::state.eq(CaseState::Open),
            cases::start_date.eq(values.start_date),
            cases::target_date.eq(values.target_date),
            cases::deadline.eq(values.deadline),
            cases::coordinator_id.eq(values.coordinator),
            cases::created_at.eq(clock::stamp()),
            cases::version.eq(1),
        ))
        .execute(tx.conn)?;
    let steps: Vec<(StepTypeId, i32)> = step_types::table
        .filter(step_types::revision_id.eq(revision.id))
        .order(step_types::position.asc())
        .select((step_types::id, step_types::position))
        .load(tx.conn)?;
    for (step_type, position) in steps {
        diesel::insert_into(case_steps::table)
            .values((
                case_steps::id.eq(StepId::new()),
                case_steps::case_id.eq(id),
                case_steps::step_type_id.eq(step_type),
                case_steps::position.eq(position),
                case_steps::state.eq(StepState::Open),
                case_steps::note.eq(""),
                case_steps::version.eq(1),
            ))
            .execute(tx.conn)?;
    }
    Ok((id, number))
}

/// Changes a case's own data if nobody changed header or team since `version`.
pub fn update(
    tx: &mut Tx<'_>,
    id: CaseId,
    title: &str,
    target_date: Option<NaiveDate>,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(cases::table.filter(cases::id.eq(id)).filter(cases::version.eq(version)))
        .set((
            cases::title.eq(title),
            cases::title_folded.eq(fold(title)),
            cases::target_date.eq(target_date),
            cases::version.eq(cases::version + 1),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Counts a change of a case's team if nobody else changed header or team since `version`.
pub fn touch(tx: &mut Tx<'_>, id: CaseId, version: i64) -> Outcome<bool> {
    let changed = diesel::update(cases::table.filter(cases::id.eq(id)).filter(cases::version.eq(version)))
        .set(cases::version.eq(cases::version + 1))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Names another coordinator.
pub fn set_coordinator(tx: &mut Tx<'_>, id: CaseId, to: EmployeeId) -> Outcome<()> {
    diesel::update(cases::table.find(id)).set(cases::coordinator_id.eq(to)).execute(tx.conn)?;
    Ok(())
}

/// A case's supporters, by name.
pub fn supporters(conn: &mut Conn, id: CaseId) -> Outcome<Vec<EmployeeRef>> {
    let rows = case_supporters::table
        .inner_join(employees::table)
        .filter(case_supporters::case_id.eq(id))
        .order((employees::name_folded.asc(), employees::id.asc()))
        .select((employees::id, employees::name));
    let rows: Vec<(EmployeeId, String)> = on!(conn, |db| rows.load(db))?;
    Ok(rows.into_iter().map(|(id, name)| EmployeeRef { id, name }).collect())
}

/// Adds a supporter; `false` when they already were.
pub fn add_supporter(conn: &mut Conn, id: CaseId, employee: EmployeeId) -> Outcome<bool> {
    let already: i64 = case_supporters::table.find((id, employee)).count().get_result(conn)?;
    if already > 0 {
        return Ok(false);
    }
    diesel::insert_into(case_supporters::table)
        .values((case_supporters::case_id.eq(id), case_supporters::employee_id.eq(employee)))
        .execute(conn)?;
    Ok(true)
}

/// Removes a supporter; `false` when they were none.
pub fn remove_supporter(conn: &mut Conn, id: CaseId, employee: EmployeeId) -> Outcome<bool> {
    Ok(diesel::delete(case_supporters::table.find((id, employee))).execute(conn)? == 1)
}

/// One step of a case.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = case_steps)]
pub struct StepRow {
    /// Its id.
    pub id: StepId,
    /// Of which case.
    pub case_id: CaseId,
    /// As the type describes it.
    pub step_type_id: StepTypeId,
    /// Its place.
    pub position: i32,
    /// Where it stands.
    pub state: StepState,
    /// What was written down.
    pub note: String,
    /// Why it was skipped.
    pub skip_reason: Option<String>,
    /// When it was closed or skipped.
    pub finished_at: Option<NaiveDateTime>,
    /// By whom.
    pub finished_by: Option<EmployeeId>,
    /// Counts its changes.
    pub version: i64,
}

/// A case's steps, in order.
pub fn steps(conn: &mut Conn, id: CaseId) -> Outcome<Vec<StepRow>> {
    let rows = case_steps::table.filter(case_steps::case_id.eq(id)).order(case_steps::position.asc());
    Ok(on!(conn, |db| rows.select(StepRow::as_select()).load(db))?)
}

/// All answers given in a case.
pub fn answers(conn: &mut Conn, id: CaseId) -> Outcome<HashMap<(StepId, CheckId), Answer>> {
    let rows = case_answers::table.inner_join(case_steps::table).filter(case_steps::case_id.eq(id)).select((
        case_answers::step_id,
        case_answers::check_id,
        case_answers::answer,
    ));
    let rows: Vec<(StepId, CheckId, Answer)> = on!(conn, |db| rows.load(db))?;
    Ok(rows.into_iter().map(|(step, check, answer)| ((step, check), answer)).collect())
}

/// Writes down note and answers of an open step if nobody changed it since `version`.
pub fn update_step(
    conn: &mut Conn,
    id: StepId,
    note: &str,
    given: &[CheckAnswer],
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        case_steps::table
            .filter(case_steps::id.eq(id))
            .filter(case_steps::state.eq(StepState::Open))
            .filter(case_steps::version.eq(version)),
    )
    .set((case_steps::note.eq(note), case_steps::version.eq(case_steps::version + 1)))
    .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(case_answers::table.filter(case_answers::step_id.eq(id))).execute(conn)?;
    for given in given {
        if let Some(answer) = given.answer {
            diesel::insert_into(case_answers::table)
                .values((
                    case_answers::step_id.eq(id),
                    case_answers::check_id.eq(given.check_id),
                    case_answers::answer.eq(answer),
                ))
                .execute(conn)?;
        }
    }
    Ok(true)
}

/// Closes or skips an open step, or opens a finished one, if nobody changed it since `version`.
pub fn set_step_state(
    conn: &mut Conn,
    id: StepId,
    to: StepState,
    by: EmployeeId,
    skip_reason: Option<&str>,
    version: i64,
) -> Outcome<bool> {
    let finished = to != StepState::Open;
    let step = case_steps::table.filter(case_steps::id.eq(id)).filter(case_steps::version.eq(version));
    let values = (
        case_steps::state.eq(to),
        case_steps::skip_reason.eq(skip_reason),
        case_steps::finished_at.eq(finished.then(clock::stamp)),
        case_steps::finished_by.eq(finished.then_some(by)),
        case_steps::version.eq(case_steps::version + 1),
    );
    let changed = if finished {
        diesel::update(step.filter(case_steps::state.eq(StepState::Open))).set(values).execute(conn)?
    } else {
        diesel::update(step.filter(case_steps::state.ne(StepState::Open))).set(values).execute(conn)?
    };
    Ok(changed == 1)
}

/// The name of a result type.
pub fn result_name(conn: &mut Conn, id: ResultTypeId) -> Outcome<String> {
    Ok(result_types::table.find(id).select(result_types::name).first(conn)?)
}

/// Ends a case if nobody changed header or team since `version`.
pub fn close(
    tx: &mut Tx<'_>,
    id: CaseId,
    result: Option<ResultTypeId>,
    administrative_error: Option<&str>,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(cases::table.filter(cases::id.eq(id)).filter(cases::version.eq(version)))
        .set((
            cases::state.eq(CaseState::Closed),
            cases::closed_at.eq(clock::stamp()),
            cases::closed_by.eq(tx.actor.id),
            cases::result_type_id.eq(result),
            cases::administrative_error.eq(administrative_error),
            cases::version.eq(cases::version + 1),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Opens a closed case again.
pub fn reopen(tx: &mut Tx<'_>, id: CaseId) -> Outcome<bool> {
    let changed =
        diesel::update(cases::table.filter(cases::id.eq(id)).filter(cases::state.eq(CaseState::Closed)))
            .set((
                cases::state.eq(CaseState::Open),
                cases::closed_at.eq(None::<NaiveDateTime>),
                cases::closed_by.eq(None::<EmployeeId>),
                cases::result_type_id.eq(None::<ResultTypeId>),
                cases::administrative_error.eq(None::<String>),
                cases::version.eq(cases::version + 1),
            ))
            .execute(tx.conn)?;
    Ok(changed == 1)
}
