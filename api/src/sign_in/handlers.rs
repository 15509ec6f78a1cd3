use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::{NewSession, ProblemCode, Session, SessionKind, Validate};
use serde_json::json;

use super::hashing::Place;
use super::opened::{Origin, open_session};
use super::policy::SignInName;
use super::store::{self, Attempt, Used};
use crate::clock;
use crate::db::Conn;
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, By, Event};
use crate::http::body::{BadBody, Body};
use crate::http::{client_address, entrance};
use crate::networks;
use crate::problem::{Outcome, Problem};
use crate::second_factor;
use crate::state::State;

/// 401, the same whatever is wrong (S1).
pub fn refused() -> Problem {
    Problem::new(
        ProblemCode::SignInFailed,
        "Gebruikersnaam of wachtwoord klopt niet, of het account is niet te gebruiken. Na meer dan tien mislukte \
         pogingen wordt een account geblokkeerd; een lokaal beheerder van uw organisatie kan het weer activeren.",
        "Username or password is wrong, or the account cannot be used. After more than ten failed attempts an \
         account is locked; a local administrator of your office can reactivate it.",
    )
}

/// How a password proved right.
#[derive(Clone)]
enum Proof {
    /// The real one, with its hash in today's form when the one that is kept is not.
    Own(Option<String>),
    Temporary(String),
}

/// Checks a password against both hashes: the same work whichever is tried, and for nobody (S1, S4).
async fn prove(state: &State, place: Place, attempt: &Attempt, password: &str) -> Outcome<Option<Proof>> {
    let account = attempt.account.as_ref();
    let own = state
        .hasher
        .verify(place, password.to_owned(), account.and_then(|account| account.password_hash.clone()))
        .await?;
    // Read aloud and typed over: case and spaces do not matter, there is entropy enough without.
    let typed: String = password.to_lowercase().split_whitespace().collect();
    let typed = state.tokens.secrets().keyed_hash(&typed);
    let temporary = account.and_then(|account| {
        account.temporary_hashes(clock::stamp()).find(|hash| crate::secrets::same(hash, &typed)).cloned()
    });
    Ok(match (attempt.counted, own.right, temporary) {
        (true, true, _) => Some(Proof::Own(own.renewed)),
        (true, false, Some(hash)) => Some(Proof::Temporary(hash)),
        _ => None,
    })
}

/// Whose attempt, as the cause of its events.
fn by(account: Option<&store::AccountRow>, origin: &Origin) -> By {
    By {
        office_id: account.map(|account| account.office_id),
        employee_id: account.map(|account| account.id),
        address: origin.address.clone(),
    }
}

/// Whom an attempt is about; nobody's id when there is no such account.
fn about(account: Option<&store::AccountRow>) -> contract::EmployeeId {
    account.map_or(contract::EmployeeId(uuid::Uuid::nil()), |account| account.id)
}

/// Counts an attempt, and records it: also for an account that does not exist or is not active something is
/// written, and waited for, so that the time tells nothing (S1).
async fn count(
    state: &Data<State>,
    origin: &Origin,
    find: impl Fn(&mut Conn) -> Outcome<Attempt> + Send + 'static,
) -> Outcome<Attempt> {
    let origin = origin.clone();
    state
        .clone()
        .write(move |conn| {
            let attempt = find(conn)?;
            let account = attempt.account.as_ref();
            let event = Event::of("session.attempted", "employee", about(account));
            events::record_by(conn, &by(account, &origin), event)?;
            Ok(attempt)
        })
        .await
}

/// What was tried in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// A password.
    Password,
    /// A code of the second factor: the password was right.
    Code,
}

/// Records a failed attempt, and locks the account when it was one too many (S2, E3); returns whether it did.
pub fn fail(conn: &mut Conn, attempt: &Attempt, origin: &Origin, guess: Guess) -> Outcome<bool> {
    let account = attempt.account.as_ref();
    let id = about(account);
    let locked = store::lock_if_exhausted(conn, id, &origin.address)?;
    // As many statements whether this is the attempt that locks or not, and nothing is mailed here (S1): the worker
    // finds who is locked.
    store::end_all_sessions(conn, if locked { id } else { about(None) })?;
    let kind = if locked { "account.locked" } else { "session.refused" };
    let tried = match guess {
        Guess::Password => "password",
        Guess::Code => "code",
    };
    let event = Event::of(kind, "employee", id).new_values(json!({ "tried": tried }));
    events::record_by(conn, &by(account, origin), event)?;
    Ok(locked)
}

/// Sign in
///
/// Opens a session. The access token goes into `Authorization: Bearer …`; the refresh token is set as a
/// `__Host-` cookie. Signing in with a temporary password gives a session that can only set a definitive
/// one (S5). The answer to a refused attempt is the same for an unknown username, a wrong password, a
/// locked and a deactivated account (S1). The eleventh failure in a row locks the account (S2). With a second
/// factor, or where the office requires one, the session waits for that: its `kind` says so.
/// From outside the networks that the office trusts nothing is tried (S8); too often, by account or by address,
/// neither.
///
/// **Permission**: everyone.
#[utoipa::path(tag = "Sign-in", security(()), request_body = NewSession, responses(
    (status = 201, body = Session),
    (status = 401, description = "sign-in-failed", body = contract::Problem),
    (status = 403, description = "untrusted-network", body = contract::Problem),
    (status = 429, description = "too-many-requests", body = contract::Problem)))]
#[post("/sessions")]
pub async fn sign_in(
    request: HttpRequest,
    state: Data<State>,
    body: Body<NewSession>,
) -> Result<HttpResponse, actix_web::Error> {
    let mut input = body.into_parts().0.map_err(|bad| bad.problem())?;
    let mut errors = contract::Errors::new(crate::http::language(&request));
    input.validate(&mut errors);
    if !errors.is_empty() {
        return Err(BadBody::Invalid(errors).problem().into());
    }
    let origin = Origin::of(&request, &state);
    let name = SignInName::parse(&input.username);
    let from = client_address(&request, &state);
    entrance::noted(&state, from, state.rates.sign_in(&name, from)).await?;
    networks::admit_by_name(&state, &name, from).await?;
    let place = state.hasher.place().await?;
    let attempt = count(&state, &origin, move |conn| store::count_attempt(conn, &name)).await?;
    let proof = prove(&state, place, &attempt, &input.password).await?;
    let shared = state.clone();
    let opened = state
        .clone()
        .write(move |conn| {
            let (Some(proof), Some(account)) = (&proof, &attempt.account) else {
                fail(conn, &attempt, &origin, Guess::Password)?;
                return Ok(None);
            };
            // A second factor that is being switched on waits for this, or this for it.
            lock::rows(conn, Table::Employees, [account.id], Hold::Update)?;
            // Only who knows the password makes the server look whether there is a second factor.
            let standing = second_factor::store::standing(conn, account.id)?;
            let own = account.password_hash.as_deref().unwrap_or_default();
            let (kind, used) = match proof {
                Proof::Own(_) => (standing.session(), Used::Own(own)),
                Proof::Temporary(hash) => (SessionKind::PasswordOnly, Used::Temporary(hash)),
            };
            let succeed = if standing.on { store::succeed_so_far } else { store::succeed };
            if !succeed(conn, account.id, used)? {
                let event = Event::of("session.refused", "employee", account.id);
                events::record_by(conn, &by(Some(account), &origin), event)?;
                return Ok(None);
            }
            if let Proof::Own(Some(renewed)) = proof {
                store::renew_hash(conn, account.id, own, renewed)?;
            }
            let opened = open_session(conn, &shared, account.id, kind, &origin)?;
            let event = match kind {
                SessionKind::SecondFactor => "session.second-factor-asked",
                _ => "session.opened",
            };
            let event = Event::of(event, "employee", account.id);
            events::record_by(conn, &by(Some(account), &origin), event)?;
            Ok(Some(opened))
        })
        .await?;
    let opened = opened.ok_or_else(|| {
        state.rates.sign_in_failed(from);
        refused()
    })?;
    Ok(opened.into_response(StatusCode::CREATED))
}

/// Confirms the current password of someone signed in; wrong guesses count as failed sign-ins (S2). With a second factor
/// a right one forgives no earlier ones: they may have been codes.
pub async fn confirm_password(
    state: &Data<State>,
    employee: contract::EmployeeId,
    password: &str,
    origin: &Origin,
) -> Outcome<bool> {
    let place = state.hasher.place().await?;
    let attempt = count(state, origin, move |conn| store::count_attempt_of(conn, employee)).await?;
    let proof = prove(state, place, &attempt, password).await?;
    let proved = matches!(proof, Some(Proof::Own(_)));
    let origin = origin.clone();
    state
        .clone()
        .write(move |conn| {
            if !proved {
                return fail(conn, &attempt, &origin, Guess::Password).map(drop);
            }
            if second_factor::store::standing(conn, employee)?.on {
                return store::take_back(conn, employee);
            }
            store::forgive(conn, employee)
        })
        .await?;
    Ok(proved)
}
