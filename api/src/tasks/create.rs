//! Tasks of a case, for its team (T1).

use actix_web::web::Query;
use actix_web::{HttpResponse, get, post};
use contract::validation::FieldCode;
use contract::{NewTask, Page, ReadContent, Task};
use serde_json::json;

use super::store::{self, Of, Place, TaskValues};
use super::tray;
use crate::access::cases::{Checked, EditCase, SeeCase};
use crate::access::{Tx, eligible};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::groups;
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind};
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

/// List a case's tasks
///
/// Newest first.
///
/// **Permission**: coordinator, supporter (T7).
#[utoipa::path(tag = "Tasks", params(Paging), responses(
    (status = 200, body = Page<Task>), (status = 403, description = "forbidden")))]
#[get("/cases/{caseId}/tasks")]
pub async fn list_case_tasks(act: Act<SeeCase>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read_content(move |tx, permit| {
        let checked = permit.row();
        if checked.part.is_none() {
            return Err(Problem::forbidden(
                "U bent geen coördinator of ondersteuner van deze zaak.",
                "You are neither coordinator nor supporter of this case.",
            ));
        }
        let reading = Reading::of_case(tx, &checked.case, ReadContent::Tasks);
        Ok((Reply::ok(store::list(tx, Of::Case(checked.case.id), &window)?), reading))
    })
    .await
}

/// Where a task is to go: a colleague who may have it, or a group of this office.
pub fn destination(
    tx: &mut Tx<'_>,
    employee: Option<contract::EmployeeId>,
    group: Option<contract::GroupId>,
    dossier: &crate::access::facts::DossierRow,
) -> Outcome<Place> {
    if let Some(employee) = employee {
        return Ok(Place::With(eligible::check(tx, employee, dossier)?.id()));
    }
    let Some(group) = group else { return Err(Problem::internal("neither colleague nor group")) };
    lock::rows(tx.conn, Table::Groups, [group], Hold::Share)?;
    match groups::store::find(tx, group) {
        Ok(_) => Ok(Place::In(group)),
        Err(problem) if problem.code() == contract::ProblemCode::NotFound => Err(invalid_field(
            tx,
            "groupId",
            FieldCode::Unknown,
            "Deze groep bestaat niet.",
            "This group does not exist.",
        )),
        Err(problem) => Err(problem),
    }
}

/// Create a task
///
/// For a colleague, or for a team's tray; whoever gets it is mailed (T3).
///
/// **Permission**: coordinator, supporter (T1).
#[utoipa::path(tag = "Tasks", request_body = NewTask, responses(
    (status = 201, body = Task), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[post("/cases/{caseId}/tasks")]
pub async fn create_task(act: Act<EditCase>, body: Body<NewTask>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        let Checked { case, dossier, .. } = permit.row();
        let place = destination(tx, new.employee_id, new.group_id, dossier)?;
        let values = TaskValues { title: &new.title, description: &new.description, due_date: new.due_date };
        let id = store::insert(tx, case.id, &values, place)?;
        let event = events::record(
            tx,
            Event::of("task.created", "task", id).new_values(json!({ "caseId": case.id, "task": new })),
        )?;
        match place {
            Place::In(_) => tray::announce(tx, event, id)?,
            Place::With(employee) if employee != tx.actor.id => {
                let office = tx.actor.office_id;
                let params = mail::about_task(&case.number, id);
                mail::queue(tx.conn, office, event, MailKind::TaskAssigned, &[employee], &params)?;
            }
            Place::With(_) => {}
        }
        let task = super::handlers::view(tx, id)?;
        Ok(Reply::created(task, format!("/tasks/{id}")).version(1))
    })
    .await
}
