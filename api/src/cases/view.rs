//! A case as one reader sees it (C6).

use std::collections::HashMap;

use contract::{
    Answer, Case, CaseClosed, CaseRights, CaseView, Check, CheckId, EmployeeId, EmployeeRef, ProblemCode,
    ReadContent, Step, StepId, StepState, StepType,
};

use super::store::{self, StepRow};
use crate::access::cases::{CaseRow, Checked, SeeCase};
use crate::access::{Permission, Tx};
use crate::case_types;
use crate::employees::store::{name_of, names};
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

/// As much of a case as its reader may see.
pub fn view(tx: &mut Tx<'_>, checked: &Checked) -> Outcome<Case> {
    let case = &checked.case;
    let header = store::summaries(tx, &[case.id])?.pop().ok_or_else(|| Problem::internal("no header"))?;
    let revisions = case_types::store::revisions(tx.conn, &[case.revision_id])?;
    let revision = revisions.get(&case.revision_id).ok_or_else(|| Problem::internal("no revision"))?;
    let supporters = store::supporters(tx.conn, case.id)?;
    let steps = match checked.view {
        CaseView::Header => Vec::new(),
        CaseView::Full => steps(tx, case, |_| true)?,
        CaseView::ClosedSteps => steps(tx, case, |step| step.state != StepState::Open)?,
    };
    let result_types = match checked.view {
        CaseView::Full => case_types::store::result_types_of(tx.conn, case.revision_id)?,
        CaseView::ClosedSteps | CaseView::Header => Vec::new(),
    };
    Ok(Case {
        header,
        confidentiality: revision.confidentiality,
        view: checked.view,
        supporters,
        steps,
        result_types,
        closure: closure(tx, case, checked.view)?,
        version: case.version,
        may: CaseRights { edit: checked.may_edit(), reopen: checked.may_reopen() },
    })
}

fn closure(tx: &mut Tx<'_>, case: &CaseRow, view: CaseView) -> Outcome<Option<CaseClosed>> {
    let (Some(at), Some(by)) = (case.closed_at, case.closed_by) else { return Ok(None) };
    let names = names(tx.conn, &[by])?;
    let result = match case.result_type_id {
        Some(id) => Some(store::result_name(tx.conn, id)?),
        None => None,
    };
    // Why it was an error is content, not header.
    let administrative_error = case.administrative_error.clone().map(|note| match view {
        CaseView::Full => note,
        CaseView::ClosedSteps | CaseView::Header => String::new(),
    });
    Ok(Some(CaseClosed { at: at.and_utc(), by: name_of(&names, by), result, administrative_error }))
}

fn steps(tx: &mut Tx<'_>, case: &CaseRow, shown: impl Fn(&StepRow) -> bool) -> Outcome<Vec<Step>> {
    let rows: Vec<StepRow> = store::steps(tx.conn, case.id)?.into_iter().filter(shown).collect();
    let types: HashMap<_, StepType> = case_types::store::steps(tx.conn, case.revision_id)?
        .into_iter()
        .map(|step| (step.id, step))
        .collect();
    let answers = store::answers(tx.conn, case.id)?;
    let finishers: Vec<EmployeeId> = rows.iter().filter_map(|row| row.finished_by).collect();
    let finishers = names(tx.conn, &finishers)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let described = types.get(&row.step_type_id)?;
            Some(step(row, described, &answers, &finishers))
        })
        .collect())
}

/// One step, from its row, what its type says, the answers of its case and who finish steps.
pub fn step(
    row: StepRow,
    described: &StepType,
    answers: &HashMap<(StepId, CheckId), Answer>,
    finishers: &HashMap<EmployeeId, EmployeeRef>,
) -> Step {
    Step {
        id: row.id,
        position: row.position,
        name: described.name.clone(),
        explanation: described.explanation.clone(),
        state: row.state,
        checks: described
            .checks
            .iter()
            .map(|check| Check {
                id: check.id,
                name: check.name.clone(),
                question: check.question.clone(),
                required: check.required,
                answer: answers.get(&(row.id, check.id)).copied(),
            })
            .collect(),
        note: row.note,
        finished_at: row.finished_at.map(|at| at.and_utc()),
        finished_by: row.finished_by.map(|by| name_of(finishers, by)),
        skip_reason: row.skip_reason,
        version: row.version,
    }
}

/// One step of a case, for its team.
pub fn one_step(tx: &mut Tx<'_>, case: &CaseRow, id: StepId) -> Outcome<Step> {
    steps(tx, case, |step| step.id == id)?.pop().ok_or_else(Problem::not_found)
}

/// A case after a change: looked at again, as the one who changed it sees it now.
pub fn again(tx: &mut Tx<'_>, case: contract::CaseId) -> Outcome<Reply<Case>> {
    match SeeCase::check(tx, &case) {
        Ok(checked) => {
            let case = view(tx, &checked)?;
            let version = case.version;
            Ok(Reply::ok(case).version(version))
        }
        // They took themselves out and no longer see it; that it worked is all there is to say.
        Err(problem) if problem.code() == ProblemCode::NotFound => Ok(Reply::nothing()),
        Err(problem) => Err(problem),
    }
}

/// 412 with the case as it is now.
pub fn stale(tx: &mut Tx<'_>, checked: &Checked) -> Problem {
    match view(tx, checked) {
        Ok(case) => Problem::stale(&case).showing(Reading::of_case(tx, &checked.case, ReadContent::Case)),
        Err(problem) => problem,
    }
}
