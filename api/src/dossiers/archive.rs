//! Putting a dossier away, and taking it back in use (D1).

use actix_web::{HttpResponse, post};
use contract::{Dossier, DossierState, EmployeeState, Reason};
use serde_json::json;

use super::handlers::view_after;
use super::store;
use crate::access::dossiers::ManageDossier;
use crate::access::facts;
use crate::access::records::RestoreDossier;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::problem::{Outcome, Problem};

/// Archive a dossier
///
/// With a reason, which is recorded. Everything about it stays readable and nothing can be changed. Refused
/// while it has open cases.
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Dossiers", request_body = Reason, responses(
    (status = 200, body = Dossier), (status = 403, description = "forbidden"),
    (status = 409, description = "unfinished, conflict")))]
#[post("/dossiers/{dossierId}/archiving")]
pub async fn archive_dossier(act: Act<ManageDossier>, body: Body<Reason>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, reason| {
        let id = permit.row().dossier.id;
        // Its row is locked: no case is opened or reopened in it meanwhile.
        let open = store::open_cases(tx.conn, id)?;
        if open > 0 {
            return Err(Problem::unfinished(
                if open == 1 {
                    "Dit dossier heeft nog 1 open zaak. Sluit die eerst.".to_owned()
                } else {
                    format!("Dit dossier heeft nog {open} open zaken. Sluit die eerst.")
                },
                if open == 1 {
                    "This dossier still has 1 open case. Close it first.".to_owned()
                } else {
                    format!("This dossier still has {open} open cases. Close them first.")
                },
            ));
        }
        let manager = permit.row().dossier.manager_id;
        store::set_state(tx.conn, id, DossierState::Archived, manager)?;
        events::record(
            tx,
            Event::of("dossier.archived", "dossier", id)
                .old(json!({ "state": DossierState::Active }))
                .new_values(json!({ "state": DossierState::Archived }))
                .reason(&reason.reason),
        )?;
        view_after(tx, id)
    })
    .await
}

/// Restore a dossier
///
/// Takes an archived dossier back in use, with a reason, which is recorded. A manager who left meanwhile does
/// not come back with it: the dossier then has none.
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Dossiers", request_body = Reason, responses(
    (status = 200, body = Dossier), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/dossiers/{dossierId}/restoration")]
pub async fn restore_dossier(act: Act<RestoreDossier>, body: Body<Reason>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, reason| {
        let dossier = &permit.row().dossier;
        let manager = match dossier.manager_id {
            Some(id) => match facts::employee(tx.conn, tx.actor.office_id, id)? {
                Some((_, EmployeeState::Deactivated)) | None => None,
                Some(_) => Some(id),
            },
            None => None,
        };
        store::set_state(tx.conn, dossier.id, DossierState::Active, manager)?;
        events::record(
            tx,
            Event::of("dossier.restored", "dossier", dossier.id)
                .old(json!({ "state": DossierState::Archived, "managerId": dossier.manager_id }))
                .new_values(json!({ "state": DossierState::Active, "managerId": manager }))
                .reason(&reason.reason),
        )?;
        view_after(tx, dossier.id)
    })
    .await
}
