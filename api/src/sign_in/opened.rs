//! A session as it is opened: its row, its tokens and the cookie (S7).

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse};
use chrono::TimeDelta;
use contract::{Session, SessionId, SessionKind};

use super::store::{self, NewSessionRow};
use crate::clock;
use crate::db::Conn;
use crate::problem::{Outcome, Problem};
use crate::state::State;

/// The refresh token's cookie. `__Host-`: only over a secure connection (or on this machine), only for
/// this host (S7).
pub const COOKIE: &str = "__Host-werkbak-session";

/// How long a session waits for the code of a second factor.
const WAITING: TimeDelta = TimeDelta::minutes(10);
/// How long one waits for a second factor to be set up: someone may have to find, install and update an app first.
const SETTING_UP: TimeDelta = TimeDelta::minutes(60);

fn cookie(token: String, length: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(actix_web::cookie::time::Duration::seconds(
            i64::try_from(length.as_secs()).unwrap_or(i64::MAX),
        ))
        .finish()
}

/// Removes it.
pub fn no_cookie() -> Cookie<'static> {
    let mut cookie = cookie(String::new(), Duration::ZERO);
    cookie.make_removal();
    cookie
}

/// A session that was just opened or refreshed, with both its tokens.
pub struct Opened {
    session: Session,
    refresh_token: String,
    length: Duration,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").finish_non_exhaustive()
    }
}

impl Opened {
    /// The answer with the cookie.
    pub fn into_response(self, status: StatusCode) -> HttpResponse {
        self.into_answer(status, |session| session)
    }

    /// The same, where the session is part of the answer.
    pub fn into_answer<T: serde::Serialize>(
        self,
        status: StatusCode,
        answer: impl FnOnce(Session) -> T,
    ) -> HttpResponse {
        HttpResponse::build(status).cookie(cookie(self.refresh_token, self.length)).json(answer(self.session))
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
    let length = match kind {
        SessionKind::Full | SessionKind::PasswordOnly => {
            TimeDelta::from_std(state.config.sessions.length).map_err(Problem::internal)?
        }
        SessionKind::SecondFactor => WAITING,
        SessionKind::SecondFactorSetup => SETTING_UP,
    };
    let (kept_kind, second_factor) = store::columns_of(kind);
    store::insert_session(
        conn,
        &NewSessionRow {
            id,
            employee_id: employee,
            kind: kept_kind,
            created_at: now,
            last_used_at: now,
            expires_at: now + length,
            user_agent: origin.user_agent.clone(),
            address: origin.address.clone(),
            second_factor,
        },
    )?;
    issue(conn, state, employee, id, kind)
}

/// Both tokens, new, for a session.
pub fn issue(
    conn: &mut Conn,
    state: &State,
    employee: contract::EmployeeId,
    session: SessionId,
    kind: SessionKind,
) -> Outcome<Opened> {
    let (refresh_token, hash) = state.tokens.new_refresh_token();
    store::insert_refresh_token(conn, session, &hash)?;
    let (access_token, expires_at) = state.tokens.issue(employee, session)?;
    let limits = state.config.sessions;
    let idle_seconds = u32::try_from(limits.idle.as_secs()).unwrap_or(u32::MAX);
    Ok(Opened {
        session: Session { access_token, expires_at, kind, employee_id: employee, idle_seconds },
        refresh_token,
        length: limits.length,
    })
}
