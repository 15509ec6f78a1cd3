//! Who works on a case (C4, C5).

use actix_web::{HttpResponse, delete, put};
use contract::{Case, CoordinatorChange, EmployeeId, EventId};
use serde_json::json;

use super::{store, view};
use crate::access::Tx;
use crate::access::cases::{CaseRow, EditCase, EditSupporter};
use crate::access::eligible;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::mail::{self, MailKind};
use crate::problem::{Outcome, Problem};

/// Tells someone what they are in a case from now on, unless they did it themself.
fn tell(tx: &mut Tx<'_>, cause: EventId, case: &CaseRow, kind: MailKind, who: EmployeeId) -> Outcome<()> {
    if who == tx.actor.id {
        return Ok(());
    }
    let params = mail::about_case(&case.number, case.id);
    mail::queue(tx.conn, tx.actor.office_id, cause, kind, &[who], &params)
}

/// Name another coordinator
///
/// The previous one stays as supporter unless told otherwise, and both are mailed. Someone inactive or explicitly denied the
/// dossier is refused (C6). Answers 204 when the one who did it no longer sees the case.
///
/// **Permission**: coordinator, supporter (C4). Nobody else, whatever their role (C5).
#[utoipa::path(tag = "Cases", params(IfMatch), request_body = CoordinatorChange, responses(
    (status = 200, body = Case), (status = 204), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[put("/cases/{caseId}/coordinator")]
pub async fn change_coordinator(act: Act<EditCase>, body: Body<CoordinatorChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let checked = permit.row();
        let case = &checked.case;
        if !store::touch(tx, case.id, version)? {
            return Err(view::stale(tx, checked));
        }
        let new = eligible::check(tx, change.employee_id, &checked.dossier)?;
        if new.id() == case.coordinator_id {
            return Err(Problem::conflict(
                format!("{} is al coördinator van deze zaak.", new.name()),
                format!("{} already coordinates this case.", new.name()),
            ));
        }
        store::set_coordinator(tx, case.id, new.id())?;
        store::remove_supporter(tx.conn, case.id, new.id())?;
        if change.keep_previous {
            store::add_supporter(tx.conn, case.id, case.coordinator_id)?;
        }
        let event = events::record(
            tx,
            Event::of("case.coordinator-changed", "case", case.id)
                .old(json!({ "coordinatorId": case.coordinator_id }))
                .new_values(json!({ "coordinatorId": new.id(), "keepPrevious": change.keep_previous })),
        )?;
        tell(tx, event, case, MailKind::CaseAssigned, new.id())?;
        if change.keep_previous {
            tell(tx, event, case, MailKind::CaseSupported, case.coordinator_id)?;
        }
        view::again(tx, case.id)
    })
    .await
}

/// Add a supporter
///
/// They are mailed. Someone inactive or explicitly denied the dossier is refused (C6); the coordinator is
/// never a supporter too (C3).
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), responses(
    (status = 200, body = Case), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[put("/cases/{caseId}/supporters/{employeeId}")]
pub async fn add_supporter(act: Act<EditSupporter>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.change(move |tx, permit| {
        let version = version.clone()?;
        let (checked, employee) = permit.row();
        let case = &checked.case;
        if !store::touch(tx, case.id, version)? {
            return Err(view::stale(tx, checked));
        }
        let supporter = eligible::check(tx, *employee, &checked.dossier)?;
        if supporter.id() == case.coordinator_id {
            return Err(Problem::conflict(
                format!(
                    "{} is coördinator van deze zaak en kan niet ook ondersteuner zijn.",
                    supporter.name()
                ),
                format!("{} coordinates this case and cannot be a supporter too.", supporter.name()),
            ));
        }
        if store::add_supporter(tx.conn, case.id, supporter.id())? {
            let event = events::record(
                tx,
                Event::of("case.supporter-added", "case", case.id)
                    .new_values(json!({ "employeeId": supporter.id() })),
            )?;
            tell(tx, event, case, MailKind::CaseSupported, supporter.id())?;
        }
        view::again(tx, case.id)
    })
    .await
}

/// Remove a supporter
///
/// Answers 204 when the one who did it no longer sees the case.
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), responses(
    (status = 200, body = Case), (status = 204), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[delete("/cases/{caseId}/supporters/{employeeId}")]
pub async fn remove_supporter(act: Act<EditSupporter>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.change(move |tx, permit| {
        let version = version.clone()?;
        let (checked, employee) = permit.row();
        let case = &checked.case;
        if !store::touch(tx, case.id, version)? {
            return Err(view::stale(tx, checked));
        }
        if !store::remove_supporter(tx.conn, case.id, *employee)? {
            return Err(Problem::not_found());
        }
        events::record(
            tx,
            Event::of("case.supporter-removed", "case", case.id).old(json!({ "employeeId": employee })),
        )?;
        view::again(tx, case.id)
    })
    .await
}
