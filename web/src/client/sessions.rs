//! Signing in and staying signed in (S7): `/v1/sessions`.
//!
//! The access token lives in memory only; the refresh token in a cookie that scripts cannot read.

use std::cell::RefCell;

use contract::{NewPasswordReset, NewSession, PasswordResetAsked, ProblemCode, SecondFactorCode, Session};
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};

use super::{Call, Failure, Outcome, fetch, read};

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    static REFRESHING: RefCell<Option<Shared<LocalBoxFuture<'static, Outcome<bool>>>>> = const { RefCell::new(None) };
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

/// Gets a new access token with the cookie. `false`: there is no session to continue. However many calls find
/// their token too old at once, one request is made.
pub async fn refresh() -> Outcome<bool> {
    let refreshing = REFRESHING.with_borrow_mut(|slot| {
        slot.get_or_insert_with(|| {
            let refreshing = async {
                let outcome = request_refresh().await;
                REFRESHING.set(None);
                outcome
            };
            refreshing.boxed_local().shared()
        })
        .clone()
    });
    refreshing.await
}

async fn request_refresh() -> Outcome<bool> {
    let call: Call<Session> = Call::post("/sessions/refresh");
    match fetch::fetch(&call.into_request(), None).await {
        Ok(body) => {
            keep_token(&read(&body)?);
            Ok(true)
        }
        Err(Failure::Refused(problem))
            if problem.code == ProblemCode::NotSignedIn || problem.status == 401 =>
        {
            forget_token();
            Ok(false)
        }
        Err(failure) => Err(failure),
    }
}
