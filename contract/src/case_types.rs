//! Case types (C1, C2).

use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::{
    CaseTypeId, CheckId, Day, EmployeeId, EmployeeRef, Errors, GroupId, GroupRef, ResultTypeId, StepTypeId,
    Validate,
};

text_enum! {
    /// The unit of a term.
    TermUnit {
        /// Calendar days.
        Day = "day",
        /// Weeks of seven days.
        Week = "week",
        /// Calendar months.
        Month = "month",
        /// Calendar years.
        Year = "year",
    }
}

/// A length of time as the law states it: "8 weeks", "5 years".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Term {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: TermUnit,
}

impl Term {
    /// The day this long after `start`; the last day of the month where the month is shorter.
    pub fn after(self, start: Day) -> Option<Day> {
        match self.unit {
            TermUnit::Day => start.checked_add_days(chrono::Days::new(u64::from(self.amount))),
            TermUnit::Week => start.checked_add_days(chrono::Days::new(u64::from(self.amount) * 7)),
            TermUnit::Month => start.checked_add_months(chrono::Months::new(self.amount)),
            TermUnit::Year => start.checked_add_months(chrono::Months::new(self.amount.checked_mul(12)?)),
        }
    }
}

text_enum! {
    /// How confidential the cases of a type are, as Dutch government classifies them.
    Confidentiality {
        /// *Openbaar*.
        Public = "openbaar",
        /// *Beperkt openbaar*.
        RestrictedPublic = "beperkt_openbaar",
        /// *Intern*.
        Internal = "intern",
        /// *Zaakvertrouwelijk*.
        CaseConfidential = "zaakvertrouwelijk",
        /// *Vertrouwelijk*.
        Confidential = "vertrouwelijk",
        /// *Confidentieel*.
        StrictlyConfidential = "confidentieel",
        /// *Geheim*.
        Secret = "geheim",
        /// *Zeer geheim*.
        TopSecret = "zeer_geheim",
    }
}

text_enum! {
    /// What happens to a case when its retention has run out.
    ArchiveAction {
        /// *Vernietigen*.
        Destroy = "vernietigen",
        /// *Blijvend bewaren*.
        Keep = "blijvend_bewaren",
    }
}

/// A case type, to name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseTypeRef {
    /// Its id.
    pub id: CaseTypeId,
    /// Its name.
    pub name: String,
}

/// A case type in the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseTypeSummary {
    /// Its id.
    pub id: CaseTypeId,
    /// The code it was imported under.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How long a case may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_term: Option<Term>,
    /// Whether the reader is authorised for it, and so may open a case of it (C2, C7).
    pub authorised: bool,
}

/// A case type in its current revision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseType {
    /// Its id.
    pub id: CaseTypeId,
    /// The code it was imported under.
    pub code: String,
    /// Counts the imports that changed it, from 1.
    pub revision: i32,
    /// Its short name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How long a case may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_term: Option<Term>,
    /// How confidential its cases are.
    pub confidentiality: Confidentiality,
    /// Whether the reader is authorised for it.
    pub authorised: bool,
    /// In order.
    pub steps: Vec<StepType>,
    /// In order.
    pub result_types: Vec<ResultType>,
    /// For If-Match; a new one with every revision.
    pub version: i64,
}

/// The steps of a case type in the order they are to have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepOrder {
    /// Every step of the current revision, once.
    pub step_ids: Vec<StepTypeId>,
}

impl Validate for StepOrder {
    fn validate(&mut self, errors: &mut Errors) {
        errors.distinct("stepIds", &self.step_ids);
    }
}

/// A step of a case type.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepType {
    /// Its id.
    pub id: StepTypeId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub explanation: String,
    /// In order.
    pub checks: Vec<CheckType>,
}

/// A check question of a step (*controlevraag*).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckType {
    /// Its id.
    pub id: CheckId,
    /// Its short name.
    pub name: String,
    /// The question, answered with yes or no.
    pub question: String,
    /// Whether the step closes only once it is answered (C8).
    pub required: bool,
}

/// How a case can end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultType {
    /// Its id.
    pub id: ResultTypeId,
    /// Its name.
    pub name: String,
    /// What happens when the retention has run out.
    pub archive_action: ArchiveAction,
    /// How long the case is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Term>,
}

/// Who may open cases of a type, and see the closed steps of all of them (C2, C6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Authorisations {
    /// Groups, by name.
    pub groups: Vec<GroupRef>,
    /// Employees, by name.
    pub employees: Vec<EmployeeRef>,
    /// For If-Match.
    pub version: i64,
}

/// Everyone who is authorised from now on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorisationsChange {
    /// Groups.
    pub group_ids: Vec<GroupId>,
    /// Employees.
    pub employee_ids: Vec<EmployeeId>,
}

impl Validate for AuthorisationsChange {
    fn validate(&mut self, errors: &mut Errors) {
        errors.distinct("groupIds", &self.group_ids);
        errors.distinct("employeeIds", &self.employee_ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_follows_the_calendar() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let term = |amount, unit| Term { amount, unit };
        assert_eq!(term(8, TermUnit::Week).after(day("2026-01-01")), Some(day("2026-02-26")));
        assert_eq!(term(1, TermUnit::Month).after(day("2026-01-31")), Some(day("2026-02-28")));
        assert_eq!(term(1, TermUnit::Year).after(day("2024-02-29")), Some(day("2025-02-28")));
        assert_eq!(term(365, TermUnit::Day).after(day("2026-11-21")), Some(day("2027-11-21")));
        assert_eq!(term(u32::MAX, TermUnit::Year).after(day("2026-11-21")), None);
    }
}
