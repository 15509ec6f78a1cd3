//! Client groups: `/v1/client-groups`.

use contract::{
    ClientGroup, ClientGroupChange, ClientGroupDeletion, ClientGroupDeletionPreview, ClientGroupId, Page,
};

use super::{Call, Query};

pub fn list_client_groups(q: &str, cursor: Option<&str>) -> Call<Page<ClientGroup>> {
    Call::get(Query::page("/client-groups", cursor).text("q", q))
}

/// The few that a search field suggests.
pub fn suggest_client_groups(q: &str) -> Call<Page<ClientGroup>> {
    Call::get(Query::new("/client-groups").key("limit", 8).text("q", q))
}

pub fn find_client_group(id: ClientGroupId) -> Call<ClientGroup> {
    Call::get(format!("/client-groups/{id}"))
}

pub fn create_client_group(new: &ClientGroupChange) -> Call<ClientGroup> {
    Call::post("/client-groups").with(new)
}

pub fn update_client_group(id: ClientGroupId, version: i64, change: &ClientGroupChange) -> Call<ClientGroup> {
    Call::put(format!("/client-groups/{id}")).seen(version).with(change)
}

/// What deleting it would do (G6).
pub fn preview_deletion(
    id: ClientGroupId,
    deletion: &ClientGroupDeletion,
) -> Call<ClientGroupDeletionPreview> {
    Call::post(format!("/client-groups/{id}/deletion/preview")).with(deletion)
}

pub fn delete_client_group(
    id: ClientGroupId,
    deletion: &ClientGroupDeletion,
) -> Call<ClientGroupDeletionPreview> {
    Call::post(format!("/client-groups/{id}/deletion")).with(deletion)
}
