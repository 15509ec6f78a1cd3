use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::validation::FieldCode;
use contract::{
    Employee, Errors, Language, RecoveryCodes, SecondFactorCode, SecondFactorRemoval, SecondFactorReset,
    Session, SessionKind,
};

use super::codes::{self, Tried};
use super::policy::Standing;
use super::store;
use crate::access::office::{AdministerEmployee, Colleague, GiveCode};
use crate::db::lock::{self, Hold, Table};
use crate::employees;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::act::parsed;
use crate::http::body::Body;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind, Params};
use crate::problem::{Outcome, Problem};
use crate::sign_in::handlers::{confirm_password, refused};
use crate::sign_in::opened::{Opened, Origin, open_session};
use crate::sign_in::policy::not_your_password;
use crate::sign_in::store as accounts;
use crate::state::State;

/// 400: the code is wrong, was used, or is too old.
pub(super) fn wrong_code(language: Language) -> Problem {
    Problem::invalid_field(
        language,
        "code",
        FieldCode::Contradiction,
        "Deze code klopt niet, of is al gebruikt. Vul de code in die de app nu laat zien.",
        "This code is wrong, or was used before. Enter the code that the app shows now.",
    )
}

/// What became of signing in.
enum SignedIn {
    /// The full session.
    Yes(Opened),
    /// Try again.
    Wrong,
    /// That was one too many.
    Locked,
}

/// Give the code of my second factor
///
/// Completes signing in: after the right password the session waits, at most ten minutes, for a code of the app or
/// a recovery code. The answer is a new full session. A code works once. A wrong one counts as a failed attempt, which
/// a right password alone does not forgive: the eleventh in a row locks the account and ends its sessions (S2).
///
/// **Permission**: who signed in with their password and is asked for a code.
#[utoipa::path(tag = "Sign-in", request_body = SecondFactorCode, responses((status = 200, body = Session),
    (status = 401, description = "sign-in-failed"), (status = 409, description = "conflict")))]
#[post("/sessions/second-factor")]
pub async fn give_code(
    request: HttpRequest,
    state: Data<State>,
    act: Act<GiveCode>,
    body: Body<SecondFactorCode>,
) -> Outcome<HttpResponse> {
    let origin = Origin::of(&request, &state);
    let language = act.language;
    let input = parsed(body, language).0;
    let signed_in = act
        .carry_out(move |tx, _permit| {
            let input = input.as_ref().map_err(|bad| bad.problem())?;
            if tx.actor.session_kind != SessionKind::SecondFactor {
                return Err(Problem::conflict(
                    "Deze sessie wacht niet op een code.",
                    "This session does not wait for a code.",
                ));
            }
            let me = tx.actor.id;
            match codes::attempt(tx.conn, &state.tokens.secrets(), me, &input.code, &origin)? {
                Tried::Wrong => return Ok(SignedIn::Wrong),
                Tried::Locked => return Ok(SignedIn::Locked),
                Tried::Right => {}
            }
            // Whoever ends the session that waited goes on.
            if !accounts::end_session(tx.conn, tx.actor.session_id)?
                || !accounts::succeed(tx.conn, me, accounts::Used::Nothing)?
            {
                return Err(Problem::not_signed_in());
            }
            events::record(tx, Event::of("session.opened", "employee", me))?;
            Ok(SignedIn::Yes(open_session(tx.conn, &state, me, SessionKind::Full, &origin)?))
        })
        .await?;
    match signed_in {
        SignedIn::Yes(opened) => Ok(opened.into_response(StatusCode::OK)),
        SignedIn::Wrong => Err(wrong_code(language)),
        SignedIn::Locked => Err(refused()),
    }
}

/// Make new recovery codes
///
/// The ones before work no longer; the new ones are not shown again. It takes a code.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Me", request_body = SecondFactorCode, responses((status = 200, body = RecoveryCodes),
    (status = 409, description = "conflict")))]
#[post("/me/second-factor/recovery-codes")]
pub async fn renew_recovery_codes(
    request: HttpRequest,
    state: Data<State>,
    act: Act<Colleague>,
    body: Body<SecondFactorCode>,
) -> Outcome<HttpResponse> {
    let origin = Origin::of(&request, &state);
    let language = act.language;
    let input = parsed(body, language).0;
    let renewed = act
        .carry_out(move |tx, _permit| {
            let input = input.as_ref().map_err(|bad| bad.problem())?;
            let me = tx.actor.id;
            let secrets = state.tokens.secrets();
            require_on(store::standing(tx.conn, me)?)?;
            if codes::attempt(tx.conn, &secrets, me, &input.code, &origin)? != Tried::Right {
                return Ok(None);
            }
            accounts::take_back(tx.conn, me)?;
            let recovery_codes = codes::new_recovery_codes(tx.conn, &secrets, me)?;
            events::record(tx, Event::of("employee.recovery-codes-renewed", "employee", me))?;
            Ok(Some(RecoveryCodes { recovery_codes }))
        })
        .await?;
    renewed.map(|codes| HttpResponse::Ok().json(codes)).ok_or_else(|| wrong_code(language))
}

fn require_on(standing: Standing) -> Outcome<()> {
    if standing.on {
        return Ok(());
    }
    Err(Problem::conflict("Er is geen tweede factor ingesteld.", "No second factor has been set up."))
}

/// Whether one may do without it.
fn require_removable(standing: Standing) -> Outcome<()> {
    require_on(standing)?;
    if !standing.required {
        return Ok(());
    }
    Err(Problem::conflict(
        "Uw organisatie vraagt van u een tweede factor: uitzetten kan niet. Een andere telefoon instellen wel.",
        "Your office requires a second factor of you: it cannot be switched off. You can set up another telephone.",
    ))
}

/// Switch my second factor off
///
/// It takes the current password and a code. Where the office requires one of this person the answer is 409. A
/// confirmation is mailed.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Me", request_body = SecondFactorRemoval, responses((status = 204),
    (status = 409, description = "conflict")))]
#[post("/me/second-factor/removal")]
pub async fn remove_second_factor(
    request: HttpRequest,
    state: Data<State>,
    act: Act<Colleague>,
    body: Body<SecondFactorRemoval>,
) -> Outcome<HttpResponse> {
    let origin = Origin::of(&request, &state);
    let language = act.language;
    let me = act.look(|tx, _permit| Ok(tx.actor.id)).await?;
    let input = parsed(body, language).0.map_err(|bad| bad.problem())?;
    act.look(|tx, _permit| require_removable(store::standing(tx.conn, tx.actor.id)?)).await?;
    if !confirm_password(&state, me, &input.password, &origin).await? {
        let mut errors = Errors::new(language);
        errors.add("password", FieldCode::Contradiction, not_your_password());
        return Err(Problem::invalid(errors));
    }
    let removed = act
        .carry_out(move |tx, _permit| {
            lock::rows(tx.conn, Table::Employees, [me], Hold::Update)?;
            require_removable(store::standing(tx.conn, me)?)?;
            if codes::attempt(tx.conn, &state.tokens.secrets(), me, &input.code, &origin)? != Tried::Right {
                return Ok(false);
            }
            accounts::take_back(tx.conn, me)?;
            store::remove(tx.conn, me)?;
            let event = events::record(tx, Event::of("employee.second-factor-removed", "employee", me))?;
            let office = tx.actor.office_id;
            mail::queue(tx.conn, office, event, MailKind::SecondFactorOff, &[me], &Params::default())?;
            Ok(true)
        })
        .await?;
    if removed { Ok(HttpResponse::NoContent().finish()) } else { Err(wrong_code(language)) }
}

/// Take an employee's second factor away
///
/// For who lost the device. Their sessions end, and they are mailed; where the office requires one of them they set
/// it up again at their next sign-in. Failed attempts stay counted, and nothing is unlocked.
///
/// **Permission**: local administrator; not on oneself.
#[utoipa::path(tag = "Employees", request_body = SecondFactorReset, responses((status = 200, body = Employee),
    (status = 403, description = "forbidden"), (status = 409, description = "conflict")))]
#[post("/employees/{employeeId}/second-factor-reset")]
pub async fn reset_second_factor(
    act: Act<AdministerEmployee>,
    body: Body<SecondFactorReset>,
) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, reset| {
        let id = *permit.row();
        lock::rows(tx.conn, Table::Employees, [id], Hold::Update)?;
        employees::store::find(tx, id)?;
        if id == tx.actor.id {
            return Err(Problem::forbidden(
                "Uw eigen tweede factor zet u uit bij Voorkeuren, met een code.",
                "Switch your own second factor off in your preferences, with a code.",
            ));
        }
        if !store::remove(tx.conn, id)? {
            return Err(Problem::conflict(
                "Deze medewerker heeft geen tweede factor.",
                "This employee has no second factor.",
            ));
        }
        accounts::end_all_sessions(tx.conn, id)?;
        let event = Event::of("employee.second-factor-reset", "employee", id).reason(&reset.reason);
        let event = events::record(tx, event)?;
        let office = tx.actor.office_id;
        mail::queue(tx.conn, office, event, MailKind::SecondFactorReset, &[id], &Params::default())?;
        let employee = employees::store::view(tx, id)?;
        let version = employee.version;
        Ok(Reply::ok(employee).version(version))
    })
    .await
}
