use chrono::{NaiveDate, NaiveDateTime};
use contract::{CaseId, DossierId, EmployeeId, GroupId, OfficeId, TaskId, TaskState};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::cases::CaseRow;
use crate::db::Conn;
use crate::db::schema::{cases, group_members, tasks};
use crate::problem::Outcome;

/// A task.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tasks)]
pub struct TaskRow {
    /// Its id.
    pub id: TaskId,
    /// Its case.
    pub case_id: CaseId,
    /// What must be done.
    pub title: String,
    /// More about it.
    pub description: String,
    /// By when.
    pub due_date: Option<NaiveDate>,
    /// Where it stands.
    pub state: TaskState,
    /// Who has it.
    pub holder_id: Option<EmployeeId>,
    /// In whose tray it is.
    pub tray_id: Option<GroupId>,
    /// The tray it goes back to.
    pub origin_id: Option<GroupId>,
    /// What was said when it was forwarded.
    pub note: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// Who made it.
    pub created_by: EmployeeId,
    /// When.
    pub created_at: NaiveDateTime,
    /// When it was completed or withdrawn.
    pub finished_at: Option<NaiveDateTime>,
    /// By whom.
    pub finished_by: Option<EmployeeId>,
    /// Counts its changes.
    pub version: i64,
}

/// A task of an office, with its case.
pub fn task(conn: &mut Conn, office: OfficeId, id: TaskId) -> Outcome<Option<(TaskRow, CaseRow)>> {
    Ok(tasks::table
        .inner_join(cases::table)
        .filter(tasks::office_id.eq(office))
        .filter(tasks::id.eq(id))
        .select((TaskRow::as_select(), CaseRow::as_select()))
        .first(conn)
        .optional()?)
}

/// In which dossier and case a task is: neither ever changes, so they say what to lock.
pub fn place(conn: &mut Conn, office: OfficeId, id: TaskId) -> Outcome<Option<(DossierId, CaseId)>> {
    Ok(tasks::table
        .inner_join(cases::table)
        .filter(tasks::office_id.eq(office))
        .filter(tasks::id.eq(id))
        .select((cases::dossier_id, cases::id))
        .first(conn)
        .optional()?)
}

/// Whether someone is in a group.
pub fn member(conn: &mut Conn, group: GroupId, employee: EmployeeId) -> Outcome<bool> {
    Ok(diesel::select(exists(
        group_members::table
            .filter(group_members::group_id.eq(group))
            .filter(group_members::employee_id.eq(employee)),
    ))
    .get_result(conn)?)
}
