use contract::{
    CaseType, CaseTypeId, CaseTypeRevisionId, CheckId, OfficeId, ResultTypeId, StepTypeId, Term, TermUnit,
};
use diesel::prelude::*;

use crate::case_types::import::ImportedCaseType;
use crate::case_types::store as cases;
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{case_type_revisions, case_types, check_types, result_types, step_types};
use crate::problem::{Outcome, Problem};
use crate::text::fold;

#[derive(Debug, Queryable)]
pub(super) struct Current {
    pub(super) id: CaseTypeId,
    pub(super) revision: i32,
    pub(super) revision_id: CaseTypeRevisionId,
    pub(super) content_hash: String,
    pub(super) order_corrected: bool,
}

pub(super) fn current(conn: &mut Conn, office: OfficeId, code: &str) -> Outcome<Option<Current>> {
    Ok(case_types::table
        .inner_join(
            case_type_revisions::table.on(case_type_revisions::case_type_id
                .eq(case_types::id)
                .and(case_type_revisions::revision.eq(case_types::revision))),
        )
        .filter(case_types::office_id.eq(office))
        .filter(case_types::code.eq(code))
        .select((
            case_types::id,
            case_types::revision,
            case_type_revisions::id,
            case_type_revisions::content_hash,
            case_type_revisions::order_corrected,
        ))
        .first(conn)
        .optional()?)
}

/// A revision as an import would describe it.
pub(super) fn content(conn: &mut Conn, code: &str, id: CaseTypeRevisionId) -> Outcome<ImportedCaseType> {
    let row = cases::revisions(conn, &[id])?
        .remove(&id)
        .ok_or_else(|| Problem::internal("a case type without its revision"))?;
    let steps = cases::steps(conn, id)?;
    let result_types = cases::result_types_of(conn, id)?;
    Ok(super::as_imported(&CaseType {
        id: row.case_type_id,
        code: code.to_owned(),
        revision: row.revision,
        processing_term: row.processing_term(),
        confidentiality: row.confidentiality,
        authorised: false,
        steps,
        result_types,
        version: i64::from(row.revision),
        name: row.name,
        description: row.description,
    }))
}

pub(super) fn insert(conn: &mut Conn, office: OfficeId, code: &str) -> Outcome<CaseTypeId> {
    let id = CaseTypeId::new();
    diesel::insert_into(case_types::table)
        .values((
            case_types::id.eq(id),
            case_types::office_id.eq(office),
            case_types::code.eq(code),
            case_types::revision.eq(1),
            case_types::created_at.eq(clock::stamp()),
            case_types::version.eq(1),
        ))
        .execute(conn)?;
    Ok(id)
}

pub(super) fn set_revision(conn: &mut Conn, id: CaseTypeId, from: i32, to: i32) -> Outcome<()> {
    let changed =
        diesel::update(case_types::table.filter(case_types::id.eq(id)).filter(case_types::revision.eq(from)))
            .set(case_types::revision.eq(to))
            .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(Problem::busy().run_again()) }
}

fn amount(term: Option<Term>) -> Option<i32> {
    term.and_then(|term| i32::try_from(term.amount).ok())
}

fn unit(term: Option<Term>) -> Option<TermUnit> {
    term.map(|term| term.unit)
}

fn place(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX).saturating_add(1)
}

pub(super) fn insert_revision(
    conn: &mut Conn,
    case_type: CaseTypeId,
    revision: i32,
    imported: &ImportedCaseType,
    order_corrected: bool,
) -> Outcome<()> {
    let id = CaseTypeRevisionId::new();
    diesel::insert_into(case_type_revisions::table)
        .values((
            case_type_revisions::id.eq(id),
            case_type_revisions::case_type_id.eq(case_type),
            case_type_revisions::revision.eq(revision),
            case_type_revisions::name.eq(&imported.name),
            case_type_revisions::name_folded.eq(fold(&imported.name)),
            case_type_revisions::description.eq(&imported.description),
            case_type_revisions::processing_amount.eq(amount(imported.processing_term)),
            case_type_revisions::processing_unit.eq(unit(imported.processing_term)),
            case_type_revisions::confidentiality.eq(imported.confidentiality),
            case_type_revisions::content_hash.eq(imported.content_hash()),
            case_type_revisions::created_at.eq(clock::stamp()),
            case_type_revisions::order_corrected.eq(order_corrected),
        ))
        .execute(conn)?;
    for (position, step) in imported.steps.iter().enumerate() {
        let step_id = StepTypeId::new();
        diesel::insert_into(step_types::table)
            .values((
                step_types::id.eq(step_id),
                step_types::revision_id.eq(id),
                step_types::position.eq(place(position)),
                step_types::name.eq(&step.name),
                step_types::explanation.eq(&step.explanation),
            ))
            .execute(conn)?;
        for (position, check) in step.checks.iter().enumerate() {
            diesel::insert_into(check_types::table)
                .values((
                    check_types::id.eq(CheckId::new()),
                    check_types::step_type_id.eq(step_id),
                    check_types::position.eq(place(position)),
                    check_types::name.eq(&check.name),
                    check_types::question.eq(&check.question),
                    check_types::required.eq(check.required),
                ))
                .execute(conn)?;
        }
    }
    for (position, result) in imported.result_types.iter().enumerate() {
        diesel::insert_into(result_types::table)
            .values((
                result_types::id.eq(ResultTypeId::new()),
                result_types::revision_id.eq(id),
                result_types::position.eq(place(position)),
                result_types::name.eq(&result.name),
                result_types::archive_action.eq(result.archive_action),
                result_types::retention_amount.eq(amount(result.retention)),
                result_types::retention_unit.eq(unit(result.retention)),
            ))
            .execute(conn)?;
    }
    Ok(())
}
