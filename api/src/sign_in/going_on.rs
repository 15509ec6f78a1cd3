//! Going on with a session, and ending it (S7).

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use contract::{ProblemCode, Session};

use super::opened::{COOKIE, Origin, issue, no_cookie};
use super::store::{self, Refreshed};
use crate::access::support::EndOwnSession;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::http::reply::Reply;
use crate::http::{Act, client_address};
use crate::networks::untrusted;
use crate::problem::Problem;
use crate::state::State;

/// Refresh a session
///
/// Gives a new access token for the session of the refresh cookie, and a new cookie. A refresh token
/// works once, and for 30 seconds more for a second tab; used later, the whole session ends (S7). From outside the
/// office's trusted networks it is refused, and goes on working from within (S8).
///
/// **Permission**: who holds the cookie.
#[utoipa::path(tag = "Sign-in", security(()), responses(
    (status = 200, body = Session), (status = 403, description = "untrusted-network", body = contract::Problem),
    (status = 429, description = "too-many-requests", body = contract::Problem)))]
#[post("/sessions/refresh")]
pub async fn refresh(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, actix_web::Error> {
    // Without the cookie there is nothing to refuse anyone.
    let Some(token) = request.cookie(COOKIE) else { return Err(Problem::not_signed_in().into()) };
    let hash = state.tokens.secrets().keyed_hash(token.value());
    let from = client_address(&request, &state);
    state.limits.refresh(from)?;
    let address = Origin::of(&request, &state).address;
    let shared = state.clone();
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
                shared.limits.refresh_of(employee)?;
                shared.trust.admits(conn, Some(rule), from)
            };
            Ok(match store::use_refresh_token(conn, &hash, admit)? {
                Refreshed::Good { session, employee, kind } => {
                    Ok(issue(conn, &shared, employee, session, kind)?)
                }
                Refreshed::Unknown => Err(Problem::not_signed_in()),
                Refreshed::Outside { employee, office } => {
                    let event = Event::of("network.refused", "employee", employee);
                    events::record_by(conn, &by(office, employee), event)?;
                    Err(untrusted(from))
                }
                Refreshed::Reused { employee, office } => {
                    let event = Event::of("session.reuse-detected", "employee", employee);
                    events::record_by(conn, &by(office, employee), event)?;
                    Err(Problem::not_signed_in())
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
/// Ends the session of the access token, and removes the cookie.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Sign-in", responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn sign_out(act: Act<EndOwnSession>) -> Result<HttpResponse, actix_web::Error> {
    let mut response = act
        .change(|tx, _permit| {
            store::end_session(tx.conn, tx.actor.session_id)?;
            let id = tx.actor.id;
            crate::support::handlers::end(tx)?;
            let home = tx.actor.visit.as_ref().map_or(tx.actor.office_id, |visit| visit.home);
            let by = By { office_id: Some(home), ..events::by(tx) };
            events::record_by(tx.conn, &by, Event::of("session.closed", "employee", id))?;
            Ok(Reply::<()>::nothing())
        })
        .await?;
    response.add_cookie(&no_cookie()).map_err(Problem::internal)?;
    Ok(response)
}
