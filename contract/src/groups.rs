//! Employee groups (G1 to G4).

use serde::{Deserialize, Serialize};

use crate::{
    EmployeeId, EmployeeRef, Errors, GroupId, HandOverPlan, Text, Validate, Warning, validation::FieldCode,
};

/// A group, to name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupRef {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
}

/// A group in the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupSummary {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// How many members it has, whatever their state.
    pub member_count: u32,
    /// Whether the reader is a member.
    pub mine: bool,
}

/// A group as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// How this team picks up work (*werkafspraken*, G4).
    pub work_agreements: String,
    /// After how many hours an unclaimed task is brought to the team's attention again (T8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_hours: Option<u32>,
    /// Its members, by name.
    pub members: Vec<EmployeeRef>,
    /// For If-Match.
    pub version: i64,
    /// Saved, but deserving a second look (G2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A new group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGroup {
    /// *Naam medewerkersgroep*: not blank, at most 100 characters.
    pub name: String,
    /// *Medewerkers*.
    #[serde(default)]
    pub member_ids: Vec<EmployeeId>,
    /// *Werkafspraken*, at most 4,000 characters.
    #[serde(default)]
    pub work_agreements: String,
    /// After how many hours an unclaimed task is brought up again: 1 to 720.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_hours: Option<u32>,
}

/// A group as the form saves it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupChange {
    /// *Naam medewerkersgroep*: not blank, at most 100 characters.
    pub name: String,
    /// All members from now on.
    pub member_ids: Vec<EmployeeId>,
    /// *Werkafspraken*, at most 4,000 characters.
    pub work_agreements: String,
    /// After how many hours an unclaimed task is brought up again: 1 to 720.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_hours: Option<u32>,
    /// Where work goes that members may no longer hold (P4).
    #[serde(default)]
    pub hand_over: HandOverPlan,
    /// The digest of the preview that was shown (G5): saving does exactly that, or answers
    /// `preview-outdated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

fn validate_group(
    name: &mut String,
    members: &[EmployeeId],
    agreements: &mut String,
    reminder_hours: Option<u32>,
    errors: &mut Errors,
) {
    *name = errors.line("name", name, 100);
    errors.distinct("memberIds", members);
    *agreements = errors.optional("workAgreements", agreements, 4000);
    if reminder_hours.is_some_and(|hours| !(1..=720).contains(&hours)) {
        errors.add(
            "reminderHours",
            FieldCode::OutOfRange,
            Text::new("Kies 1 tot en met 720 uur.", "Choose 1 to 720 hours."),
        );
    }
}

impl Validate for NewGroup {
    fn validate(&mut self, errors: &mut Errors) {
        validate_group(
            &mut self.name,
            &self.member_ids,
            &mut self.work_agreements,
            self.reminder_hours,
            errors,
        );
    }
}

impl Validate for GroupChange {
    fn validate(&mut self, errors: &mut Errors) {
        validate_group(
            &mut self.name,
            &self.member_ids,
            &mut self.work_agreements,
            self.reminder_hours,
            errors,
        );
        self.hand_over.validate(errors);
    }
}
