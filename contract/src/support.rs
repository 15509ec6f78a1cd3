//! Support sessions of the platform's helpdesk (P3).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::validation::FieldCode;
use crate::{EmployeeRef, Errors, OfficeRef, SupportSessionId, Text, Validate};

/// The longest support session, in minutes (P3).
pub const LONGEST_SUPPORT: u32 = 60;

fn longest() -> u32 {
    LONGEST_SUPPORT
}

/// Why someone of the platform's helpdesk goes to an office, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSupportSession {
    /// The public code of the office.
    pub office_code: String,
    /// Why; the office reads it. At most 2,000 characters.
    pub reason: String,
    /// How long at most: 1 to 60 minutes; 60 unless given.
    #[serde(default = "longest")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 60, default = 60))]
    pub minutes: u32,
}

impl Validate for NewSupportSession {
    fn validate(&mut self, errors: &mut Errors) {
        self.office_code = errors.required("officeCode", &self.office_code, 64);
        self.reason = errors.reason("reason", &self.reason);
        if !(1..=LONGEST_SUPPORT).contains(&self.minutes) {
            errors.add(
                "minutes",
                FieldCode::OutOfRange,
                Text::new("Kies 1 tot en met 60 minuten.", "Choose 1 to 60 minutes."),
            );
        }
    }
}

/// A time during which someone of the platform's helpdesk acts in an office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportSession {
    /// Its id.
    pub id: SupportSessionId,
    /// The office that is helped.
    pub office: OfficeRef,
    /// Who helps.
    pub employee: EmployeeRef,
    /// The office they are of.
    pub helpdesk: OfficeRef,
    /// Why.
    pub reason: String,
    /// Since when.
    pub started_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
}
