//! Employee groups: `/v1/groups`.

use contract::{
    ChangePreview, EmployeeId, Group, GroupChange, GroupDeleted, GroupDeletion, GroupDeletionPreview,
    GroupId, GroupInventory, GroupSummary, NewGroup, Page,
};

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

/// What a change would do (G5); for one employee dossier by dossier.
pub fn preview_group(
    id: GroupId,
    version: i64,
    of: Option<EmployeeId>,
    change: &GroupChange,
) -> Call<ChangePreview> {
    let path = Query::new(format!("/groups/{id}/preview")).option("employeeId", of);
    Call::post(path).seen(version).with(change)
}

/// What hangs on a group (G6).
pub fn find_inventory(id: GroupId) -> Call<GroupInventory> {
    Call::get(format!("/groups/{id}/inventory"))
}

pub fn preview_deletion(
    id: GroupId,
    of: Option<EmployeeId>,
    deletion: &GroupDeletion,
) -> Call<GroupDeletionPreview> {
    Call::post(Query::new(format!("/groups/{id}/deletion/preview")).option("employeeId", of)).with(deletion)
}

pub fn delete_group(id: GroupId, deletion: &GroupDeletion) -> Call<GroupDeleted> {
    Call::post(format!("/groups/{id}/deletion")).with(deletion)
}
