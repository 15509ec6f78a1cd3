use actix_web::web::Query;
use actix_web::{HttpResponse, delete, get, post};
use chrono::TimeDelta;
use contract::validation::FieldCode;
use contract::{NewSupportSession, Page, SupportSession};
use serde_json::json;

use super::store;
use crate::access::Tx;
use crate::access::office::Administer;
use crate::access::support::{OpenSupport, OwnSession};
use crate::events::{self, By, Event};
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::offices;
use crate::problem::{Outcome, Problem};

/// List support sessions
///
/// In this office, newest first: who of the platform's helpdesk came, why, and for how long (P3).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Support", params(Paging), responses(
    (status = 200, body = Page<SupportSession>), (status = 403, description = "forbidden")))]
#[get("/support-sessions")]
pub async fn list_support_sessions(act: Act<Administer>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| Ok(Reply::ok(store::list(tx, permit, &window)?))).await
}

/// Open a support session
///
/// From now on, and until it is ended or its time is up, everything this sign-in session does happens in that
/// office, with the rights of its helpdesk and nothing else: list accounts and groups, reactivate,
/// deactivate, delete a group. Everything is recorded there, with the reason (P3).
///
/// **Permission**: helpdesk of the platform's office.
#[utoipa::path(tag = "Support", request_body = NewSupportSession, responses(
    (status = 201, body = SupportSession), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/support-sessions")]
pub async fn open_support_session(
    act: Act<OpenSupport>,
    body: Body<NewSupportSession>,
) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        if tx.actor.visit.is_some() {
            return Err(Problem::conflict(
                "U bent al bezig met een ondersteuningssessie. Beëindig die eerst.",
                "You are in a support session already. End it first.",
            ));
        }
        let office = match offices::store::by_code(tx.conn, &new.office_code)? {
            Some(office) if office.id == tx.actor.office_id => {
                return Err(invalid_field(
                    tx,
                    "officeCode",
                    FieldCode::Contradiction,
                    "Dit is uw eigen organisatie.",
                    "This is your own office.",
                ));
            }
            Some(office) => office,
            None => {
                return Err(invalid_field(
                    tx,
                    "officeCode",
                    FieldCode::Unknown,
                    "Deze organisatie bestaat niet.",
                    "This office does not exist.",
                ));
            }
        };
        let length = TimeDelta::minutes(i64::from(new.minutes));
        let id = store::insert(tx, permit, office.id, &new.reason, length)?;
        let by = By { office_id: Some(office.id), ..events::by(tx) };
        let event = Event::of("support-session.opened", "support-session", id)
            .new_values(json!({ "minutes": new.minutes, "helpdesk": tx.actor.office_id }))
            .reason(&new.reason);
        events::record_in_support(tx.conn, &by, id, event)?;
        Ok(Reply::created(store::view(tx.conn, id)?, "/support-sessions/current".to_owned()))
    })
    .await
}

/// Get the support session
///
/// The one that runs in this sign-in session; 404 when there is none.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Support", responses(
    (status = 200, body = SupportSession), (status = 404, description = "not-found")))]
#[get("/support-sessions/current")]
pub async fn get_support_session(act: Act<OwnSession>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| match &tx.actor.visit {
        Some(visit) => Ok(Reply::ok(store::view(tx.conn, visit.id)?)),
        None => Err(Problem::not_found()),
    })
    .await
}

/// Ends the support session that runs, if any, and records it in the office that was helped.
pub fn end(tx: &mut Tx<'_>) -> Outcome<bool> {
    let Some(visit) = &tx.actor.visit else { return Ok(false) };
    let id = visit.id;
    let ended = store::end(tx.conn, id)?;
    if ended {
        events::record(tx, Event::of("support-session.ended", "support-session", id))?;
    }
    Ok(ended)
}

/// End the support session
///
/// What follows happens in one's own office again.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Support", responses((status = 204), (status = 404, description = "not-found")))]
#[delete("/support-sessions/current")]
pub async fn end_support_session(act: Act<OwnSession>) -> Outcome<HttpResponse> {
    act.change(|tx, _permit| if end(tx)? { Ok(Reply::<()>::nothing()) } else { Err(Problem::not_found()) })
        .await
}
