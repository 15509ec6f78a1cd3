use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use chrono::TimeDelta;
use contract::{NewSession, ProblemCode, Session, SessionId, SessionKind, Validate};

use super::hashing::Place;
use super::policy::SignInName;
use super::store::{self, Attempt, NewSessionRow, Refreshed};
use crate::access::support::OwnSession;
use crate::clock;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::http::Act;
use crate::http::body::{BadBody, Body};
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::state::{SESSION_LENGTH, State};

/// The refresh token's cookie. `__Host-`: only over a secure connection (or on this machine), only for
/// this host (S7).
const COOKIE: &str = "__Host-werkbak-session";

fn cookie(token: String) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(actix_web::cookie::time::Duration::seconds(
            i64::try_from(SESSION_LENGTH.as_secs()).unwrap_or(i64::MAX),
        ))
        .finish()
}

fn no_cookie() -> Cookie<'static> {
    let mut cookie = cookie(String::new());
    cookie.make_removal();
    cookie
}

/// A session that was just opened or refreshed, with both its tokens.
pub struct Opened {
    session: Session,
    refresh_token: String,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").finish_non_exhaustive()
    }
}

impl Opened {
    /// The answer with the cookie.
    pub fn into_response(self, status: StatusCode) -> HttpResponse {
        HttpResponse::build(status).cookie(cookie(self.refresh_token)).json(self.session)
    }
}

/// Where and with what someone signs in.
#[derive(Debug, Clone)]
pub struct Origin {
    user_agent: String,
    /// The address, as text.
    pub address: String,
}

impl Origin {
    /// Of a request.
    pub fn of(request: &HttpRequest, state: &State) -> Self {
        let user_agent = request
            .headers()
            .get(USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .chars()
            .take(300)
            .collect();
        let address = crate::http::client_address(request, state)
            .map(|address| address.to_string())
            .unwrap_or_default();
        Self { user_agent, address }
    }
}

/// Opens a session for someone.
pub fn open_session(
    conn: &mut Conn,
    state: &State,
    employee: contract::EmployeeId,
    kind: SessionKind,
    origin: &Origin,
) -> Outcome<Opened> {
    let now = clock::stamp();
    let id = SessionId::new();
    let length = TimeDelta::from_std(SESSION_LENGTH).map_err(Problem::internal)?;
    store::insert_session(
        conn,
        &NewSessionRow {
            id,
            employee_id: employee,
            kind,
            created_at: now,
            last_used_at: now,
            expires_at: now + length,
            user_agent: origin.user_agent.clone(),
            address: origin.address.clone(),
        },
    )?;
    issue(conn, state, employee, id, kind)
}

fn issue(
    conn: &mut Conn,
    state: &State,
    employee: contract::EmployeeId,
    session: SessionId,
    kind: SessionKind,
) -> Outcome<Opened> {
    let (refresh_token, hash) = state.tokens.new_refresh_token();
    store::insert_refresh_token(conn, session, &hash)?;
    let (access_token, expires_at) = state.tokens.issue(employee, session)?;
    Ok(Opened { session: Session { access_token, expires_at, kind }, refresh_token })
}

fn refused() -> Problem {
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

/// Records a failed attempt, and locks the account when it was one too many (S2, E3).
fn fail(conn: &mut Conn, attempt: &Attempt, origin: &Origin) -> Outcome<()> {
    let account = attempt.account.as_ref();
    let id = about(account);
    let locked = store::lock_if_exhausted(conn, id)?;
    if locked {
        store::end_all_sessions(conn, id)?;
    }
    let kind = if locked { "account.locked" } else { "session.refused" };
    events::record_by(conn, &by(account, origin), Event::of(kind, "employee", id))?;
    Ok(())
}

/// Sign in
///
/// Opens a session. The access token goes into `Authorization: Bearer …`; the refresh token is set as a
/// `__Host-` cookie. Signing in with a temporary password gives a session that can only set a definitive
/// one (S5). The answer to a refused attempt is the same for an unknown username, a wrong password, a
/// locked and a deactivated account (S1). The eleventh failure in a row locks the account (S2).
///
/// **Permission**: everyone.
#[utoipa::path(tag = "Sign-in", security(()), request_body = NewSession, responses(
    (status = 201, body = Session),
    (status = 401, description = "sign-in-failed", body = contract::Problem)))]
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
    let place = state.hasher.place().await?;
    let attempt = count(&state, &origin, move |conn| store::count_attempt(conn, &name)).await?;
    let proof = prove(&state, place, &attempt, &input.password).await?;
    let shared = state.clone();
    let opened = state
        .clone()
        .write(move |conn| {
            let (Some(proof), Some(account)) = (&proof, &attempt.account) else {
                fail(conn, &attempt, &origin)?;
                return Ok(None);
            };
            let (kind, temporary) = match proof {
                Proof::Own(renewed) => {
                    if let (Some(renewed), Some(old)) = (renewed, &account.password_hash) {
                        store::renew_hash(conn, account.id, old, renewed)?;
                    }
                    (SessionKind::Full, None)
                }
                Proof::Temporary(hash) => (SessionKind::PasswordOnly, Some(hash.as_str())),
            };
            if !store::succeed(conn, account.id, temporary)? {
                let event = Event::of("session.refused", "employee", account.id);
                events::record_by(conn, &by(Some(account), &origin), event)?;
                return Ok(None);
            }
            let opened = open_session(conn, &shared, account.id, kind, &origin)?;
            let event = Event::of("session.opened", "employee", account.id);
            events::record_by(conn, &by(Some(account), &origin), event)?;
            Ok(Some(opened))
        })
        .await?;
    Ok(opened.ok_or_else(refused)?.into_response(StatusCode::CREATED))
}

/// Confirms the current password of someone signed in; wrong guesses count as failed sign-ins (S2).
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
        .write(
            move |conn| {
                if proved { store::forgive(conn, employee) } else { fail(conn, &attempt, &origin) }
            },
        )
        .await?;
    Ok(proved)
}

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
/// works once, and for 30 seconds more for a second tab; used later, the whole session ends (S7).
///
/// **Permission**: who holds the cookie.
#[utoipa::path(tag = "Sign-in", security(()), responses((status = 200, body = Session)))]
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
    let opened = state
        .clone()
        .write(move |conn| match store::use_refresh_token(conn, &hash)? {
            Refreshed::Good { session, employee, kind } => {
                issue(conn, &shared, employee, session, kind).map(Some)
            }
            Refreshed::Unknown => Ok(None),
            Refreshed::Reused { employee, office } => {
                let by =
                    By { office_id: Some(office), employee_id: Some(employee), address: address.clone() };
                events::record_by(conn, &by, Event::of("session.reuse-detected", "employee", employee))?;
                Ok(None)
            }
        })
        .await?;
    match opened {
        Some(opened) => Ok(opened.into_response(StatusCode::OK)),
        None => {
            let mut response = actix_web::ResponseError::error_response(&Problem::not_signed_in());
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
