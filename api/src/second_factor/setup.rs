//! Setting one's own second factor up.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use contract::validation::FieldCode;
use contract::{
    Errors, NewSecondFactor, SecondFactor, SecondFactorCode, SecondFactorConfirmed, SecondFactorSetup,
    SessionKind, Text,
};

use super::codes::{self, Tried};
use super::handlers::wrong_code;
use super::{policy, sealed, store};
use crate::access::office::OwnSecondFactor;
use crate::clock;
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::act::parsed;
use crate::http::body::Body;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind, Params};
use crate::problem::{Outcome, Problem};
use crate::sign_in::handlers::{Guess, confirm_password, fail, refused};
use crate::sign_in::opened::{Opened, Origin, open_session};
use crate::sign_in::policy::not_your_password;
use crate::sign_in::store as accounts;
use crate::state::State;

/// Get my second factor
///
/// Whether it is on and since when, how many recovery codes are left, and whether the office requires it.
///
/// **Permission**: every employee, also in a session in which it must be set up.
#[utoipa::path(tag = "Me", responses((status = 200, body = SecondFactor)))]
#[get("/me/second-factor")]
pub async fn get_second_factor(act: Act<OwnSecondFactor>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| {
        let me = tx.actor.id;
        let factor = store::find(tx.conn, me)?;
        Ok(Reply::ok(SecondFactor {
            since: factor.and_then(|factor| factor.confirmed_at).map(|at| at.and_utc()),
            recovery_codes_left: store::recovery_codes_left(tx.conn, me)?,
            required: store::standing(tx.conn, me)?.required,
        }))
    })
    .await
}

/// Begin setting a second factor up
///
/// Gives the secret for the app, as text, as an address and as a QR code. Nothing changes until a code confirms it. It
/// takes the current password, but in a session in which it must be set up; in the place of one that is on, also
/// a code of that one.
///
/// **Permission**: every employee, also in a session in which it must be set up.
#[utoipa::path(tag = "Me", request_body = NewSecondFactor, responses((status = 200, body = SecondFactorSetup),
    (status = 409, description = "conflict")))]
#[post("/me/second-factor")]
pub async fn begin_second_factor(
    request: HttpRequest,
    state: Data<State>,
    act: Act<OwnSecondFactor>,
    body: Body<NewSecondFactor>,
) -> Outcome<HttpResponse> {
    let origin = Origin::of(&request, &state);
    let language = act.language;
    let (me, kind, standing) = act
        .look(|tx, _permit| Ok((tx.actor.id, tx.actor.session_kind, store::standing(tx.conn, tx.actor.id)?)))
        .await?;
    let input = parsed(body, language).0.map_err(|bad| bad.problem())?;
    let code = input.code.filter(|_| standing.on).unwrap_or_default();
    let asks_password = standing.on || kind == SessionKind::Full;
    let password = input.current_password.unwrap_or_default();
    let mut errors = Errors::new(language);
    for (field, blank) in
        [("currentPassword", asks_password && password.is_empty()), ("code", standing.on && code.is_empty())]
    {
        if blank {
            errors.add(field, FieldCode::Blank, Text::new("Vul dit in.", "Fill this in."));
        }
    }
    if errors.is_empty() && asks_password && !confirm_password(&state, me, &password, &origin).await? {
        errors.add("currentPassword", FieldCode::Contradiction, not_your_password());
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    let tokens = state.tokens.clone();
    let begun = act
        .carry_out(move |tx, _permit| {
            let secrets = tokens.secrets();
            lock::rows(tx.conn, Table::Employees, [me], Hold::Update)?;
            if store::standing(tx.conn, me)?.on {
                if !standing.on {
                    return Err(Problem::conflict(
                        "Uw tweede factor staat intussen aan.",
                        "Your second factor was switched on meanwhile.",
                    ));
                }
                if codes::attempt(tx.conn, &secrets, me, &code, &origin)? != Tried::Right {
                    return Ok(None);
                }
                accounts::take_back(tx.conn, me)?;
            }
            let secret: [u8; policy::SECRET_BYTES] = rand::random();
            store::set_pending(tx.conn, me, &sealed::seal(&secrets, me, &secret)?)?;
            events::record(tx, Event::of("employee.second-factor-begun", "employee", me))?;
            let (account, office) = store::names(tx.conn, me)?;
            let text = policy::base32(&secret);
            let uri = policy::uri(&format!("Werkbak ({office})"), &account, &text);
            let qr_code = super::qr::image(&uri)?;
            Ok(Some(SecondFactorSetup { secret: text, uri, qr_code }))
        })
        .await?;
    begun.map(|setup| HttpResponse::Ok().json(setup)).ok_or_else(|| wrong_code(language))
}

/// Switch my second factor on
///
/// With a code that the app shows now. From then on signing in takes a code, too. The answer holds ten recovery codes,
/// which are not shown again, and a new session; all other sessions end, and a confirmation is mailed.
///
/// **Permission**: every employee, also in a session in which it must be set up.
#[utoipa::path(tag = "Me", request_body = SecondFactorCode, responses(
    (status = 200, body = SecondFactorConfirmed), (status = 409, description = "conflict")))]
#[post("/me/second-factor/confirmation")]
pub async fn confirm_second_factor(
    request: HttpRequest,
    state: Data<State>,
    act: Act<OwnSecondFactor>,
    body: Body<SecondFactorCode>,
) -> Outcome<HttpResponse> {
    let origin = Origin::of(&request, &state);
    let language = act.language;
    let input = parsed(body, language).0;
    let confirmed = act
        .carry_out(move |tx, _permit| {
            let code = policy::tidied(&input.as_ref().map_err(|bad| bad.problem())?.code);
            let me = tx.actor.id;
            let secrets = state.tokens.secrets();
            lock::rows(tx.conn, Table::Employees, [me], Hold::Update)?;
            let pending =
                store::find(tx.conn, me)?.and_then(|factor| factor.pending_secret).ok_or_else(|| {
                    Problem::conflict(
                        "Er wordt geen tweede factor ingesteld. Begin opnieuw.",
                        "No second factor is being set up. Begin again.",
                    )
                })?;
            // Counted like any code: the session may be another's than the one that was shown the secret.
            let attempt = accounts::count_attempt_of(tx.conn, me)?;
            let secret = sealed::open(&secrets, me, &pending)?;
            let step = policy::step_of(&secret, &code, clock::stamp(), 0).filter(|_| attempt.counted);
            let Some(step) = step else {
                let locked = fail(tx.conn, &attempt, &origin, Guess::Code)?;
                let wrong = if locked || !attempt.counted { Confirmed::Locked } else { Confirmed::Wrong };
                return Ok(wrong);
            };
            accounts::take_back(tx.conn, me)?;
            if !store::confirm(tx.conn, me, &pending, step)? {
                return Err(Problem::busy().run_again());
            }
            let recovery_codes = codes::new_recovery_codes(tx.conn, &secrets, me)?;
            accounts::end_all_sessions(tx.conn, me)?;
            let event = events::record(tx, Event::of("employee.second-factor-enabled", "employee", me))?;
            let office = tx.actor.office_id;
            mail::queue(tx.conn, office, event, MailKind::SecondFactorOn, &[me], &Params::default())?;
            let opened = open_session(tx.conn, &state, me, SessionKind::Full, &origin)?;
            Ok(Confirmed::Yes(opened, recovery_codes))
        })
        .await?;
    match confirmed {
        Confirmed::Yes(opened, recovery_codes) => {
            Ok(opened
                .into_answer(StatusCode::OK, |session| SecondFactorConfirmed { recovery_codes, session }))
        }
        Confirmed::Wrong => Err(wrong_code(language)),
        Confirmed::Locked => Err(refused()),
    }
}

/// What a code that confirms came to.
enum Confirmed {
    Yes(Opened, Vec<String>),
    Wrong,
    Locked,
}
