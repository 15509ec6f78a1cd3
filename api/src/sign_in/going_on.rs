//! Going on with a session, and ending it (S7).

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use contract::{Session, SessionEnd};

use super::opened::{COOKIE, Origin, issue, no_cookie};
use super::store::{self, Refreshed};
use crate::access::Tx;
use crate::access::support::OwnSession;
use crate::events::{self, By, Event};
use crate::http::Act;
use crate::http::document::Unattended;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::state::State;

/// Another site's page must not make a browser use the cookie, whatever SameSite does.
fn same_origin(request: &HttpRequest) -> Outcome<()> {
    match request.headers().get("Sec-Fetch-Site").and_then(|value| value.to_str().ok()) {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(Problem::forbidden(
            "Deze aanvraag komt van een andere website.",
            "This request comes from another website.",
        )),
    }
}

/// Refresh a session
///
/// Gives a new access token for the session of the refresh cookie, and a new cookie. A refresh token
/// works once, and for 30 seconds more for a second tab; used later, the whole session ends (S7). A session that no
/// person used for too long, or that lasted as long as one may, is over: `sessionEnd` says which.
///
/// **Permission**: who holds the cookie.
#[utoipa::path(tag = "Sign-in", security(()), params(Unattended), responses(
    (status = 200, body = Session), (status = 401, description = "not-signed-in")))]
#[post("/sessions/refresh")]
pub async fn refresh(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, actix_web::Error> {
    // Without the cookie there is nothing to refuse anyone.
    let Some(token) = request.cookie(COOKIE) else { return Err(Problem::not_signed_in().into()) };
    if let Err(refused) = same_origin(&request) {
        let address = Origin::of(&request, &state).address;
        let by = By { office_id: None, employee_id: None, address };
        let nobody = contract::EmployeeId(uuid::Uuid::nil());
        let event = Event::of("session.cross-site-refused", "employee", nobody);
        state.clone().write(move |conn| events::record_by(conn, &by, event.clone()).map(drop)).await?;
        return Err(refused.into());
    }
    let hash = state.tokens.secrets().keyed_hash(token.value());
    let address = Origin::of(&request, &state).address;
    let shared = state.clone();
    let attended = crate::http::attended(&request);
    let opened = state
        .clone()
        .write(move |conn| match store::use_refresh_token(conn, &hash, &shared.usage, attended)? {
            Refreshed::Good { session, employee, kind } => {
                issue(conn, &shared, employee, session, kind).map(Ok)
            }
            Refreshed::Unknown => Ok(Err(Problem::not_signed_in())),
            Refreshed::Over { end, employee, office } => {
                if end == SessionEnd::Idle {
                    let by =
                        By { office_id: Some(office), employee_id: Some(employee), address: address.clone() };
                    events::record_by(conn, &by, Event::of("session.lapsed", "employee", employee))?;
                }
                Ok(Err(Problem::session_over(end)))
            }
            Refreshed::Reused { employee, office } => {
                let by =
                    By { office_id: Some(office), employee_id: Some(employee), address: address.clone() };
                events::record_by(conn, &by, Event::of("session.reuse-detected", "employee", employee))?;
                Ok(Err(Problem::session_over(SessionEnd::Ended)))
            }
        })
        .await?;
    match opened {
        Ok(opened) => Ok(opened.into_response(StatusCode::OK)),
        Err(over) => {
            let mut response = actix_web::ResponseError::error_response(&over);
            response.add_cookie(&no_cookie()).map_err(Problem::internal)?;
            Ok(response)
        }
    }
}

/// Sign out
///
/// Ends the session of the access token, and removes the cookie.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Sign-in", responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn sign_out(act: Act<OwnSession>) -> Result<HttpResponse, actix_web::Error> {
    let mut response = act
        .change(|tx, _permit| {
            close_current(tx)?;
            Ok(Reply::<()>::nothing())
        })
        .await?;
    response.add_cookie(&no_cookie()).map_err(Problem::internal)?;
    Ok(response)
}

/// Ends the session of the one who asks, with the support session that runs in it.
pub fn close_current(tx: &mut Tx<'_>) -> Outcome<()> {
    store::end_session(tx.conn, tx.actor.session_id)?;
    crate::support::handlers::end(tx)?;
    let event = Event::of("session.closed", "employee", tx.actor.id);
    events::record_by(tx.conn, &at_home(tx), event)?;
    Ok(())
}

/// Who acts, in their own office, wherever they help (P3): their sessions are theirs.
pub fn at_home(tx: &Tx<'_>) -> By {
    let home = tx.actor.visit.as_ref().map_or(tx.actor.office_id, |visit| visit.home);
    By { office_id: Some(home), ..events::by(tx) }
}
