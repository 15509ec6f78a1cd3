//! The work someone holds, and passing it on when they are absent (P4).

use actix_web::{HttpResponse, get, post};
use contract::{HandOverOrder, WorkHeld};

use super::store;
use crate::access::office::{AdministerEmployee, ManageAccount};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::hand_over;
use crate::http::Act;
use crate::http::body::Body;
use crate::http::reply::Reply;
use crate::problem::Outcome;

/// List the work of an employee
///
/// Open cases, open tasks and active dossiers they hold, as numbers: what a hand-over is about (P4).
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Employees", responses(
    (status = 200, body = WorkHeld), (status = 403, description = "forbidden")))]
#[get("/employees/{employeeId}/work")]
pub async fn get_work(act: Act<ManageAccount>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let id = *permit.row();
        store::find(tx, id)?;
        Ok(Reply::ok(WorkHeld { items: hand_over::work_of(tx, id)? }))
    })
    .await
}

/// Hand over work of someone absent
///
/// Passes on what an absent colleague holds, all or nothing, with a reason; never to oneself (P4). The answer
/// is what they still hold.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Employees", request_body = HandOverOrder, responses(
    (status = 200, body = WorkHeld), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible")))]
#[post("/employees/{employeeId}/hand-over")]
pub async fn hand_over_work(
    act: Act<AdministerEmployee>,
    body: Body<HandOverOrder>,
) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, order| {
        let id = *permit.row();
        lock::rows(tx.conn, Table::Employees, [id], Hold::Update)?;
        store::find(tx, id)?;
        let event =
            events::record(tx, Event::of("employee.work-handed-over", "employee", id).reason(&order.reason))?;
        hand_over::order(tx, event, id, &order.hand_over)?;
        Ok(Reply::ok(WorkHeld { items: hand_over::work_of(tx, id)? }))
    })
    .await
}
