//! Employees (P2).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::{EmployeeId, Errors, GroupId, GroupRef, HandOverPlan, Language, Validate};

/// A colleague, to name them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmployeeRef {
    /// Their id.
    pub id: EmployeeId,
    /// Their name.
    pub name: String,
}

text_enum! {
    /// Whether someone can work.
    EmployeeState {
        /// They can.
        Active = "active",
        /// Locked after too many wrong passwords (S2).
        Locked = "locked",
        /// They left.
        Deactivated = "deactivated",
    }
}

text_enum! {
    /// What someone is trusted with besides their own work. Roles are not a hierarchy (P2).
    Role {
        /// Manages the office in Werkbak.
        LocalAdmin = "local_admin",
        /// Helps colleagues with their accounts.
        Helpdesk = "helpdesk",
        /// Answers the questions of their groups.
        Superuser = "superuser",
        /// Proposes and approves destruction.
        Records = "records",
    }
}

/// An employee. Colleagues see who someone is; administrators and the helpdesk also the account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Employee {
    /// Their id.
    pub id: EmployeeId,
    /// Their username, unique in the office.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Whether they can work.
    pub state: EmployeeState,
    /// Their groups, by name.
    pub groups: Vec<GroupRef>,
    /// Their account; only for local administrators and the helpdesk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// For If-Match.
    pub version: i64,
}

/// The part of an employee that only administrators and the helpdesk see.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// Mail address.
    pub email: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// The language they read.
    pub language: Language,
    /// When they last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Since when the account is locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_at: Option<DateTime<Utc>>,
    /// The address that the failed attempt came from which locked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_from: Option<String>,
    /// The mails to them that did not arrive since the last that did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undelivered: Option<Undelivered>,
    /// Whether they have chosen a password of their own yet.
    pub has_password: bool,
    /// Since when they sign in with a second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_since: Option<DateTime<Utc>>,
}

/// Mails that did not arrive: the address may be wrong, or the mail server may not be reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Undelivered {
    /// How many.
    pub count: u32,
    /// When the newest of them was given up.
    pub at: DateTime<Utc>,
}

/// An account that is locked (S2), as administrators and the helpdesk see it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockedAccount {
    /// Whose.
    pub employee: EmployeeRef,
    /// Their username.
    pub username: String,
    /// Where the temporary password goes when the account is reactivated.
    pub email: String,
    /// Since when.
    pub locked_at: DateTime<Utc>,
    /// The address that the failed attempt came from which locked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_from: Option<String>,
    /// How many accounts of the office are locked from that address, this one too: many hint at an attack.
    pub locked_from_there: u32,
}

/// Someone new. They are mailed a temporary password that is valid for 72 hours (S4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEmployee {
    /// Letters, digits and `. - _`, at most 64; unique in the office, whatever the case.
    pub username: String,
    /// At most 100 characters.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Roles.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Groups.
    #[serde(default)]
    pub group_ids: Vec<GroupId>,
    /// The language of screens and mails.
    #[serde(default)]
    pub language: Language,
}

impl Validate for NewEmployee {
    fn validate(&mut self, errors: &mut Errors) {
        self.username = errors.username("username", &self.username);
        self.name = errors.line("name", &self.name, 100);
        self.email = errors.email("email", &self.email);
        errors.distinct("roles", &self.roles);
        errors.distinct("groupIds", &self.group_ids);
    }
}

/// An employee as the form saves it: everything at once (G3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmployeeChange {
    /// At most 100 characters.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// All their groups from now on.
    pub group_ids: Vec<GroupId>,
    /// The language of screens and mails.
    pub language: Language,
    /// Where work goes that they may no longer hold (P4).
    #[serde(default)]
    pub hand_over: HandOverPlan,
    /// The digest of the preview that was shown (G5): saving does exactly that, or answers
    /// `preview-outdated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

impl Validate for EmployeeChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.name = errors.line("name", &self.name, 100);
        self.email = errors.email("email", &self.email);
        errors.distinct("roles", &self.roles);
        errors.distinct("groupIds", &self.group_ids);
        self.hand_over.validate(errors);
    }
}

/// Someone leaves (P4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deactivation {
    /// Why; at most 2,000 characters, may be empty.
    #[serde(default)]
    pub reason: String,
    /// Where their work goes.
    #[serde(default)]
    pub hand_over: HandOverPlan,
}

impl Validate for Deactivation {
    fn validate(&mut self, errors: &mut Errors) {
        self.reason = errors.optional("reason", &self.reason, 2000);
        self.hand_over.validate(errors);
    }
}

/// An account becomes active again, and its address may be corrected with it (S3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reactivation {
    /// Where they are mailed from now on, if what is known is wrong; only for local administrators, and needs If-Match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Validate for Reactivation {
    fn validate(&mut self, errors: &mut Errors) {
        self.email = self.email.as_ref().map(|email| errors.email("email", email));
    }
}
