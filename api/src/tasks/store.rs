use std::collections::HashMap;

use chrono::NaiveDate;
use contract::{
    CaseId, CasePart, CaseRef, CaseState, EmployeeId, GroupId, GroupRef, Page, Task, TaskId, TaskState,
};
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::policy::{Facts, rights};
use crate::access::Tx;
use crate::access::tasks::TaskRow;
use crate::access::visibility::Visibility;
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{case_supporters, cases, group_members, groups, tasks};
use crate::employees::store::{name_of, names};
use crate::http::paging::Window;
use crate::problem::Outcome;

/// Which tasks a list shows. Each list starts from something its reader owns: a case, a tray, their hands.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// Of one case, for its team.
    Case(CaseId),
    /// In one tray, for a member.
    Tray(GroupId),
    /// With the one who asks.
    Me(Option<TaskState>),
}

/// A page of tasks. A tray shows the oldest first, so that nothing stays at the bottom; the others the
/// newest first. An explicit denial on the dossier hides a task (T7).
pub fn list(tx: &mut Tx<'_>, of: Of, window: &Window<TaskId>) -> Outcome<Page<Task>> {
    let me = tx.actor.id;
    let mut query = tasks::table
        .filter(tasks::office_id.eq(tx.actor.office_id))
        .filter(Visibility(me).tasks())
        .limit(window.fetch())
        .select(TaskRow::as_select())
        .into_boxed();
    query = match of {
        Of::Case(case) => query.filter(tasks::case_id.eq(case)),
        Of::Tray(group) => query.filter(tasks::tray_id.eq(group)).filter(tasks::state.eq(TaskState::Open)),
        Of::Me(state) => {
            let mine = query.filter(tasks::holder_id.eq(me));
            match state {
                Some(state) => mine.filter(tasks::state.eq(state)),
                None => mine,
            }
        }
    };
    query = match (of, window.after) {
        (Of::Tray(_), None) => query.order(tasks::id.asc()),
        (Of::Tray(_), Some(after)) => query.order(tasks::id.asc()).filter(tasks::id.gt(after)),
        (_, None) => query.order(tasks::id.desc()),
        (_, Some(after)) => query.order(tasks::id.desc()).filter(tasks::id.lt(after)),
    };
    let page = window.page(query.load(tx.conn)?, |row| row.id);
    Ok(Page { next: page.next, items: views(tx, page.items)? })
}

/// Some tasks as one reader sees them, who sees them (T7). A fixed number of statements.
pub fn views(tx: &mut Tx<'_>, rows: Vec<TaskRow>) -> Outcome<Vec<Task>> {
    let me = tx.actor.id;
    let case_ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    type CaseHead = (CaseId, String, String, CaseState, EmployeeId);
    let of: HashMap<CaseId, CaseHead> = cases::table
        .filter(cases::id.eq_any(&case_ids))
        .select((cases::id, cases::number, cases::title, cases::state, cases::coordinator_id))
        .load::<CaseHead>(tx.conn)?
        .into_iter()
        .map(|head| (head.0, head))
        .collect();
    let supported: Vec<CaseId> = case_supporters::table
        .filter(case_supporters::employee_id.eq(me))
        .filter(case_supporters::case_id.eq_any(&case_ids))
        .select(case_supporters::case_id)
        .load(tx.conn)?;
    let group_ids: Vec<GroupId> =
        rows.iter().flat_map(|row| [row.tray_id, row.origin_id]).flatten().collect();
    let of_group: HashMap<GroupId, String> = groups::table
        .filter(groups::id.eq_any(&group_ids))
        .select((groups::id, groups::name))
        .load::<(GroupId, String)>(tx.conn)?
        .into_iter()
        .collect();
    let my_groups: Vec<GroupId> = group_members::table
        .filter(group_members::employee_id.eq(me))
        .filter(group_members::group_id.eq_any(&group_ids))
        .select(group_members::group_id)
        .load(tx.conn)?;
    let people: Vec<EmployeeId> = rows
        .iter()
        .flat_map(|row| [Some(row.created_by), row.holder_id, row.finished_by])
        .flatten()
        .collect();
    let people = names(tx.conn, &people)?;
    let group = |id: GroupId| GroupRef { id, name: of_group.get(&id).cloned().unwrap_or_default() };
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (case_id, number, title, case_state, coordinator) = of.get(&row.case_id)?.clone();
            let part = if coordinator == me {
                Some(CasePart::Coordinator)
            } else {
                supported.contains(&case_id).then_some(CasePart::Supporter)
            };
            let facts = Facts {
                denied: false,
                holder: row.holder_id == Some(me),
                member: row.tray_id.is_some_and(|tray| my_groups.contains(&tray)),
                part,
                state: row.state,
                in_tray: row.tray_id.is_some(),
                has_origin: row.origin_id.is_some(),
                case_open: case_state == CaseState::Open,
            };
            Some(Task {
                may: rights(facts),
                id: row.id,
                title: row.title,
                description: row.description,
                due_date: row.due_date,
                state: row.state,
                holder: row.holder_id.map(|id| name_of(&people, id)),
                tray: row.tray_id.map(group),
                origin: row.origin_id.map(group),
                of_case: CaseRef { id: case_id, number, title },
                created_by: name_of(&people, row.created_by),
                created_at: row.created_at.and_utc(),
                note: row.note,
                result: row.result,
                finished_at: row.finished_at.map(|at| at.and_utc()),
                finished_by: row.finished_by.map(|id| name_of(&people, id)),
                version: row.version,
            })
        })
        .collect())
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
    let ids: Vec<GroupId> = mine.iter().map(|(id, _, _)| *id).collect();
    let count = |tx: &mut Tx<'_>, before: Option<NaiveDate>| -> Outcome<HashMap<GroupId, i64>> {
        let mut query = tasks::table
            .filter(tasks::state.eq(TaskState::Open))
            .filter(tasks::tray_id.eq_any(ids.clone()))
            .filter(Visibility(tx.actor.id).tasks())
            .group_by(tasks::tray_id)
            .select((tasks::tray_id.assume_not_null(), count_star()))
            .into_boxed();
        if let Some(day) = before {
            query = query.filter(tasks::due_date.lt(day));
        }
        Ok(query.load::<(GroupId, i64)>(tx.conn)?.into_iter().collect())
    };
    let open = count(tx, None)?;
    let overdue = count(tx, Some(clock::today()))?;
    Ok(mine
        .into_iter()
        .map(|(id, name, work_agreements)| TrayRow {
            group: GroupRef { id, name },
            work_agreements,
            open: open.get(&id).copied().unwrap_or(0),
            overdue: overdue.get(&id).copied().unwrap_or(0),
        })
        .collect())
}
