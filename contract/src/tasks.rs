//! Tasks and trays (T1 to T7).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::validation::FieldCode;
use crate::{CaseRef, EmployeeId, EmployeeRef, Errors, GroupId, GroupRef, TaskId, Text, Validate};

text_enum! {
    /// Where a task stands.
    TaskState {
        /// To be done.
        Open = "open",
        /// Done, with a result.
        Completed = "completed",
        /// No longer needed: its case was closed (C9).
        Withdrawn = "withdrawn",
    }
}

/// A task. While it is open, exactly one of `holder` and `tray` says where it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What must be done.
    pub title: String,
    /// More about it.
    pub description: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<NaiveDate>,
    /// Where it stands.
    pub state: TaskState,
    /// The colleague it is with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<EmployeeRef>,
    /// The team whose tray it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tray: Option<GroupRef>,
    /// The tray it goes back to when its holder releases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<GroupRef>,
    /// The case it belongs to.
    #[serde(rename = "case")]
    pub of_case: CaseRef,
    /// Who made it.
    pub created_by: EmployeeRef,
    /// When.
    pub created_at: DateTime<Utc>,
    /// What was said when it was last forwarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// When it was completed or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_by: Option<EmployeeRef>,
    /// For If-Match.
    pub version: i64,
    /// What the reader may do.
    pub may: TaskRights,
}

/// A task as lists show it: what is told about it is read by opening it, which is recorded (E2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskSummary {
    /// Its id.
    pub id: TaskId,
    /// What must be done.
    pub title: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<NaiveDate>,
    /// Where it stands.
    pub state: TaskState,
    /// The colleague it is with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<EmployeeRef>,
    /// The team whose tray it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tray: Option<GroupRef>,
    /// The case it belongs to.
    #[serde(rename = "case")]
    pub of_case: CaseRef,
    /// Who made it.
    pub created_by: EmployeeRef,
    /// When.
    pub created_at: DateTime<Utc>,
    /// For If-Match.
    pub version: i64,
    /// What the reader may do.
    pub may: TaskRights,
}

impl From<Task> for TaskSummary {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            title: task.title,
            due_date: task.due_date,
            state: task.state,
            holder: task.holder,
            tray: task.tray,
            of_case: task.of_case,
            created_by: task.created_by,
            created_at: task.created_at,
            version: task.version,
            may: task.may,
        }
    }
}

/// What someone may do with a task.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskRights {
    /// Take it from the tray (T4).
    pub claim: bool,
    /// Put it back in its tray (T4).
    pub release: bool,
    /// Pass it on (T2).
    pub forward: bool,
    /// Complete it (T4).
    pub complete: bool,
    /// Change its text (C4).
    pub edit: bool,
}

/// A new task, for a colleague or for a team's tray: exactly one of the two (T1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTask {
    /// Not blank, at most 200 characters.
    pub title: String,
    /// At most 10,000 characters.
    #[serde(default)]
    pub description: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<NaiveDate>,
    /// For this colleague.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<EmployeeId>,
    /// For this team's tray.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
}

fn one_destination(employee: Option<EmployeeId>, group: Option<GroupId>, errors: &mut Errors) {
    if employee.is_some() == group.is_some() {
        errors.add(
            "groupId",
            FieldCode::Contradiction,
            Text::new("Kies een collega of een werkbak.", "Choose a colleague or a tray."),
        );
    }
}

impl Validate for NewTask {
    fn validate(&mut self, errors: &mut Errors) {
        self.title = errors.line("title", &self.title, 200);
        self.description = errors.optional("description", &self.description, 10_000);
        errors.day("dueDate", self.due_date);
        one_destination(self.employee_id, self.group_id, errors);
    }
}

/// A task's text as the form saves it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskChange {
    /// Not blank, at most 200 characters.
    pub title: String,
    /// At most 10,000 characters.
    pub description: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<NaiveDate>,
}

impl Validate for TaskChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.title = errors.line("title", &self.title, 200);
        self.description = errors.optional("description", &self.description, 10_000);
        errors.day("dueDate", self.due_date);
    }
}

/// Passing a task on to a colleague or to a team's tray: exactly one of the two (T2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Forward {
    /// To this colleague.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<EmployeeId>,
    /// To this team's tray.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// At most 2,000 characters.
    #[serde(default)]
    pub note: String,
}

impl Validate for Forward {
    fn validate(&mut self, errors: &mut Errors) {
        self.note = errors.optional("note", &self.note, 2000);
        one_destination(self.employee_id, self.group_id, errors);
    }
}

/// Completing a task (T4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Completion {
    /// What came of it: not blank, at most 10,000 characters.
    pub result: String,
}

impl Validate for Completion {
    fn validate(&mut self, errors: &mut Errors) {
        self.result = errors.required("result", &self.result, 10_000);
    }
}

/// A team's tray, as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tray {
    /// The team.
    pub group: GroupRef,
    /// How many open tasks wait in it, as far as the reader may see them (T7).
    pub open_tasks: u32,
    /// How many of those are past their due date.
    pub overdue_tasks: u32,
    /// How this team picks up work.
    pub work_agreements: String,
}
