//! A task changes hands: claimed, released, forwarded, completed (T2, T4).

use actix_web::{HttpResponse, post};
use contract::{Completion, Forward, ProblemCode, Task, TaskId, TaskState};
use serde_json::json;

use super::create::destination;
use super::handlers::{answer, stale};
use super::store::{self, Place};
use super::tray;
use crate::access::Tx;
use crate::access::tasks::{ClaimTask, CompleteTask, ForwardTask, ReleaseTask, finished};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind};
use crate::problem::{Outcome, Problem};

/// Claim a task
///
/// Takes it out of the tray. Of any number of members who try at once exactly one gets it; the others get
/// 409 `already-claimed` with who has it (T4).
///
/// **Permission**: members of the group whose tray it is in.
#[utoipa::path(tag = "Tasks", responses(
    (status = 200, body = Task), (status = 403, description = "forbidden"),
    (status = 409, description = "already-claimed, conflict")))]
#[post("/tasks/{taskId}/claim")]
pub async fn claim_task(act: Act<ClaimTask>) -> Outcome<HttpResponse> {
    act.change(|tx, permit| {
        let task = &permit.row().task;
        let claimed = match task.tray_id {
            Some(tray) => store::claim(tx, task.id, tray)?,
            None => false,
        };
        if !claimed && task.state != TaskState::Open {
            return Err(finished());
        }
        if !claimed {
            let holder = match task.holder_id {
                Some(holder) => crate::employees::store::names(tx.conn, &[holder])?.remove(&holder),
                None => None,
            };
            return Err(Problem::already_claimed(holder));
        }
        let event = Event::of("task.claimed", "task", task.id)
            .old(json!({ "trayId": task.tray_id }))
            .new_values(json!({ "employeeId": tx.actor.id }));
        events::record(tx, event)?;
        answer(tx, task.id)
    })
    .await
}

/// Release a task
///
/// Puts it back in the tray it came from; the team is mailed (T3).
///
/// **Permission**: its holder.
#[utoipa::path(tag = "Tasks", responses(
    (status = 200, body = Task), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/tasks/{taskId}/release")]
pub async fn release_task(act: Act<ReleaseTask>) -> Outcome<HttpResponse> {
    act.change(|tx, permit| {
        let task = &permit.row().task;
        let tray = task.origin_id.ok_or_else(|| Problem::internal("released without a tray"))?;
        if !store::release(tx, task.id, tray)? {
            return Err(Problem::busy().run_again());
        }
        let event = events::record(
            tx,
            Event::of("task.released", "task", task.id)
                .old(json!({ "employeeId": task.holder_id }))
                .new_values(json!({ "trayId": tray })),
        )?;
        tray::announce(tx, event, task.id)?;
        seen_or_nothing(tx, task.id)
    })
    .await
}

/// The task, if the one who moved it still sees it (T7).
fn seen_or_nothing(tx: &mut Tx<'_>, id: TaskId) -> Outcome<Reply<Task>> {
    match answer(tx, id) {
        Err(problem) if problem.code() == ProblemCode::NotFound => Ok(Reply::nothing()),
        other => other,
    }
}

/// Forward a task
///
/// To a colleague or to a team's tray, with a note; whoever gets it is mailed. Someone inactive or
/// explicitly denied the dossier is refused (T2). If-Match names the task as it was seen, so that of two
/// who forward it at once the second is told where it is by now. Answers 204 when the one who did it no
/// longer sees it.
///
/// **Permission**: its holder, members of the group whose tray it is in, the case team.
#[utoipa::path(tag = "Tasks", params(IfMatch), request_body = Forward, responses(
    (status = 200, body = Task), (status = 204), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[post("/tasks/{taskId}/forward")]
pub async fn forward_task(act: Act<ForwardTask>, body: Body<Forward>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, forward| {
        let version = version.clone()?;
        let checked = permit.row();
        let task = &checked.task;
        if task.version != version {
            return Err(stale(tx, checked));
        }
        let place = destination(tx, forward.employee_id, forward.group_id, &checked.dossier)?;
        let here = task.tray_id.map(Place::In).or(task.holder_id.map(Place::With));
        if here == Some(place) {
            return Err(Problem::conflict("De taak is daar al.", "The task is there already."));
        }
        let origin = task.tray_id.or(task.origin_id);
        if !store::forward(tx, task.id, place, origin, &forward.note, version)? {
            return Err(stale(tx, checked));
        }
        let event = events::record(
            tx,
            Event::of("task.forwarded", "task", task.id)
                .old(json!({ "holderId": task.holder_id, "trayId": task.tray_id }))
                .new_values(json!(forward)),
        )?;
        match place {
            Place::In(_) => tray::announce(tx, event, task.id)?,
            Place::With(employee) if employee != tx.actor.id => {
                let office = tx.actor.office_id;
                let params = mail::about_task(&checked.case.number, task.id);
                mail::queue(tx.conn, office, event, MailKind::TaskAssigned, &[employee], &params)?;
            }
            Place::With(_) => {}
        }
        seen_or_nothing(tx, task.id)
    })
    .await
}

/// Complete a task
///
/// With what came of it.
///
/// **Permission**: its holder.
#[utoipa::path(tag = "Tasks", request_body = Completion, responses(
    (status = 200, body = Task), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/tasks/{taskId}/completion")]
pub async fn complete_task(act: Act<CompleteTask>, body: Body<Completion>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, completion| {
        let task = &permit.row().task;
        if !store::complete(tx, task.id, &completion.result)? {
            return Err(Problem::busy().run_again());
        }
        events::record(tx, Event::of("task.completed", "task", task.id).new_values(json!(completion)))?;
        answer(tx, task.id)
    })
    .await
}
