//! What concerns the person signed in: who they are, their password, their preferences (T5).

use serde::{Deserialize, Serialize};

use crate::validation::FieldCode;
use crate::{
    EmployeeId, Errors, GroupId, GroupRef, Language, OfficeRef, Role, SessionKind, SupportSession, Text,
    Validate,
};

/// The person signed in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Their id.
    pub id: EmployeeId,
    /// Their username.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub email: String,
    /// The language they read.
    pub language: Language,
    /// Their office.
    pub office: OfficeRef,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their groups, by name.
    pub groups: Vec<GroupRef>,
    /// What this session may do.
    pub session_kind: SessionKind,
    /// The support session that runs: everything happens in its office meanwhile (P3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<SupportSession>,
    /// What they may do where they act, so that screens show no button that would be refused.
    pub may: MyRights,
}

/// What someone may do in their office (P2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRights {
    /// Employees, groups, case types and settings.
    pub administer: bool,
    /// Reactivate and deactivate employees.
    pub manage_accounts: bool,
    /// Create dossiers.
    pub create_dossiers: bool,
    /// Open support sessions in other offices (P3).
    #[serde(default)]
    pub open_support_sessions: bool,
}

/// A definitive password (S5).
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    /// The password in use; not needed in a session that was opened with a temporary password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_password: Option<String>,
    /// The new one: 12 to 256 characters, hard to guess, no further rules.
    pub password: String,
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPassword").finish_non_exhaustive()
    }
}

impl Validate for NewPassword {
    fn validate(&mut self, errors: &mut Errors) {
        let length = self.password.chars().count();
        if length < 12 {
            errors.add(
                "password",
                FieldCode::TooShort,
                Text::new("Gebruik minstens 12 tekens.", "Use at least 12 characters."),
            );
        } else if length > 256 {
            errors.add(
                "password",
                FieldCode::TooLong,
                Text::new("Gebruik hoogstens 256 tekens.", "Use at most 256 characters."),
            );
        }
    }
}

/// Personal settings (T5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preferences {
    /// The language of screens and mails.
    pub language: Language,
    /// Whether any tray mails come at all.
    pub tray_mails: bool,
    /// Each tray of theirs.
    pub trays: Vec<TrayPreference>,
    /// For If-Match.
    pub version: i64,
}

/// Whether mails of one tray come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrayPreference {
    /// The team.
    pub group: GroupRef,
    /// How this team agreed to pick up work (G4).
    pub work_agreements: String,
    /// Whether this tray's mails come (if `trayMails` is on).
    pub tray_mails: bool,
    /// How many other active members receive this tray's mails now.
    pub others_receiving: u32,
}

/// A change of personal settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreferencesChange {
    /// The language of screens and mails.
    pub language: Language,
    /// Whether any tray mails come at all.
    pub tray_mails: bool,
    /// The trays whose mails are switched off.
    #[serde(default)]
    pub quiet_groups: Vec<GroupId>,
}

impl Validate for PreferencesChange {
    fn validate(&mut self, errors: &mut Errors) {
        errors.distinct("quietGroups", &self.quiet_groups);
    }
}
