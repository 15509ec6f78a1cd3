//! The second factor: a code from an app on one's telephone (RFC 6238), besides the password (S2, S5).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::validation::FieldCode;
use crate::{Errors, Role, Session, Text, Validate};

/// Debug output that shows nothing of what is inside.
macro_rules! hides_secrets {
    ($($name:ident),+ $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

/// A code of a second factor.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorCode {
    /// The six digits that the app shows now; where someone signs in or proves who they are, also a recovery code.
    pub code: String,
}

hides_secrets!(
    SecondFactorCode,
    NewSecondFactor,
    SecondFactorSetup,
    SecondFactorConfirmed,
    RecoveryCodes,
    SecondFactorRemoval
);

impl Validate for SecondFactorCode {
    fn validate(&mut self, errors: &mut Errors) {
        self.code = errors.required("code", &self.code, 100);
    }
}

/// Whether one has a second factor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactor {
    /// Since when; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// How many recovery codes were not used yet.
    pub recovery_codes_left: u32,
    /// Whether the office requires one of this person.
    pub required: bool,
}

/// Begins setting a second factor up, or another in the place of the one in use.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSecondFactor {
    /// The password in use; not needed in a session in which it must be set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_password: Option<String>,
    /// A code of the one in use, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Validate for NewSecondFactor {
    fn validate(&mut self, errors: &mut Errors) {
        if let Some(code) = &self.code {
            self.code = Some(errors.optional("code", code, 100));
        }
    }
}

/// What the app needs to know. It works once it is confirmed with a code.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorSetup {
    /// The secret in base32, in groups of four, to type over.
    pub secret: String,
    /// The same for the app: `otpauth://totp/…`.
    pub uri: String,
    /// That address as a QR code, to scan: an SVG image as a `data:` URI.
    pub qr_code: String,
}

/// That the second factor is on. All other sessions have ended.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorConfirmed {
    /// Ten codes that work once each when the telephone is not at hand. They are not shown again.
    pub recovery_codes: Vec<String>,
    /// The session to go on with.
    pub session: Session,
}

/// New recovery codes; the ones before work no longer.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten codes that work once each. They are not shown again.
    pub recovery_codes: Vec<String>,
}

/// Switches one's second factor off.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorRemoval {
    /// The password in use.
    pub password: String,
    /// A code of the app, or a recovery code.
    pub code: String,
}

impl Validate for SecondFactorRemoval {
    fn validate(&mut self, errors: &mut Errors) {
        if self.password.is_empty() {
            errors.add("password", FieldCode::Blank, Text::new("Vul dit in.", "Fill this in."));
        }
        self.code = errors.required("code", &self.code, 100);
    }
}

/// Takes away the second factor of a colleague who lost the device.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorReset {
    /// Why, and how it was made sure who asks. At most 2,000 characters.
    pub reason: String,
}

impl Validate for SecondFactorReset {
    fn validate(&mut self, errors: &mut Errors) {
        self.reason = errors.reason("reason", &self.reason);
    }
}

/// Of whom an office requires a second factor, and who has none yet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorRequirement {
    /// Of every employee.
    pub everyone: bool,
    /// Of who has one of these roles.
    pub roles: Vec<Role>,
    /// How many active employees have none yet.
    pub everyone_without: u32,
    /// The same by role.
    pub without: Vec<RoleWithout>,
    /// For If-Match.
    pub version: i64,
}

/// How many active employees with a role have no second factor yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleWithout {
    /// The role.
    pub role: Role,
    /// How many.
    pub count: u32,
}

/// A change of whom an office requires a second factor of. It holds from the next sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorRequirementChange {
    /// Of every employee.
    pub everyone: bool,
    /// Of who has one of these roles.
    pub roles: Vec<Role>,
}

impl Validate for SecondFactorRequirementChange {
    fn validate(&mut self, errors: &mut Errors) {
        errors.distinct("roles", &self.roles);
    }
}
