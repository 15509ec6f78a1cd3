//! Forgotten passwords (S4). Asking writes down a username and nothing else, so that the answer and its time are the same
//! for every username; the worker finds out whose it is and what they are mailed.

mod store;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::TimeDelta;
use contract::{EmployeeId, EmployeeState, NewPasswordReset, PasswordResetAsked, Validate};

use super::opened::Origin;
use super::policy::SignInName;
use super::store::account;
use crate::clock;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::http::body::{BadBody, Body};
use crate::http::{client_address, entrance};
use crate::mail::{self, MailKind, Params};
use crate::networks;
use crate::problem::Outcome;
use crate::state::State;

/// How long the temporary password works that someone asked for.
pub const VALID: TimeDelta = TimeDelta::minutes(30);
/// How many are mailed in an hour at the most.
const AN_HOUR: i64 = 3;
/// The event that a password was asked for in vain: of nobody, or too often (E3).
const REFUSED: &str = "password.reset-refused";

/// Ask for a temporary password
///
/// For who forgot theirs. The answer is the same whatever the username, and so is the time it takes (S4). An active
/// account is mailed a temporary password, which works once and besides the real one, three times an hour at the most;
/// the owner of a locked account is mailed who can reactivate it. Nothing is unlocked.
///
/// **Permission**: everyone.
#[utoipa::path(tag = "Sign-in", security(()), request_body = NewPasswordReset, responses(
    (status = 202, body = PasswordResetAsked),
    (status = 403, description = "untrusted-network", body = contract::Problem),
    (status = 429, description = "too-many-requests", body = contract::Problem)))]
#[post("/password-resets")]
pub async fn ask_password_reset(
    request: HttpRequest,
    state: Data<State>,
    body: Body<NewPasswordReset>,
) -> Result<HttpResponse, actix_web::Error> {
    let mut input = body.into_parts().0.map_err(|bad| bad.problem())?;
    let mut errors = contract::Errors::new(crate::http::language(&request));
    input.validate(&mut errors);
    if !errors.is_empty() {
        return Err(BadBody::Invalid(errors).problem().into());
    }
    let name = SignInName::parse(&input.username);
    let from = client_address(&request, &state);
    entrance::noted(&state, from, state.rates.reset(&name, from)).await?;
    networks::admit_by_name(&state, &name, from).await?;
    let address = Origin::of(&request, &state).address;
    let username = crate::text::fold(&input.username);
    // The worker is not told: what it does next would take as long as there is such an account.
    state.clone().write(move |conn| store::insert(conn, &username, &address)).await?;
    let minutes = u32::try_from(VALID.num_minutes()).unwrap_or_default();
    Ok(HttpResponse::Accepted().json(PasswordResetAsked { valid_minutes: minutes }))
}

/// Looks up one that was asked for, and queues what its owner is mailed; the same one asked for more than once
/// meanwhile counts as one. `false` when none was left.
pub fn settle_one(conn: &mut Conn) -> Outcome<bool> {
    let Some(asked) = store::take(conn)? else { return Ok(false) };
    let Some(account) = account(conn, &SignInName::parse(&asked.username))? else {
        let by = By { office_id: None, employee_id: None, address: asked.address };
        let nobody = EmployeeId(uuid::Uuid::nil());
        events::record_by(conn, &by, Event::of(REFUSED, "employee", nobody))?;
        return Ok(true);
    };
    let by = By { office_id: Some(account.office_id), employee_id: Some(account.id), address: asked.address };
    if store::asked_since(conn, account.id, clock::stamp() - TimeDelta::hours(1))? >= AN_HOUR {
        events::record_by(conn, &by, Event::of(REFUSED, "employee", account.id))?;
        return Ok(true);
    }
    let event = events::record_by(conn, &by, Event::of(store::ASKED, "employee", account.id))?;
    let owner = store::owner(conn, account.id)?;
    let kind = match owner.state {
        EmployeeState::Active => MailKind::PasswordReset,
        EmployeeState::Locked => MailKind::AccountLocked,
        EmployeeState::Deactivated => return Ok(true),
    };
    // Whom to ask, for who is locked by the time it is sent.
    let params = Params { contact: Some(owner.office_email), ..Params::default() };
    mail::queue(conn, account.office_id, event, kind, &[account.id], &params)?;
    Ok(true)
}
