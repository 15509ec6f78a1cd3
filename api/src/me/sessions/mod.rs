//! Where one is signed in, and signing out there (S7).

mod device;
pub mod store;

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, delete, get};
use contract::{OpenSession, Page, SessionId, SessionsEnded};
use serde_json::json;

use crate::access::Tx;
use crate::access::sessions::{EndSession, OwnSessions};
use crate::events::{self, By, Event};
use crate::http::Act;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::sign_in::going_on::{at_home, close_current};
use crate::sign_in::opened::no_cookie;
use crate::state::State;
use crate::support::store as support;

/// List my sessions
///
/// Those that go on, the newest first: with which device and from where each was opened, and when it was last used.
///
/// **Permission**: everyone signed in, for themselves.
#[utoipa::path(tag = "Me", params(Paging), responses((status = 200, body = Page<OpenSession>)))]
#[get("/me/sessions")]
pub async fn list_sessions(
    state: Data<State>,
    act: Act<OwnSessions>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| Ok(Reply::ok(store::list(tx, permit, &state.usage, &window)?))).await
}

/// End one of my sessions
///
/// Its tokens stop working at once. Ending the one that asks is signing out.
///
/// **Permission**: whose session it is.
#[utoipa::path(tag = "Me", responses((status = 204)))]
#[delete("/me/sessions/{sessionId}")]
pub async fn end_session(act: Act<EndSession>) -> Result<HttpResponse, actix_web::Error> {
    let own = act
        .carry_out(|tx, permit| {
            let session = *permit.row();
            if session == tx.actor.session_id {
                close_current(tx)?;
                return Ok(true);
            }
            // Ended by another request meanwhile.
            if store::end(tx, &[session])? == 0 {
                return Err(Problem::not_found());
            }
            end_visits(tx, &[session])?;
            let event = Event::of("session.closed", "employee", tx.actor.id);
            events::record_by(tx.conn, &at_home(tx), event.new_values(json!({ "session": session })))?;
            Ok(false)
        })
        .await?;
    let mut response = HttpResponse::NoContent().finish();
    if own {
        response.add_cookie(&no_cookie()).map_err(Problem::internal)?;
    }
    Ok(response)
}

/// End all my other sessions
///
/// Wherever one is signed in but here. Their tokens stop working at once.
///
/// **Permission**: everyone signed in, for themselves.
#[utoipa::path(tag = "Me", responses((status = 200, body = SessionsEnded)))]
#[delete("/me/sessions")]
pub async fn end_other_sessions(state: Data<State>, act: Act<OwnSessions>) -> Outcome<HttpResponse> {
    act.change(move |tx, _permit| {
        let others = store::others(tx, &state.usage)?;
        let ended = store::end(tx, &others.all)?;
        end_visits(tx, &others.all)?;
        if ended > 0 {
            let event = Event::of("session.others-closed", "employee", tx.actor.id);
            let event = event.new_values(json!({ "ended": others.going_on }));
            events::record_by(tx.conn, &at_home(tx), event)?;
        }
        Ok(Reply::ok(SessionsEnded { ended: others.going_on }))
    })
    .await
}

/// With a session ends the support session that runs in it; the office that was helped is told (P3).
fn end_visits(tx: &mut Tx<'_>, sessions: &[SessionId]) -> Outcome<()> {
    for (visit, office) in support::visits_in(tx.conn, sessions)? {
        if support::end(tx.conn, visit)? {
            let by = By { office_id: Some(office), ..events::by(tx) };
            let event = Event::of("support-session.ended", "support-session", visit);
            events::record_in_support(tx.conn, &by, visit, event)?;
        }
    }
    Ok(())
}
