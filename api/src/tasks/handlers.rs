use actix_web::web::Query;
use actix_web::{HttpResponse, get, put};
use contract::{Page, ReadContent, Task, TaskChange, TaskId, TaskState, TaskSummary, Tray};
use serde::Deserialize;
use serde_json::json;

use super::store::{self, Of, TaskValues};
use crate::access::office::Colleague;
use crate::access::tasks::{Checked, EditTask, SeeTask, SeeTray};
use crate::access::{Permission, Tx};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::{Paging, Window};
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

/// Which tasks.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct TaskFilter {
    /// Only in this state.
    state: Option<TaskState>,
}

/// List my tasks
///
/// Those the person signed in holds or completed (*Mijn taken*), newest first, without what is told about them (E2).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Tasks", params(TaskFilter, Paging), responses((status = 200, body = Page<TaskSummary>)))]
#[get("/tasks")]
pub async fn list_my_tasks(
    act: Act<Colleague>,
    filter: Query<TaskFilter>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| summaries(tx, Of::Me(filter.state), &window)).await
}

fn summaries(tx: &mut Tx<'_>, of: Of, window: &Window<TaskId>) -> Outcome<Reply<Page<TaskSummary>>> {
    Ok(Reply::ok(store::list(tx, of, window)?.map(TaskSummary::from)))
}

/// A task as the one who asks sees it now.
pub fn view(tx: &mut Tx<'_>, id: TaskId) -> Outcome<Task> {
    let checked = SeeTask::check(tx, &id)?;
    store::views(tx, &[checked.task.id])?.pop().ok_or_else(Problem::not_found)
}

/// 412 with the task as it is now.
pub fn stale(tx: &mut Tx<'_>, checked: &Checked) -> Problem {
    match view(tx, checked.task.id) {
        Ok(task) => Problem::stale(&task).showing(Reading::of_case(tx, &checked.case, ReadContent::Tasks)),
        Err(problem) => problem,
    }
}

/// The answer with a task.
pub fn answer(tx: &mut Tx<'_>, id: TaskId) -> Outcome<Reply<Task>> {
    let task = view(tx, id)?;
    let version = task.version;
    Ok(Reply::ok(task).version(version))
}

/// Get a task
///
/// **Permission**: its holder, members of its tray's group, the case team (T7).
#[utoipa::path(tag = "Tasks", responses((status = 200, body = Task)))]
#[get("/tasks/{taskId}")]
pub async fn get_task(act: Act<SeeTask>) -> Outcome<HttpResponse> {
    act.read_content(|tx, permit| {
        let task = store::views(tx, &[permit.row().task.id])?.pop().ok_or_else(Problem::not_found)?;
        let version = task.version;
        let reading = Reading::of_case(tx, &permit.row().case, ReadContent::Tasks);
        Ok((Reply::ok(task).version(version), reading))
    })
    .await
}

/// Change a task
///
/// Title, description and due date at once.
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Tasks", params(IfMatch), request_body = TaskChange, responses(
    (status = 200, body = Task), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[put("/tasks/{taskId}")]
pub async fn update_task(act: Act<EditTask>, body: Body<TaskChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let before = &permit.row().task;
        let values =
            TaskValues { title: &change.title, description: &change.description, due_date: change.due_date };
        if !store::update(tx, before.id, &values, version)? {
            return Err(stale(tx, permit.row()));
        }
        events::record(
            tx,
            Event::of("task.updated", "task", before.id)
                .old(json!({ "title": before.title, "description": before.description,
                    "dueDate": before.due_date }))
                .new_values(json!(change)),
        )?;
        answer(tx, before.id)
    })
    .await
}

/// List my trays
///
/// Those of the groups the person signed in is a member of, by name, with how much waits in each as far
/// as they may see it (T7).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Tasks", responses((status = 200, body = Page<Tray>)))]
#[get("/trays")]
pub async fn list_trays(act: Act<Colleague>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| {
        let items = store::trays(tx)?
            .into_iter()
            .map(|row| Tray {
                group: row.group,
                open_tasks: u32::try_from(row.open).unwrap_or(u32::MAX),
                overdue_tasks: u32::try_from(row.overdue).unwrap_or(u32::MAX),
                work_agreements: row.work_agreements,
            })
            .collect();
        Ok(Reply::ok(Page::<Tray> { items, next: None }))
    })
    .await
}

/// List a tray's tasks
///
/// The open ones, oldest first, without what is told about them (E2).
///
/// **Permission**: members of the group (T7).
#[utoipa::path(tag = "Tasks", params(Paging), responses(
    (status = 200, body = Page<TaskSummary>), (status = 403, description = "forbidden")))]
#[get("/trays/{groupId}/tasks")]
pub async fn list_tray_tasks(act: Act<SeeTray>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| summaries(tx, Of::Tray(*permit.row()), &window)).await
}
