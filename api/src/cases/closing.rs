//! Ending a case, and opening it again (C9).

use actix_web::{HttpResponse, post};
use contract::validation::FieldCode;
use contract::{Case, CaseClosure, DossierState, ProblemCode, Reason, StepState};
use serde_json::json;

use super::{store, view};
use crate::access::cases::{Checked, EditCase, ReopenCase};
use crate::access::{eligible, facts};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::hand_over::{self, Scope};
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::problem::{Outcome, Problem};
use crate::{case_types, tasks};

/// Close a case
///
/// With a result type once all steps are closed or skipped; or as an administrative error with a note, at
/// any moment. Its open tasks are withdrawn, and whoever had them is told (C9).
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), request_body = CaseClosure, responses(
    (status = 200, body = Case), (status = 403, description = "forbidden"),
    (status = 409, description = "unfinished, conflict")))]
#[post("/cases/{caseId}/closure")]
pub async fn close_case(act: Act<EditCase>, body: Body<CaseClosure>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, closure| {
        let version = version.clone()?;
        let checked = permit.row();
        let case = &checked.case;
        if case.version != version {
            return Err(view::stale(tx, checked));
        }
        if let Some(result) = closure.result_type_id {
            let known = case_types::store::result_types_of(tx.conn, case.revision_id)?;
            if !known.iter().any(|known| known.id == result) {
                return Err(invalid_field(
                    tx,
                    "resultTypeId",
                    FieldCode::Unknown,
                    "Dit resultaat hoort niet bij dit zaaktype.",
                    "This result is not of this case type.",
                ));
            }
            let open =
                store::steps(tx.conn, case.id)?.iter().filter(|step| step.state == StepState::Open).count();
            if open > 0 {
                return Err(Problem::new(
                    ProblemCode::Unfinished,
                    format!("Er zijn nog {open} open stappen. Sluit ze, of sla ze over met een reden."),
                    format!("There are still {open} open steps. Close them, or skip them with a reason."),
                ));
            }
        }
        let note = closure.administrative_error.as_deref();
        if !store::close(tx, case.id, closure.result_type_id, note, version)? {
            return Err(view::stale(tx, checked));
        }
        let event = events::record(
            tx,
            Event::of("case.closed", "case", case.id)
                .new_values(json!({ "resultTypeId": closure.result_type_id,
                    "administrativeError": closure.administrative_error.is_some() }))
                .reason(note.unwrap_or_default()),
        )?;
        tasks::withdraw::all_of(tx, event, checked)?;
        view::again(tx, case.id)
    })
    .await
}

/// Reopen a case
///
/// With a reason, which is recorded. Withdrawn tasks stay withdrawn, and supporters who may no longer have
/// the work are supporters no longer (P4).
///
/// **Permission**: coordinator (C9).
#[utoipa::path(tag = "Cases", request_body = Reason, responses(
    (status = 200, body = Case), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/cases/{caseId}/reopening")]
pub async fn reopen_case(act: Act<ReopenCase>, body: Body<Reason>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, reason| {
        let Checked { case, dossier, .. } = permit.row();
        // Nobody leaves or is denied the dossier while their case becomes work again (P4).
        let team = store::supporters(tx.conn, case.id)?;
        let people = team.iter().map(|supporter| supporter.id).chain([case.coordinator_id]);
        lock::rows(tx.conn, Table::Employees, people, Hold::Share)?;
        eligible::check(tx, case.coordinator_id, dossier)?;
        // Its row is held since: it is not put away while one of its cases comes back to life (D1).
        let now = facts::dossier(tx.conn, tx.actor.office_id, dossier.id)?.ok_or_else(Problem::not_found)?;
        if now.state != DossierState::Active {
            return Err(Problem::conflict(
                "Het dossier van deze zaak is gearchiveerd. Zet het eerst terug.",
                "The dossier of this case is archived. Restore it first.",
            ));
        }
        if !store::reopen(tx, case.id)? {
            return Err(Problem::busy().run_again());
        }
        events::record(
            tx,
            Event::of("case.reopened", "case", case.id)
                .old(json!({ "resultTypeId": case.result_type_id,
                    "administrativeError": case.administrative_error.is_some() }))
                .reason(&reason.reason),
        )?;
        // Who left or was denied the dossier meanwhile does not come back with it.
        let left_behind = hand_over::left_behind(tx, &Scope::dossier(dossier.id))?;
        for gone in left_behind.iter().filter(|work| work.is_supporter_of(case.id)) {
            store::remove_supporter(tx.conn, case.id, gone.holder)?;
            events::record(
                tx,
                Event::of("case.supporter-removed", "case", case.id)
                    .old(json!({ "employeeId": gone.holder })),
            )?;
        }
        view::again(tx, case.id)
    })
    .await
}
