use std::collections::{BTreeSet, HashMap};

use contract::{
    ArchiveAction, Authorisations, AuthorisationsChange, CaseType, CaseTypeId, CaseTypeRevisionId,
    CaseTypeSummary, CheckId, CheckType, Confidentiality, EmployeeId, EmployeeRef, GroupId, GroupRef, Page,
    ResultType, ResultTypeId, StepType, StepTypeId, Term, TermUnit,
};
use diesel::prelude::*;

use crate::access::Tx;
use crate::db::schema::{
    case_type_employees, case_type_groups, case_type_revisions, case_types, check_types, employees,
    group_members, groups, result_types, step_types,
};
use crate::db::{Conn, on};
use crate::http::paging::Window;
use crate::problem::{Outcome, Problem};
use crate::text::contains_pattern;

/// One revision of a case type.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = case_type_revisions)]
pub struct RevisionRow {
    /// Its id.
    pub id: CaseTypeRevisionId,
    /// Of which type.
    pub case_type_id: CaseTypeId,
    /// Counts from 1.
    pub revision: i32,
    /// Its name.
    pub name: String,
    /// For sorting.
    pub name_folded: String,
    /// What it is for.
    pub description: String,
    processing_amount: Option<i32>,
    processing_unit: Option<TermUnit>,
    /// How confidential.
    pub confidentiality: Confidentiality,
}

fn term(amount: Option<i32>, unit: Option<TermUnit>) -> Option<Term> {
    Some(Term { amount: u32::try_from(amount?).ok()?, unit: unit? })
}

impl RevisionRow {
    /// How long a case may take.
    pub fn processing_term(&self) -> Option<Term> {
        term(self.processing_amount, self.processing_unit)
    }
}

/// By name, then id.
pub type ByName = (String, CaseTypeId);

fn authorised_types(tx: &mut Tx<'_>) -> Outcome<BTreeSet<CaseTypeId>> {
    let mut mine: BTreeSet<CaseTypeId> = case_type_employees::table
        .filter(case_type_employees::employee_id.eq(tx.actor.id))
        .select(case_type_employees::case_type_id)
        .load(tx.conn)?
        .into_iter()
        .collect();
    let through_groups: Vec<CaseTypeId> = case_type_groups::table
        .inner_join(group_members::table.on(group_members::group_id.eq(case_type_groups::group_id)))
        .filter(group_members::employee_id.eq(tx.actor.id))
        .select(case_type_groups::case_type_id)
        .load(tx.conn)?;
    mine.extend(through_groups);
    Ok(mine)
}

/// A page of the office's case types, by name.
pub fn list(
    tx: &mut Tx<'_>,
    q: Option<&str>,
    only_authorised: bool,
    window: &Window<ByName>,
) -> Outcome<Page<CaseTypeSummary>> {
    let mine = authorised_types(tx)?;
    let mut query = case_types::table
        .inner_join(
            case_type_revisions::table.on(case_type_revisions::case_type_id
                .eq(case_types::id)
                .and(case_type_revisions::revision.eq(case_types::revision))),
        )
        .filter(case_types::office_id.eq(tx.actor.office_id))
        .order((case_type_revisions::name_folded.asc(), case_types::id.asc()))
        .limit(window.fetch())
        .select((case_types::code, RevisionRow::as_select()))
        .into_boxed();
    if let Some(q) = q {
        query = query.filter(case_type_revisions::name_folded.like(contains_pattern(q)).escape('\\'));
    }
    if only_authorised {
        query = query.filter(case_types::id.eq_any(mine.clone()));
    }
    if let Some((name, id)) = &window.after {
        query = query.filter(
            case_type_revisions::name_folded
                .gt(name)
                .or(case_type_revisions::name_folded.eq(name).and(case_types::id.gt(id))),
        );
    }
    let rows: Vec<(String, RevisionRow)> = query.load(tx.conn)?;
    let page = window.page(rows, |(_, row)| (row.name_folded.clone(), row.case_type_id));
    Ok(page.map(|(code, row)| CaseTypeSummary {
        id: row.case_type_id,
        code,
        processing_term: row.processing_term(),
        authorised: mine.contains(&row.case_type_id),
        name: row.name,
        description: row.description,
    }))
}

/// The current revision of one of the office's case types.
pub fn current(tx: &mut Tx<'_>, id: CaseTypeId) -> Outcome<RevisionRow> {
    case_types::table
        .inner_join(
            case_type_revisions::table.on(case_type_revisions::case_type_id
                .eq(case_types::id)
                .and(case_type_revisions::revision.eq(case_types::revision))),
        )
        .filter(case_types::office_id.eq(tx.actor.office_id))
        .filter(case_types::id.eq(id))
        .select(RevisionRow::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or_else(Problem::not_found)
}

/// Some revisions.
pub fn revisions(
    conn: &mut Conn,
    ids: &[CaseTypeRevisionId],
) -> Outcome<HashMap<CaseTypeRevisionId, RevisionRow>> {
    // SQLite prepares a list of ids anew each time, and one id once.
    let rows: Vec<RevisionRow> = match ids {
        [one] => {
            let found = case_type_revisions::table.find(*one);
            on!(conn, |db| found.select(RevisionRow::as_select()).load(db))?
        }
        several => case_type_revisions::table
            .filter(case_type_revisions::id.eq_any(several))
            .select(RevisionRow::as_select())
            .load(conn)?,
    };
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The steps of a revision, in order, each with its checks, in order.
pub fn steps(conn: &mut Conn, revision: CaseTypeRevisionId) -> Outcome<Vec<StepType>> {
    type CheckRow = (StepTypeId, CheckId, String, String, bool);
    let checks = check_types::table
        .inner_join(step_types::table)
        .filter(step_types::revision_id.eq(revision))
        .order(check_types::position.asc())
        .select((
            check_types::step_type_id,
            check_types::id,
            check_types::name,
            check_types::question,
            check_types::required,
        ));
    let checks: Vec<CheckRow> = on!(&mut *conn, |db| checks.load(db))?;
    let mut of_step: HashMap<StepTypeId, Vec<CheckType>> = HashMap::new();
    for (step, id, name, question, required) in checks {
        of_step.entry(step).or_default().push(CheckType { id, name, question, required });
    }
    let rows = step_types::table
        .filter(step_types::revision_id.eq(revision))
        .order(step_types::position.asc())
        .select((step_types::id, step_types::name, step_types::explanation));
    let rows: Vec<(StepTypeId, String, String)> = on!(conn, |db| rows.load(db))?;
    Ok(rows
        .into_iter()
        .map(|(id, name, explanation)| StepType {
            id,
            name,
            explanation,
            checks: of_step.remove(&id).unwrap_or_default(),
        })
        .collect())
}

/// How a case of a revision can end, in order.
pub fn result_types_of(conn: &mut Conn, revision: CaseTypeRevisionId) -> Outcome<Vec<ResultType>> {
    type Row = (ResultTypeId, String, ArchiveAction, Option<i32>, Option<TermUnit>);
    let rows = result_types::table
        .filter(result_types::revision_id.eq(revision))
        .order(result_types::position.asc())
        .select((
            result_types::id,
            result_types::name,
            result_types::archive_action,
            result_types::retention_amount,
            result_types::retention_unit,
        ));
    let rows: Vec<Row> = on!(conn, |db| rows.load(db))?;
    Ok(rows
        .into_iter()
        .map(|(id, name, archive_action, amount, unit)| ResultType {
            id,
            name,
            archive_action,
            retention: term(amount, unit),
        })
        .collect())
}

/// A case type as its page shows it.
pub fn view(tx: &mut Tx<'_>, id: CaseTypeId) -> Outcome<CaseType> {
    let row = current(tx, id)?;
    let code: String = case_types::table.find(id).select(case_types::code).first(tx.conn)?;
    let authorised = authorised_types(tx)?.contains(&id);
    Ok(CaseType {
        id,
        code,
        revision: row.revision,
        processing_term: row.processing_term(),
        confidentiality: row.confidentiality,
        authorised,
        steps: steps(tx.conn, row.id)?,
        result_types: result_types_of(tx.conn, row.id)?,
        version: i64::from(row.revision),
        name: row.name,
        description: row.description,
    })
}

/// Who is authorised for one of the office's case types.
pub fn authorisations(tx: &mut Tx<'_>, id: CaseTypeId) -> Outcome<Authorisations> {
    let version: i64 = case_types::table
        .filter(case_types::office_id.eq(tx.actor.office_id))
        .filter(case_types::id.eq(id))
        .select(case_types::version)
        .first(tx.conn)
        .optional()?
        .ok_or_else(Problem::not_found)?;
    let of_groups: Vec<(GroupId, String)> = case_type_groups::table
        .inner_join(groups::table)
        .filter(case_type_groups::case_type_id.eq(id))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .select((groups::id, groups::name))
        .load(tx.conn)?;
    let people: Vec<(EmployeeId, String)> = case_type_employees::table
        .inner_join(employees::table)
        .filter(case_type_employees::case_type_id.eq(id))
        .order((employees::name_folded.asc(), employees::id.asc()))
        .select((employees::id, employees::name))
        .load(tx.conn)?;
    Ok(Authorisations {
        groups: of_groups.into_iter().map(|(id, name)| GroupRef { id, name }).collect(),
        employees: people.into_iter().map(|(id, name)| EmployeeRef { id, name }).collect(),
        version,
    })
}

/// Authorises exactly these, if nobody changed that since `version`.
pub fn authorise(
    tx: &mut Tx<'_>,
    id: CaseTypeId,
    change: &AuthorisationsChange,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        case_types::table
            .filter(case_types::office_id.eq(tx.actor.office_id))
            .filter(case_types::id.eq(id))
            .filter(case_types::version.eq(version)),
    )
    .set(case_types::version.eq(case_types::version + 1))
    .execute(tx.conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(case_type_groups::table.filter(case_type_groups::case_type_id.eq(id))).execute(tx.conn)?;
    diesel::delete(case_type_employees::table.filter(case_type_employees::case_type_id.eq(id)))
        .execute(tx.conn)?;
    for group in &change.group_ids {
        diesel::insert_into(case_type_groups::table)
            .values((case_type_groups::case_type_id.eq(id), case_type_groups::group_id.eq(group)))
            .execute(tx.conn)?;
    }
    for employee in &change.employee_ids {
        diesel::insert_into(case_type_employees::table)
            .values((case_type_employees::case_type_id.eq(id), case_type_employees::employee_id.eq(employee)))
            .execute(tx.conn)?;
    }
    Ok(true)
}
