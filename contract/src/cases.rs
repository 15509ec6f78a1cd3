//! Cases (C3 to C10).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::validation::FieldCode;
use crate::{
    CaseId, CaseTypeId, CaseTypeRef, CheckId, Confidentiality, Day, DossierId, DossierRef, EmployeeId,
    EmployeeRef, Errors, ResultType, ResultTypeId, StepId, Text, Validate,
};

text_enum! {
    /// Whether a case is being worked on.
    CaseState {
        /// Yes.
        Open = "open",
        /// It ended; read-only.
        Closed = "closed",
    }
}

text_enum! {
    /// In which order cases are listed.
    CaseSort {
        /// The last opened first.
        Newest = "newest",
        /// The first opened first.
        Oldest = "oldest",
        /// Open cases, the nearest deadline first; without one last.
        Deadline = "deadline",
    }
}

text_enum! {
    /// How much of a case someone sees (C6).
    CaseView {
        /// Everything: coordinator and supporters.
        Full = "full",
        /// The header and the closed steps, read-only: the magnifier.
        ClosedSteps = "closed-steps",
        /// Only the header.
        Header = "header",
    }
}

text_enum! {
    /// What someone is in a case.
    CasePart {
        /// Runs it.
        Coordinator = "coordinator",
        /// Works on it.
        Supporter = "supporter",
    }
}

text_enum! {
    /// Where a step stands.
    StepState {
        /// To be done.
        Open = "open",
        /// Done; read-only.
        Closed = "closed",
        /// Left out, with a reason.
        Skipped = "skipped",
    }
}

text_enum! {
    /// The answer to a check question.
    Answer {
        /// *Ja*.
        Yes = "yes",
        /// *Nee*.
        No = "no",
    }
}

/// A case, to name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRef {
    /// Its id.
    pub id: CaseId,
    /// Its number, `Z2026-000123`.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A case in a list: its header.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSummary {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its type.
    pub case_type: CaseTypeRef,
    /// Its dossier.
    pub dossier: DossierRef,
    /// Whether it is being worked on.
    pub state: CaseState,
    /// When it started.
    pub start_date: NaiveDate,
    /// When it should be done (*streefdatum*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_date: Option<NaiveDate>,
    /// When it must be done (*fatale datum*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<NaiveDate>,
    /// Who runs it.
    pub coordinator: EmployeeRef,
    /// What the reader is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub my_part: Option<CasePart>,
}

/// A case, as much of it as the reader may see (C6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// The header.
    #[serde(flatten)]
    pub header: CaseSummary,
    /// How confidential it is.
    pub confidentiality: Confidentiality,
    /// How much of it the reader sees.
    pub view: CaseView,
    /// Who works on it besides the coordinator, by name.
    pub supporters: Vec<EmployeeRef>,
    /// All steps, the closed ones, or none: see `view`.
    pub steps: Vec<Step>,
    /// How it can end; only with `view` full.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub result_types: Vec<ResultType>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closure: Option<CaseClosed>,
    /// Counts the changes to header and team, for If-Match.
    pub version: i64,
    /// What the reader may do.
    pub may: CaseRights,
}

/// What someone may do with a case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRights {
    /// Change it: data, steps, tasks, coordinator, supporters (C4).
    pub edit: bool,
    /// Reopen it (C9).
    pub reopen: bool,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseClosed {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: EmployeeRef,
    /// With what result; absent for an administrative error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// Why it was an administrative error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative_error: Option<String>,
}

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// Its place, from 1.
    pub position: i32,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub explanation: String,
    /// Where it stands.
    pub state: StepState,
    /// Its check questions, in order.
    pub checks: Vec<Check>,
    /// What the case team wrote down.
    pub note: String,
    /// When it was closed or skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_by: Option<EmployeeRef>,
    /// Why it was skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_reason: Option<String>,
    /// For If-Match on this step.
    pub version: i64,
}

/// A check question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Check {
    /// Its id.
    pub id: CheckId,
    /// Its short name.
    pub name: String,
    /// The question.
    pub question: String,
    /// Whether the step closes only once it is answered.
    pub required: bool,
    /// The answer so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// A new case (C7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCase {
    /// The dossier it belongs to.
    pub dossier_id: DossierId,
    /// Its type.
    pub case_type_id: CaseTypeId,
    /// Not blank, at most 200 characters.
    pub title: String,
    /// Absent: today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<NaiveDate>,
    /// When it should be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_date: Option<NaiveDate>,
    /// Absent: who opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator_id: Option<EmployeeId>,
}

impl Validate for NewCase {
    fn validate(&mut self, errors: &mut Errors) {
        self.title = errors.line("title", &self.title, 200);
        errors.day("startDate", self.start_date);
        errors.day("targetDate", self.target_date);
        if let (Some(start), Some(target)) = (self.start_date, self.target_date) {
            target_after_start(start, target, errors);
        }
    }
}

/// The target date is not before the start.
pub fn target_after_start(start: Day, target: Day, errors: &mut Errors) {
    if target < start {
        errors.add(
            "targetDate",
            FieldCode::OutOfRange,
            Text::new("De streefdatum ligt voor het begin.", "The target date is before the start."),
        );
    }
}

/// A case's data as the form saves it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseChange {
    /// Not blank, at most 200 characters.
    pub title: String,
    /// When it should be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_date: Option<NaiveDate>,
}

impl Validate for CaseChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.title = errors.line("title", &self.title, 200);
        errors.day("targetDate", self.target_date);
    }
}

/// Another coordinator (C4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoordinatorChange {
    /// Who runs the case from now on.
    pub employee_id: EmployeeId,
    /// Whether the previous one stays as supporter.
    #[serde(default = "yes")]
    pub keep_previous: bool,
}

const fn yes() -> bool {
    true
}

impl Validate for CoordinatorChange {
    fn validate(&mut self, _errors: &mut Errors) {}
}

/// What was filled in at a step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepChange {
    /// At most 10,000 characters.
    #[serde(default)]
    pub note: String,
    /// Answers; a check left out, or with no answer, is unanswered.
    #[serde(default)]
    pub answers: Vec<CheckAnswer>,
}

/// The answer to one check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckAnswer {
    /// Which.
    pub check_id: CheckId,
    /// Absent: unanswered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

impl Validate for StepChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.note = errors.optional("note", &self.note, 10_000);
        let checks: Vec<_> = self.answers.iter().map(|answer| answer.check_id).collect();
        errors.distinct("answers", &checks);
    }
}

/// Why something exceptional is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// Not blank, at most 2,000 characters.
    pub reason: String,
}

impl Validate for Reason {
    fn validate(&mut self, errors: &mut Errors) {
        self.reason = errors.reason("reason", &self.reason);
    }
}

/// How a case ends (C9): with a result, or as an administrative error with a note. Exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseClosure {
    /// With this result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_type_id: Option<ResultTypeId>,
    /// As an administrative error, because …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative_error: Option<String>,
}

impl Validate for CaseClosure {
    fn validate(&mut self, errors: &mut Errors) {
        if let Some(note) = &mut self.administrative_error {
            *note = errors.reason("administrativeError", note);
        }
        if self.result_type_id.is_some() == self.administrative_error.is_some() {
            errors.add(
                "resultTypeId",
                FieldCode::Contradiction,
                Text::new(
                    "Kies een resultaat, of sluit de zaak als administratieve fout.",
                    "Choose a result, or close the case as an administrative error.",
                ),
            );
        }
    }
}
