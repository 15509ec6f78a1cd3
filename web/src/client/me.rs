//! The person signed in: `/v1/me`.

use contract::{Me, NewPassword, Preferences, PreferencesChange, Session};

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
