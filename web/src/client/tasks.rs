//! Tasks and trays: `/v1/tasks`, `/v1/trays`.

use contract::{
    CaseId, Completion, Forward, GroupId, NewTask, Page, Task, TaskChange, TaskId, TaskState, TaskSummary,
    Tray,
};

use super::{Call, Query};

/// The tasks the reader holds.
pub fn list_my_tasks(cursor: Option<&str>) -> Call<Page<TaskSummary>> {
    Call::get(Query::page("/tasks", cursor).key("state", TaskState::Open))
}

pub fn list_case_tasks(case: CaseId, cursor: Option<&str>) -> Call<Page<Task>> {
    Call::get(Query::page(format!("/cases/{case}/tasks"), cursor))
}

pub fn create_task(case: CaseId, new: &NewTask) -> Call<Task> {
    Call::post(format!("/cases/{case}/tasks")).with(new)
}

pub fn find_task(id: TaskId) -> Call<Task> {
    Call::get(format!("/tasks/{id}"))
}

pub fn update_task(id: TaskId, version: i64, change: &TaskChange) -> Call<Task> {
    Call::put(format!("/tasks/{id}")).seen(version).with(change)
}

/// Takes a task from its tray; exactly one colleague succeeds (T4).
pub fn claim_task(id: TaskId) -> Call<Task> {
    Call::post(format!("/tasks/{id}/claim"))
}

/// Nothing comes back when who does it no longer sees the task.
pub fn release_task(id: TaskId) -> Call<Option<Task>> {
    Call::post(format!("/tasks/{id}/release"))
}

/// Nothing comes back when who does it no longer sees the task.
pub fn forward_task(id: TaskId, version: i64, forward: &Forward) -> Call<Option<Task>> {
    Call::post(format!("/tasks/{id}/forward")).seen(version).with(forward)
}

pub fn complete_task(id: TaskId, completion: &Completion) -> Call<Task> {
    Call::post(format!("/tasks/{id}/completion")).with(completion)
}

/// All trays of the reader's groups at once.
pub fn list_trays() -> Call<Page<Tray>> {
    Call::get("/trays")
}

pub fn list_tray_tasks(group: GroupId, cursor: Option<&str>) -> Call<Page<TaskSummary>> {
    Call::get(Query::page(format!("/trays/{group}/tasks"), cursor))
}
