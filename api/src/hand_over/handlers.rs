use actix_web::{HttpResponse, get, post};
use contract::{EmployeeId, HandOverOrder, Page, StrandedWork};

use crate::access::Tx;
use crate::access::office::AdministerEmployee;
use crate::db::lock::{self, Hold, Table};
use crate::employees;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::reply::Reply;
use crate::problem::Outcome;

fn work(tx: &mut Tx<'_>, employee: EmployeeId) -> Outcome<Reply<Page<StrandedWork>>> {
    Ok(Reply::ok(Page { items: super::work_of(tx, employee)?, next: None }))
}

/// List someone's work
///
/// What they coordinate, support, hold and manage, all at once and as numbers only; closed cases of theirs
/// included, because only their coordinator reopens those (C9).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Employees", responses(
    (status = 200, body = Page<StrandedWork>), (status = 403, description = "forbidden")))]
#[get("/employees/{employeeId}/work")]
pub async fn list_work(act: Act<AdministerEmployee>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        employees::store::find(tx, *permit.row())?;
        work(tx, *permit.row())
    })
    .await
}

/// Order a hand-over
///
/// For someone absent, whether they left or not: the work that is named goes to colleagues who may have it,
/// or a task back to its tray; all of it or nothing. Never to the one who orders it. A closed case gets
/// another coordinator, who can reopen it (P4, C9). The answer is the work they still have.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Employees", request_body = HandOverOrder, responses(
    (status = 200, body = Page<StrandedWork>), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible")))]
#[post("/employees/{employeeId}/hand-over")]
pub async fn order_hand_over(
    act: Act<AdministerEmployee>,
    body: Body<HandOverOrder>,
) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, order| {
        let id = *permit.row();
        lock::rows(tx.conn, Table::Employees, [id], Hold::Update)?;
        employees::store::find(tx, id)?;
        let event = events::record(
            tx,
            Event::of("employee.hand-over-ordered", "employee", id).reason(&order.reason),
        )?;
        super::order(tx, event, id, &order.hand_over)?;
        work(tx, id)
    })
    .await
}
