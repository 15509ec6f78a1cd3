use std::collections::HashMap;

use chrono::NaiveDate;
use contract::{
    CaseId, CasePart, CaseRef, CaseState, EmployeeId, EmployeeRef, GroupId, GroupRef, Page, Task, TaskId,
    TaskState,
};
use diesel::prelude::*;

use super::policy::{Facts, rights};
use crate::access::Tx;
pub use crate::access::pages::tasks::Of;
use crate::access::pages::tasks::TaskLine;
use crate::access::pages::{self, Order, reference};
use crate::access::tasks::TaskRow;
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{group_members, groups, tasks};
use crate::http::paging::Window;
use crate::problem::Outcome;

/// A page of tasks. A tray shows the oldest first, so that nothing stays at the bottom; the others the
/// newest first.
pub fn list(tx: &mut Tx<'_>, of: Of, window: &Window<TaskId>) -> Outcome<Page<Task>> {
    let me = tx.actor.id;
    let order = if matches!(of, Of::Tray(_)) { Order::Oldest } else { Order::Newest };
    let lines = pages::tasks::page(tx, of, &window.part(order))?;
    Ok(window.page(lines, |line| line.task.id).map(|line| view(line, me)))
}

/// Some tasks as one reader sees them, who sees them (T7), in the order of their making. One statement.
pub fn views(tx: &mut Tx<'_>, ids: &[TaskId]) -> Outcome<Vec<Task>> {
    let me = tx.actor.id;
    Ok(pages::tasks::of(tx, ids)?.into_iter().map(|line| view(line, me)).collect())
}

fn view(line: TaskLine, me: EmployeeId) -> Task {
    let TaskLine { task, of_case, names, supporter, member } = line;
    let part = if of_case.coordinator_id == me {
        Some(CasePart::Coordinator)
    } else {
        supporter.then_some(CasePart::Supporter)
    };
    let facts = Facts {
        denied: false,
        holder: names.holder.0 == Some(me),
        member,
        part,
        state: task.state,
        in_tray: names.tray.0.is_some(),
        has_origin: names.origin.0.is_some(),
        case_open: of_case.state == CaseState::Open,
    };
    let person = |(id, name): (Option<EmployeeId>, Option<String>)| {
        reference(id, name, |id, name| EmployeeRef { id, name })
    };
    let group =
        |(id, name): (Option<GroupId>, Option<String>)| reference(id, name, |id, name| GroupRef { id, name });
    Task {
        may: rights(facts),
        id: task.id,
        title: task.title,
        description: task.description,
        due_date: task.due_date,
        state: task.state,
        holder: person(names.holder),
        tray: group(names.tray),
        origin: group(names.origin),
        of_case: CaseRef { id: of_case.id, number: of_case.number, title: of_case.title },
        created_by: EmployeeRef { id: names.created_by.0, name: names.created_by.1 },
        created_at: task.created_at.and_utc(),
        note: task.note,
        result: task.result,
        finished_at: task.finished_at.map(|at| at.and_utc()),
        finished_by: person(names.finished_by),
        version: task.version,
    }
}

/// Where a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// With a colleague.
    With(EmployeeId),
    /// In a tray.
    In(GroupId),
}

impl Place {
    const fn holder(self) -> Option<EmployeeId> {
        match self {
            Self::With(employee) => Some(employee),
            Self::In(_) => None,
        }
    }

    const fn tray(self) -> Option<GroupId> {
        match self {
            Self::With(_) => None,
            Self::In(group) => Some(group),
        }
    }
}

/// What a form says about a task.
#[derive(Debug)]
pub struct TaskValues<'a> {
    /// What must be done.
    pub title: &'a str,
    /// More about it.
    pub description: &'a str,
    /// By when.
    pub due_date: Option<NaiveDate>,
}

/// Makes a task.
pub fn insert(tx: &mut Tx<'_>, case: CaseId, values: &TaskValues<'_>, place: Place) -> Outcome<TaskId> {
    let id = TaskId::new();
    diesel::insert_into(tasks::table)
        .values((
            tasks::id.eq(id),
            tasks::office_id.eq(tx.actor.office_id),
            tasks::case_id.eq(case),
            tasks::title.eq(values.title),
            tasks::description.eq(values.description),
            tasks::due_date.eq(values.due_date),
            tasks::state.eq(TaskState::Open),
            tasks::holder_id.eq(place.holder()),
            tasks::tray_id.eq(place.tray()),
            tasks::origin_id.eq(place.tray()),
            tasks::created_by.eq(tx.actor.id),
            tasks::created_at.eq(clock::stamp()),
            tasks::version.eq(1),
        ))
        .execute(tx.conn)?;
    Ok(id)
}

/// Changes a task's text if nobody changed the task since `version`.
pub fn update(tx: &mut Tx<'_>, id: TaskId, values: &TaskValues<'_>, version: i64) -> Outcome<bool> {
    let changed = diesel::update(tasks::table.filter(tasks::id.eq(id)).filter(tasks::version.eq(version)))
        .set((
            tasks::title.eq(values.title),
            tasks::description.eq(values.description),
            tasks::due_date.eq(values.due_date),
            tasks::version.eq(tasks::version + 1),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Takes a task out of its tray: of any number at once, exactly one gets it (T4).
pub fn claim(tx: &mut Tx<'_>, id: TaskId, tray: GroupId) -> Outcome<bool> {
    let changed = diesel::update(
        tasks::table
            .filter(tasks::id.eq(id))
            .filter(tasks::state.eq(TaskState::Open))
            .filter(tasks::tray_id.eq(tray)),
    )
    .set((
        tasks::holder_id.eq(tx.actor.id),
        tasks::tray_id.eq(None::<GroupId>),
        tasks::origin_id.eq(tray),
        tasks::version.eq(tasks::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Puts a task back in the tray it came from.
pub fn release(tx: &mut Tx<'_>, id: TaskId, tray: GroupId) -> Outcome<bool> {
    let changed = diesel::update(
        tasks::table
            .filter(tasks::id.eq(id))
            .filter(tasks::state.eq(TaskState::Open))
            .filter(tasks::holder_id.eq(tx.actor.id)),
    )
    .set((
        tasks::holder_id.eq(None::<EmployeeId>),
        tasks::tray_id.eq(tray),
        tasks::version.eq(tasks::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Moves a task; it remembers the last tray it was in, so that it can go back there.
pub fn forward(
    tx: &mut Tx<'_>,
    id: TaskId,
    place: Place,
    origin: Option<GroupId>,
    note: &str,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        tasks::table
            .filter(tasks::id.eq(id))
            .filter(tasks::state.eq(TaskState::Open))
            .filter(tasks::version.eq(version)),
    )
    .set((
        tasks::holder_id.eq(place.holder()),
        tasks::tray_id.eq(place.tray()),
        tasks::origin_id.eq(place.tray().or(origin)),
        tasks::note.eq((!note.is_empty()).then_some(note)),
        tasks::version.eq(tasks::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Completes a task of one's own.
pub fn complete(tx: &mut Tx<'_>, id: TaskId, result: &str) -> Outcome<bool> {
    let changed = diesel::update(
        tasks::table
            .filter(tasks::id.eq(id))
            .filter(tasks::state.eq(TaskState::Open))
            .filter(tasks::holder_id.eq(tx.actor.id)),
    )
    .set((
        tasks::state.eq(TaskState::Completed),
        tasks::result.eq(result),
        tasks::finished_at.eq(clock::stamp()),
        tasks::finished_by.eq(tx.actor.id),
        tasks::version.eq(tasks::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// The open tasks of a case.
pub fn open_of(conn: &mut Conn, case: CaseId) -> Outcome<Vec<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::case_id.eq(case))
        .filter(tasks::state.eq(TaskState::Open))
        .order(tasks::id.asc())
        .select(TaskRow::as_select())
        .load(conn)?)
}

/// Withdraws all open tasks of a case (C9).
pub fn withdraw_all(tx: &mut Tx<'_>, case: CaseId) -> Outcome<usize> {
    Ok(diesel::update(tasks::table.filter(tasks::case_id.eq(case)).filter(tasks::state.eq(TaskState::Open)))
        .set((
            tasks::state.eq(TaskState::Withdrawn),
            tasks::finished_at.eq(clock::stamp()),
            tasks::finished_by.eq(tx.actor.id),
            tasks::version.eq(tasks::version + 1),
        ))
        .execute(tx.conn)?)
}

/// A tray with how much waits in it.
#[derive(Debug, Clone)]
pub struct TrayRow {
    /// Whose.
    pub group: GroupRef,
    /// How they pick up work.
    pub work_agreements: String,
    /// Open tasks the reader may see.
    pub open: i64,
    /// Of those, past their due date.
    pub overdue: i64,
}

/// The trays of the one who asks, by name.
pub fn trays(tx: &mut Tx<'_>) -> Outcome<Vec<TrayRow>> {
    let mine: Vec<(GroupId, String, String)> = group_members::table
        .inner_join(groups::table)
        .filter(group_members::employee_id.eq(tx.actor.id))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .select((groups::id, groups::name, groups::work_agreements))
        .load(tx.conn)?;
    let waiting: HashMap<GroupId, (i64, i64)> = pages::tasks::waiting(tx, clock::today())?
        .into_iter()
        .map(|(group, open, overdue)| (group, (open, overdue)))
        .collect();
    Ok(mine
        .into_iter()
        .map(|(id, name, work_agreements)| TrayRow {
            group: GroupRef { id, name },
            work_agreements,
            open: waiting.get(&id).map_or(0, |(open, _)| *open),
            overdue: waiting.get(&id).map_or(0, |(_, overdue)| *overdue),
        })
        .collect())
}
