//! Going on with a session, and ending it (S7).

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use contract::{ProblemCode, Session, SessionEnd};

use super::opened::{COOKIE, Origin, issue, no_cookie};
use super::store::{self, Refreshed};
use crate::access::Tx;
use crate::access::support::EndOwnSession;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::http::document::Unattended;
use crate::http::{Act, client_address, entrance};
use crate::networks::untrusted;
use crate::problem::{Outcome, Problem};
use crate::state::State;

/// Refresh a session
///
/// Gives a new access token for the session of the refresh cookie, and a new cookie. A refresh token
/// works once, and for 30 seconds more for a second tab; used later, the whole session ends (S7). A session that no
/// person used for too long, or that lasted as long as one may, is over: `sessionEnd` says which. From outside the
/// office's trusted networks it is refused, and goes on working from within (S8).
///
/// **Permission**: who holds the cookie.
#[utoipa::path(tag = "Sign-in", security(()), params(Unattended), responses(
    (status = 200, body = Session), (status = 401, description = "not-signed-in"),
    (status = 403, description = "untrusted-network", body = contract::Problem),
    (status = 429, description = "too-many-requests", body = contract::Problem)))]
#[post("/sessions/refresh")]
pub async fn refresh(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, actix_web::Error> {
    // Without the cookie there is nothing to refuse anyone.
    let Some(token) = request.cookie(COOKIE) else { return Err(Problem::not_signed_in().into()) };
    let hash = state.tokens.secrets().keyed_hash(token.value());
    let from = client_address(&request, &state);
    entrance::noted(&state, from, state.rates.refresh(from)).await?;
    let address = Origin::of(&request, &state).address;
    let shared = state.clone();
    let attended = crate::http::attended(&request);
    let opened = state
        .clone()
        .write(move |conn| {
            let by = |office, employee| By {
                office_id: Some(office),
                employee_id: Some(employee),
                address: address.clone(),
            };
            // Before the token is used up: who is refused here goes on later.
            let admit = |conn: &mut Conn, employee, rule| {
                shared.rates.refresh_of(employee)?;
                shared.trust.admits(conn, Some(rule), from)
            };
            let note = |conn: &mut Conn, kind, office, employee| {
                let event = Event::of(kind, "employee", employee);
                events::record_by(conn, &by(office, employee), event)
            };
            Ok(match store::use_refresh_token(conn, &hash, &shared.usage, attended, admit)? {
                Refreshed::Good { session, employee, kind } => {
                    Ok(issue(conn, &shared, employee, session, kind)?)
                }
                Refreshed::Unknown => Err(Problem::not_signed_in()),
                Refreshed::Outside { employee, office } => {
                    note(conn, "network.refused", office, employee)?;
                    Err(untrusted(from))
                }
                Refreshed::Over { end, employee, office } => {
                    if end == SessionEnd::Idle {
                        note(conn, "session.lapsed", office, employee)?;
                    }
                    Err(Problem::session_over(end))
                }
                Refreshed::Reused { employee, office } => {
                    note(conn, "session.reuse-detected", office, employee)?;
                    Err(Problem::session_over(SessionEnd::Ended))
                }
            })
        })
        .await?;
    match opened {
        Ok(opened) => Ok(opened.into_response(StatusCode::OK)),
        Err(problem) => {
            let mut response = actix_web::ResponseError::error_response(&problem);
            // Who is outside goes on with it when they are back.
            if problem.code() == ProblemCode::NotSignedIn {
                response.add_cookie(&no_cookie()).map_err(Problem::internal)?;
            }
            Ok(response)
        }
    }
}

/// Sign out
///
/// Ends the session of the access token, and removes its cookie.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Sign-in", responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn sign_out(
    request: HttpRequest,
    state: Data<State>,
    act: Act<EndOwnSession>,
) -> Result<HttpResponse, actix_web::Error> {
    let hash = request.cookie(COOKIE).map(|token| state.tokens.secrets().keyed_hash(token.value()));
    let own = act
        .carry_out(move |tx, _permit| {
            // The cookie may be another session's by now, of another tab.
            let session = tx.actor.session_id;
            let own = match &hash {
                Some(hash) => store::is_of_session(tx.conn, hash, session)?,
                None => false,
            };
            close_current(tx)?;
            Ok(own)
        })
        .await?;
    let mut response = HttpResponse::NoContent().finish();
    if own {
        response.add_cookie(&no_cookie()).map_err(Problem::internal)?;
    }
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
