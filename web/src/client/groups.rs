//! Employee groups: `/v1/groups`.

use contract::{Group, GroupChange, GroupId, GroupSummary, NewGroup, Page};

use super::{Call, Query};

pub fn list_groups(q: &str, cursor: Option<&str>) -> Call<Page<GroupSummary>> {
    Call::get(Query::page("/groups", cursor).text("q", q))
}

/// The few that a search field suggests.
pub fn suggest_groups(q: &str) -> Call<Page<GroupSummary>> {
    Call::get(Query::new("/groups").key("limit", 8).text("q", q))
}

pub fn find_group(id: GroupId) -> Call<Group> {
    Call::get(format!("/groups/{id}"))
}

pub fn create_group(new: &NewGroup) -> Call<Group> {
    Call::post("/groups").with(new)
}

pub fn update_group(id: GroupId, version: i64, change: &GroupChange) -> Call<Group> {
    Call::put(format!("/groups/{id}")).seen(version).with(change)
}
