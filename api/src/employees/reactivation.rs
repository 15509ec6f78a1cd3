//! An account becomes active again (S3).

pub mod store;

use actix_web::{HttpResponse, post};
use contract::{Employee, EmployeeId, EmployeeState, Reactivation};
use serde_json::{Value, json};

use super::handlers::answer;
use super::saving;
use super::store::{find, view};
use crate::access::Tx;
use crate::access::office::{Administer, ManageAccount};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::OptionalBody;
use crate::http::document::IfMatchWhenNeeded;
use crate::mail::{self, MailKind, Params};
use crate::problem::{Outcome, Problem};

/// Reactivate an employee
///
/// Makes a locked or deactivated account active again, resets the count of failed attempts and mails a
/// temporary password (S3). Also for someone who never chose a password: the invitation may have been lost.
///
/// Is the known address wrong, then it is corrected at once with `email` and If-Match: the temporary password goes to the
/// new address, what was mailed to the old one no longer works, and the old one is told.
///
/// **Permission**: local administrator, helpdesk; to correct the address only local administrator.
#[utoipa::path(tag = "Employees", params(IfMatchWhenNeeded), request_body = Option<Reactivation>, responses(
    (status = 200, body = Employee), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/employees/{employeeId}/reactivation")]
pub async fn reactivate_employee(
    act: Act<ManageAccount>,
    body: OptionalBody<Reactivation>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body.0, move |tx, permit, reactivation| {
        let id = *permit.row();
        lock::rows(tx.conn, Table::Employees, [id], Hold::Update)?;
        match &reactivation.email {
            Some(email) => correct_and_reactivate(tx, id, email, &version)?,
            None => reactivate(tx, id, None)?,
        }
        answer(tx, id)
    })
    .await
}

fn correct_and_reactivate(
    tx: &mut Tx<'_>,
    id: EmployeeId,
    email: &str,
    version: &Outcome<i64>,
) -> Outcome<()> {
    // The helpdesk, of the office or visiting, buys nobody access with an address (P2, P3).
    tx.permit::<Administer>(&())?;
    let before = view(tx, id)?;
    if before.version != version.clone()? {
        return Err(Problem::stale(&before));
    }
    reactivate(tx, id, Some(email))
}

fn reactivate(tx: &mut Tx<'_>, id: EmployeeId, email: Option<&str>) -> Outcome<()> {
    let before = find(tx, id)?;
    if !store::reactivate(tx, id)? {
        return Err(Problem::conflict("Deze medewerker is al actief.", "This employee is already active."));
    }
    let corrected = email.filter(|email| *email != before.email);
    let values = |state: EmployeeState, email: &str| -> Value {
        match corrected {
            Some(_) => json!({ "state": state, "email": email }),
            None => json!({ "state": state }),
        }
    };
    let event = Event::of("employee.reactivated", "employee", id)
        .old(values(before.state, &before.email))
        .new_values(values(EmployeeState::Active, email.unwrap_or_default()));
    let event = events::record(tx, event)?;
    if let Some(email) = corrected {
        store::correct_address(tx.conn, id, email)?;
        saving::tell_old_address(tx, event, id, &before.email)?;
    }
    let office = tx.actor.office_id;
    mail::queue(tx.conn, office, event, MailKind::Reactivation, &[id], &Params::default())
}
