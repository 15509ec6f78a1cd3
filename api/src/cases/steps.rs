//! Working through a case's steps (C8, C10).

use std::collections::BTreeSet;

use actix_web::{HttpResponse, post, put};
use contract::validation::FieldCode;
use contract::{
    Answer, Check, CheckId, Errors, ProblemCode, ReadContent, Reason, Step, StepChange, StepId, StepState,
    Text,
};
use serde_json::json;

use super::{store, view};
use crate::access::Tx;
use crate::access::cases::{Checked, EditStep};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

fn reply(step: Step) -> Reply<Step> {
    let version = step.version;
    Reply::ok(step).version(version)
}

/// Why a step could not be changed: someone else did, or it is not in the state for it.
fn refused(tx: &Tx<'_>, checked: &Checked, step: &Step, version: i64) -> Problem {
    if step.version != version {
        return Problem::stale(step).showing(Reading::of_case(tx, &checked.case, ReadContent::Case));
    }
    match step.state {
        StepState::Open => Problem::conflict("Deze stap is al open.", "This step is already open."),
        StepState::Closed | StepState::Skipped => Problem::conflict(
            "Deze stap is afgesloten en alleen te lezen. Heropen haar eerst.",
            "This step is closed and read-only. Reopen it first.",
        ),
    }
}

fn before(tx: &mut Tx<'_>, checked: &Checked, id: StepId) -> Outcome<Step> {
    view::one_step(tx, &checked.case, id)
}

/// Ends an open step, or opens an ended one, and records it.
fn turn(
    tx: &mut Tx<'_>,
    (checked, id): &(Checked, StepId),
    version: i64,
    to: StepState,
    reason: Option<&str>,
) -> Outcome<Reply<Step>> {
    let old = before(tx, checked, *id)?;
    // An answer that is missing is told to who sees the step as it is; anyone else is told what changed.
    if to == StepState::Closed && old.version == version && old.state == StepState::Open {
        complete(tx, &old)?;
    }
    let (me, skip_reason) = (tx.actor.id, reason.filter(|_| to == StepState::Skipped));
    if !store::set_step_state(tx.conn, *id, to, me, skip_reason, version)? {
        return Err(refused(tx, checked, &old, version));
    }
    let event = match to {
        StepState::Closed => "case.step-closed",
        StepState::Skipped => "case.step-skipped",
        StepState::Open => "case.step-reopened",
    };
    let event = Event::of(event, "case", checked.case.id).reason(reason.unwrap_or_default());
    let event = match to {
        StepState::Open => {
            event.old(json!({ "stepId": id, "state": old.state, "skipReason": old.skip_reason }))
        }
        StepState::Closed | StepState::Skipped => event.new_values(json!({ "stepId": id })),
    };
    events::record(tx, event)?;
    Ok(reply(before(tx, checked, *id)?))
}

/// Refuses to close a step with required checks that are unanswered (C8): with the questions as people see
/// them, and each of them by its id.
fn complete(tx: &Tx<'_>, step: &Step) -> Outcome<()> {
    let missing: Vec<&Check> =
        step.checks.iter().filter(|check| check.required && check.answer.is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut errors = Errors::new(tx.language);
    for check in &missing {
        errors.add(
            check.id.to_string(),
            FieldCode::Blank,
            Text::new("Beantwoord deze vraag.", "Answer this question."),
        );
    }
    let questions: Vec<&str> = missing.iter().map(|check| question(check)).collect();
    let list = questions.join("; ");
    let problem = Problem::new(
        ProblemCode::Unfinished,
        format!("Beantwoord eerst de verplichte controlevragen: {list}"),
        format!("Answer the required checks first: {list}"),
    );
    Err(problem.with_errors(errors))
}

/// What people read at a check.
fn question(check: &Check) -> &str {
    if check.question.is_empty() { &check.name } else { &check.question }
}

/// Change a step
///
/// Note and answers at once; If-Match names the step's version, so that two people work in two steps
/// without getting in each other's way (C10).
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), request_body = StepChange, responses(
    (status = 200, body = Step), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[put("/cases/{caseId}/steps/{stepId}")]
pub async fn update_step(act: Act<EditStep>, body: Body<StepChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let (checked, id) = permit.row();
        let old = before(tx, checked, *id)?;
        let known: BTreeSet<CheckId> = old.checks.iter().map(|check| check.id).collect();
        let mut errors = Errors::new(tx.language);
        for (position, answer) in change.answers.iter().enumerate() {
            if !known.contains(&answer.check_id) {
                errors.add(
                    format!("answers[{position}].checkId"),
                    FieldCode::Unknown,
                    Text::new(
                        "Deze controlevraag hoort niet bij deze stap.",
                        "This check is not of this step.",
                    ),
                );
            }
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        if !store::update_step(tx.conn, *id, &change.note, &change.answers, version)? {
            return Err(refused(tx, checked, &old, version));
        }
        let answers: Vec<(CheckId, Answer)> =
            old.checks.iter().filter_map(|check| Some((check.id, check.answer?))).collect();
        events::record(
            tx,
            Event::of("case.step-updated", "case", checked.case.id)
                .old(json!({ "stepId": id, "note": old.note, "answers": answers }))
                .new_values(json!({ "stepId": id, "note": change.note, "answers": change.answers })),
        )?;
        Ok(reply(before(tx, checked, *id)?))
    })
    .await
}

/// Close a step
///
/// When its required checks are answered; it is read-only from then on (C8).
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), responses(
    (status = 200, body = Step), (status = 403, description = "forbidden"),
    (status = 409, description = "unfinished, conflict")))]
#[post("/cases/{caseId}/steps/{stepId}/closure")]
pub async fn close_step(act: Act<EditStep>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.change(move |tx, permit| turn(tx, permit.row(), version.clone()?, StepState::Closed, None)).await
}

/// Skip a step
///
/// With a reason; a case closes when all its steps are closed or skipped (C9).
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), request_body = Reason, responses(
    (status = 200, body = Step), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/cases/{caseId}/steps/{stepId}/skip")]
pub async fn skip_step(act: Act<EditStep>, body: Body<Reason>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, why| {
        turn(tx, permit.row(), version.clone()?, StepState::Skipped, Some(&why.reason))
    })
    .await
}

/// Reopen a step
///
/// With a reason, which is recorded (C8).
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), request_body = Reason, responses(
    (status = 200, body = Step), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/cases/{caseId}/steps/{stepId}/reopening")]
pub async fn reopen_step(act: Act<EditStep>, body: Body<Reason>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, why| {
        turn(tx, permit.row(), version.clone()?, StepState::Open, Some(&why.reason))
    })
    .await
}
