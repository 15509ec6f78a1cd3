//! Dossiers and who has access to them (D1 to D5).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::validation::FieldCode;
use crate::{
    ClientGroupId, ClientGroupRef, DossierId, EmployeeId, EmployeeRef, Errors, GroupId, GroupRef,
    HandOverPlan, Text, Validate,
};

text_enum! {
    /// In which order dossiers are listed.
    DossierSort {
        /// The last made first.
        Newest = "newest",
        /// The first made first.
        Oldest = "oldest",
        /// By name.
        Name = "name",
    }
}

text_enum! {
    /// Who sees a dossier that no rule mentions them for (D3, 6 and 7).
    Visibility {
        /// Everyone of the office.
        Office = "office",
        /// Only who a rule allows.
        Restricted = "restricted",
    }
}

text_enum! {
    /// Whether a dossier is in use.
    DossierState {
        /// In use.
        Active = "active",
        /// Put away; readable, not changeable.
        Archived = "archived",
    }
}

text_enum! {
    /// Gives or takes access (D2).
    Effect {
        /// Gives it.
        Allow = "allow",
        /// Takes it.
        Deny = "deny",
    }
}

/// A dossier, to name it. The name is absent for who may see a case but not its dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierRef {
    /// Its id.
    pub id: DossierId,
    /// Its number, `2026-000123`.
    pub number: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A dossier in the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierSummary {
    /// Its id.
    pub id: DossierId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who manages it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<EmployeeRef>,
    /// Its client group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_group: Option<ClientGroupRef>,
    /// Who sees it without a rule.
    pub visibility: Visibility,
    /// Whether it is in use.
    pub state: DossierState,
}

/// A dossier. A local administrator who may not see it gets its number, manager and rules, not its name (D4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dossier {
    /// Its id.
    pub id: DossierId,
    /// Its number.
    pub number: String,
    /// Its name; absent for a local administrator without access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who manages it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<EmployeeRef>,
    /// Its client group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_group: Option<ClientGroupRef>,
    /// Who sees it without a rule.
    pub visibility: Visibility,
    /// Whether it is in use.
    pub state: DossierState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// For If-Match.
    pub version: i64,
    /// Why the reader sees it, or that they do not.
    pub my_access: Access,
    /// What the reader may do.
    pub may: DossierRights,
}

/// What someone may do with a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierRights {
    /// Read its name and cases.
    pub read: bool,
    /// Change its name, manager, client group and visibility.
    pub edit: bool,
    /// See and change its access rules (D4).
    pub manage_rules: bool,
    /// Send a message about it (D6).
    pub send_messages: bool,
    /// Name and change whom it concerns (D7).
    pub edit_parties: bool,
    /// Export all of it (D7).
    pub export: bool,
    /// See who read it (E2).
    pub see_reads: bool,
    /// Put it away (D1).
    pub archive: bool,
    /// Take it back in use (D1).
    pub restore: bool,
}

/// A new dossier. Who makes it becomes its manager unless `managerId` is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDossier {
    /// Not blank, at most 200 characters.
    pub name: String,
    /// Who manages it; absent: who makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<EmployeeId>,
    /// Its client group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_group_id: Option<ClientGroupId>,
    /// Absent: the office's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}

impl Validate for NewDossier {
    fn validate(&mut self, errors: &mut Errors) {
        self.name = errors.line("name", &self.name, 200);
    }
}

/// A dossier as the form saves it. A local administrator without access leaves `name` out (D4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierChange {
    /// Not blank, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who manages it; absent: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<EmployeeId>,
    /// Its client group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_group_id: Option<ClientGroupId>,
    /// Who sees it without a rule.
    pub visibility: Visibility,
    /// Where work goes that someone may no longer hold (P4).
    #[serde(default)]
    pub hand_over: HandOverPlan,
    /// The digest of the preview that was shown (G5): saving does exactly that, or answers
    /// `preview-outdated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

impl Validate for DossierChange {
    fn validate(&mut self, errors: &mut Errors) {
        if let Some(name) = &mut self.name {
            *name = errors.line("name", name, 200);
        }
        self.hand_over.validate(errors);
    }
}

/// The access rules of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRules {
    /// All of them, groups first, by name.
    pub rules: Vec<AccessRule>,
    /// The dossier's version, for If-Match.
    pub version: i64,
}

/// One rule: this employee or this group is given or denied access (D2). Exactly one of the two is present.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRule {
    /// For one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee: Option<EmployeeRef>,
    /// For everyone in a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRef>,
    /// Gives or takes.
    pub effect: Effect,
}

/// All rules from now on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRulesChange {
    /// The rules; no employee or group twice.
    pub rules: Vec<NewAccessRule>,
    /// Where work goes that someone may no longer hold (P4).
    #[serde(default)]
    pub hand_over: HandOverPlan,
    /// The digest of the preview that was shown (G5): saving does exactly that, or answers
    /// `preview-outdated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

/// One rule, for exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAccessRule {
    /// For one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<EmployeeId>,
    /// For everyone in a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// Gives or takes.
    pub effect: Effect,
}

impl Validate for AccessRulesChange {
    fn validate(&mut self, errors: &mut Errors) {
        if self.rules.len() > 1000 {
            errors.add(
                "rules",
                FieldCode::TooLong,
                Text::new("Hoogstens 1000 regels.", "At most 1,000 rules."),
            );
        }
        for (position, rule) in self.rules.iter().enumerate() {
            if rule.employee_id.is_some() == rule.group_id.is_some() {
                errors.add(
                    format!("rules[{position}]"),
                    FieldCode::Contradiction,
                    Text::new("Kies een medewerker of een groep.", "Choose an employee or a group."),
                );
            }
        }
        let subjects: Vec<_> = self.rules.iter().map(|rule| (rule.employee_id, rule.group_id)).collect();
        errors.distinct("rules", &subjects);
        self.hand_over.validate(errors);
    }
}

text_enum! {
    /// What decided someone's access, in the order of D3.
    AccessReason {
        /// 1: not an active employee of this office.
        NotActive = "not-active",
        /// 2: they manage the dossier.
        Manager = "manager",
        /// 3: a rule for them allows it.
        EmployeeAllowed = "employee-allowed",
        /// 3: a rule for them denies it.
        EmployeeDenied = "employee-denied",
        /// 4: one of their groups is denied.
        GroupDenied = "group-denied",
        /// 5: one of their groups is allowed.
        GroupAllowed = "group-allowed",
        /// 6: everyone of the office sees it.
        OfficeVisible = "office-visible",
        /// 7: nothing gives access.
        NotGranted = "not-granted",
    }
}

impl AccessReason {
    /// Whether this gives access.
    pub const fn allows(self) -> bool {
        matches!(self, Self::Manager | Self::EmployeeAllowed | Self::GroupAllowed | Self::OfficeVisible)
    }

    /// Whether this is an explicit denial, which also hides cases and tasks (C6, T7).
    pub const fn denies(self) -> bool {
        matches!(self, Self::EmployeeDenied | Self::GroupDenied)
    }
}

/// Whether someone has access to a dossier, and what decided it (D5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Access {
    /// Whether they have it.
    pub allowed: bool,
    /// What decided.
    pub reason: AccessReason,
    /// The groups that decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupRef>,
    /// The same in words, in the reader's language.
    pub explanation: String,
}

/// A dossier, and someone's access to it (D5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierAccess {
    /// Which; its name only for who has access.
    pub dossier: DossierRef,
    /// Whether and why.
    pub access: Access,
}

/// One employee's access to one dossier (D5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmployeeAccess {
    /// Who.
    pub employee: EmployeeRef,
    /// Their access.
    pub access: Access,
}
