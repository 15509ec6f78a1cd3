//! Signing in and staying signed in (S7): `/v1/sessions`.
//!
//! The access token lives in memory only; the refresh token in a cookie that scripts cannot read.

use std::cell::{Cell, RefCell};

use contract::{
    EmployeeId, NewPasswordReset, NewSession, PasswordResetAsked, ProblemCode, SecondFactorCode, Session,
    SessionKind,
};
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use js_sys::Date;
use leptos::prelude::window;
use web_sys::Storage;

use super::{Call, Failure, Outcome, Request, fetch, read, turns};

/// Where the tabs of a browser tell each other when a person last asked for something.
const USED_KEY: &str = "werkbak.used";

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    static REFRESHING: RefCell<Option<Shared<LocalBoxFuture<'static, Outcome<Refreshed>>>>> =
        const { RefCell::new(None) };
    /// When a person last asked for something, on the browser's clock.
    static USED: Cell<f64> = const { Cell::new(0.0) };
    /// After how long without that the session lapses, in milliseconds.
    static IDLE: Cell<f64> = const { Cell::new(f64::INFINITY) };
}

pub fn create_session(credentials: &NewSession) -> Call<Session> {
    Call::post("/sessions").with(credentials)
}

/// Asks for a temporary password (S4).
pub fn ask_password_reset(reset: &NewPasswordReset) -> Call<PasswordResetAsked> {
    Call::post("/password-resets").with(reset)
}

pub fn delete_current_session() -> Call<()> {
    Call::delete("/sessions/current")
}

pub(super) fn access_token() -> Option<String> {
    TOKEN.with_borrow(Clone::clone)
}

/// Uses this access token from now on.
pub fn keep_token(session: &Session) {
    TOKEN.set(Some(session.access_token.clone()));
    IDLE.set(f64::from(session.idle_seconds) * 1000.0);
}

pub fn forget_token() {
    TOKEN.set(None);
}

/// Signs in. Apart from other calls: a wrong password is no reason to refresh.
pub async fn sign_in(credentials: &NewSession) -> Outcome<Session> {
    let session: Session = read(&fetch::fetch(&create_session(credentials).into_request(), None).await?)?;
    keep_token(&session);
    Ok(session)
}

/// Completes signing in with a code. Apart from other calls, too: who waits too long signs in anew.
pub async fn give_code(code: &SecondFactorCode) -> Outcome<()> {
    let call: Call<Session> = Call::post("/sessions/second-factor").with(code);
    let answer = fetch::fetch(&call.into_request(), access_token().as_deref()).await?;
    keep_token(&read(&answer)?);
    Ok(())
}

/// Ends the session of the access token held here, if there still is one, and no other: past the cookie, which may be
/// of another tab by now.
pub async fn end_own() {
    if let Some(token) = access_token() {
        drop(fetch::fetch(&delete_current_session().into_request(), Some(&token)).await);
    }
    forget_token();
}

/// What became of the session of this browser.
#[derive(Debug, Clone, PartialEq)]
pub enum Refreshed {
    /// It goes on, as one of this kind.
    Renewed(SessionKind),
    /// It is over.
    Over(Failure),
    /// It goes on, and is somebody else's by now. Nothing of theirs is kept.
    SomeoneElse,
}

/// Gets a new access token with the cookie, for `person` when that is known. However many calls find their token too old
/// at once, one request is made; tabs take turns, so that each uses the cookie that the one before it got.
pub async fn refresh(person: Option<EmployeeId>, unasked: bool) -> Outcome<Refreshed> {
    let refreshing = REFRESHING.with_borrow_mut(|slot| {
        slot.get_or_insert_with(|| {
            let refreshing = async move {
                let turn = turns::wait("werkbak-refresh").await;
                let outcome = request_refresh(person, unasked).await;
                drop(turn);
                REFRESHING.set(None);
                outcome
            };
            refreshing.boxed_local().shared()
        })
        .clone()
    });
    refreshing.await
}

async fn request_refresh(person: Option<EmployeeId>, unasked: bool) -> Outcome<Refreshed> {
    let call: Call<Session> = Call::post("/sessions/refresh");
    match fetch::fetch(&call.into_request().unasked(unasked), None).await {
        Ok(body) => {
            let session: Session = read(&body)?;
            if person.is_some_and(|person| person != session.employee_id) {
                return Ok(Refreshed::SomeoneElse);
            }
            keep_token(&session);
            Ok(Refreshed::Renewed(session.kind))
        }
        Err(failure) if is_over(&failure) => {
            forget_token();
            Ok(Refreshed::Over(failure))
        }
        Err(failure) => Err(failure),
    }
}

fn is_over(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(problem)
        if problem.code == ProblemCode::NotSignedIn || problem.status == 401)
}

/// A person asked for this, unless it says otherwise, and the server heard it.
pub(super) fn note_use<T>(request: &Request, outcome: &Outcome<T>) {
    if request.unasked || matches!(outcome, Err(Failure::Unreachable)) {
        return;
    }
    USED.set(Date::now());
    if let Some(storage) = storage() {
        drop(storage.set_item(USED_KEY, &Date::now().to_string()));
    }
}

/// How much of the time until the session lapses is left, in milliseconds: all tabs of this browser count.
pub fn left() -> f64 {
    let elsewhere = storage().and_then(|storage| storage.get_item(USED_KEY).ok()?);
    let elsewhere = elsewhere.and_then(|used| used.parse().ok()).unwrap_or(0.0);
    IDLE.get() - (Date::now() - USED.get().max(elsewhere))
}

/// How long a session goes on without use, in milliseconds.
pub fn idle() -> f64 {
    IDLE.get()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
