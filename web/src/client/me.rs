//! The person signed in: `/v1/me`.

use contract::{
    Me, NewPassword, OpenSession, Page, Preferences, PreferencesChange, Session, SessionId, SessionsEnded,
};

use super::Call;

pub fn find_me() -> Call<Me> {
    Call::get("/me")
}

pub fn update_password(password: &NewPassword) -> Call<Session> {
    Call::put("/me/password").with(password)
}

pub fn find_preferences() -> Call<Preferences> {
    Call::get("/me/preferences")
}

pub fn update_preferences(version: i64, change: &PreferencesChange) -> Call<Preferences> {
    Call::put("/me/preferences").seen(version).with(change)
}

/// Where one is signed in (S7): as many as fit on a page, and nobody has more.
pub fn list_sessions() -> Call<Page<OpenSession>> {
    Call::get("/me/sessions?limit=100")
}

pub fn end_session(id: SessionId) -> Call<()> {
    Call::delete(format!("/me/sessions/{id}"))
}

pub fn end_other_sessions() -> Call<SessionsEnded> {
    Call::delete("/me/sessions")
}
