use chrono::{NaiveDate, NaiveDateTime};
use contract::ids::sql::Id;
use contract::{CaseId, CaseState, EmployeeId, GroupId, TaskId, TaskState};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamp};

use super::{NOT_DENIED, Part, Reason, end, in_order, merged};
use crate::access::Tx;
use crate::db::sql::{AT_ONCE, Sql, Value};
use crate::problem::Outcome;

/// A task as its reader sees it.
#[derive(Debug, Clone, Queryable)]
pub struct TaskLine {
    /// The task.
    pub task: TaskFields,
    /// Its case.
    pub of_case: CaseFields,
    /// Where it is, where it was, and who had a hand in it.
    pub names: NameFields,
    /// Whether the one who asks supports the case.
    pub supporter: bool,
    /// Whether they are in the group whose tray it is in.
    pub member: bool,
}

/// A task's own data.
#[derive(Debug, Clone, Queryable)]
pub struct TaskFields {
    /// Its id.
    pub id: TaskId,
    /// What must be done.
    pub title: String,
    /// More about it.
    pub description: String,
    /// By when.
    pub due_date: Option<NaiveDate>,
    /// Where it stands.
    pub state: TaskState,
    /// What was said when it was forwarded.
    pub note: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// When it was completed or withdrawn.
    pub finished_at: Option<NaiveDateTime>,
    /// Counts its changes.
    pub version: i64,
}

/// The case a task belongs to.
#[derive(Debug, Clone, Queryable)]
pub struct CaseFields {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether it is being worked on.
    pub state: CaseState,
    /// Who runs it.
    pub coordinator_id: EmployeeId,
}

/// Groups and people with their names.
#[derive(Debug, Clone, Queryable)]
pub struct NameFields {
    /// Who has it.
    pub holder: (Option<EmployeeId>, Option<String>),
    /// In whose tray it is.
    pub tray: (Option<GroupId>, Option<String>),
    /// The tray it goes back to.
    pub origin: (Option<GroupId>, Option<String>),
    /// Who made it.
    pub created_by: (EmployeeId, String),
    /// Who completed or withdrew it.
    pub finished_by: (Option<EmployeeId>, Option<String>),
}

type MaybeNamed = (Nullable<Id>, Nullable<Text>);
type Task = (
    Id,
    Text,
    Text,
    Nullable<Date>,
    Text,
    Nullable<Text>,
    Nullable<Text>,
    Timestamp,
    Nullable<Timestamp>,
    BigInt,
);
type Names = (MaybeNamed, MaybeNamed, MaybeNamed, (Id, Text), MaybeNamed);
type Shape = (Task, (Id, Text, Text, Text, Id), Names, Bool, Bool);

const LINE: &str = "SELECT t.id, t.title, t.description, t.due_date, t.state, t.note, t.result, t.created_at, t.finished_at, t.version, \
     c.id, c.number, c.title, c.state, c.coordinator_id, \
     t.holder_id, (SELECT e.name FROM employees e WHERE e.id = t.holder_id), \
     t.tray_id, (SELECT g.name FROM groups g WHERE g.id = t.tray_id), \
     t.origin_id, (SELECT g.name FROM groups g WHERE g.id = t.origin_id), \
     t.created_by, (SELECT e.name FROM employees e WHERE e.id = t.created_by), \
     t.finished_by, (SELECT e.name FROM employees e WHERE e.id = t.finished_by), \
     (SELECT 1 FROM case_supporters s WHERE s.case_id = c.id AND s.employee_id = :me) IS NOT NULL, \
     (SELECT 1 FROM group_members m WHERE m.employee_id = :me AND m.group_id = t.tray_id) IS NOT NULL FROM ";

/// Which tasks. Each list starts from something its reader owns: a case, a tray, their hands.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// Of one case, for its team.
    Case(CaseId),
    /// Open, in one tray, for a member.
    Tray(GroupId),
    /// With the one who asks.
    Me(Option<TaskState>),
}

/// Those that an explicit denial on the dossier does not hide (T7). One statement.
pub fn page(tx: &mut Tx<'_>, of: Of, part: &Part<TaskId>) -> Outcome<Vec<TaskLine>> {
    let mut sql = Sql::on(tx.conn);
    sql.name("me", tx.actor.id).name("office", tx.actor.office_id);
    part.name_in(&mut sql);
    let reasons = match of {
        Of::Case(case) => {
            sql.name("case", case);
            vec![Reason::own("t.id", "tasks t WHERE t.case_id = :case")]
        }
        Of::Tray(group) => {
            sql.name("tray", group);
            vec![Reason::own("t.id", "tasks t WHERE t.tray_id = :tray AND t.state = 'open'")]
        }
        Of::Me(state) => {
            TaskState::ALL.iter().filter(|one| state.is_none_or(|state| state == **one)).map(held).collect()
        }
    };
    sql.text(LINE);
    merged(&mut sql, reasons, part.order);
    sql.text(" !JOIN tasks t ON t.id = p.id !JOIN cases c ON c.id = t.case_id !JOIN dossiers d ON d.id = c.dossier_id WHERE ")
        .text(NOT_DENIED)
        .text(" AND t.office_id = :office");
    end(&mut sql, "p.id", part);
    in_order(sql.load::<Shape, TaskLine>(tx.conn)?, part, |line| line.task.id.into())
}

const fn held(state: &TaskState) -> Reason {
    let from = match state {
        TaskState::Open => "tasks t WHERE t.holder_id = :me AND t.state = 'open'",
        TaskState::Completed => "tasks t WHERE t.holder_id = :me AND t.state = 'completed'",
        TaskState::Withdrawn => "tasks t WHERE t.holder_id = :me AND t.state = 'withdrawn'",
    };
    Reason::own("t.id", from)
}

/// Tasks that are seen already, in the order of their ids. One statement for up to a few hundred.
pub fn of(tx: &mut Tx<'_>, ids: &[TaskId]) -> Outcome<Vec<TaskLine>> {
    let mut lines = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let mut sql = Sql::on(tx.conn);
        sql.name("me", tx.actor.id)
            .text(LINE)
            .text("tasks t !JOIN cases c ON c.id = t.case_id WHERE t.id IN ")
            .ids(some.iter().copied().map(Into::into))
            .text(" ORDER BY t.id");
        lines.extend(sql.load::<Shape, TaskLine>(tx.conn)?);
    }
    Ok(lines)
}

/// What waits in the trays of the one who asks: open tasks that no denial hides, and of those the ones past their due date. One statement.
pub fn waiting(tx: &mut Tx<'_>, today: NaiveDate) -> Outcome<Vec<(GroupId, i64, i64)>> {
    let mut sql = Sql::on(tx.conn);
    sql.name("me", tx.actor.id)
        .name("today", Value::Day(today))
        .text(
            "SELECT m.group_id, count(*), sum(CASE WHEN t.due_date < :today THEN 1 ELSE 0 END) FROM group_members m \
             !JOIN tasks t ON t.tray_id = m.group_id AND t.state = 'open' \
             !JOIN cases c ON c.id = t.case_id !JOIN dossiers d ON d.id = c.dossier_id WHERE m.employee_id = :me AND ",
        )
        .text(NOT_DENIED)
        .text(" GROUP BY m.group_id");
    Ok(sql.load::<(Id, BigInt, BigInt), (GroupId, i64, i64)>(tx.conn)?)
}
