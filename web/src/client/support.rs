//! Support sessions of the platform's helpdesk (P3): `/v1/support-sessions`.

use contract::{NewSupportSession, Page, SupportSession};

use super::{Call, Query};

pub fn list_support_sessions(cursor: Option<&str>) -> Call<Page<SupportSession>> {
    Call::get(Query::page("/support-sessions", cursor))
}

pub fn open_support_session(new: &NewSupportSession) -> Call<SupportSession> {
    Call::post("/support-sessions").with(new)
}

pub fn end_support_session() -> Call<()> {
    Call::delete("/support-sessions/current")
}
