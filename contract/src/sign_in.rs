//! Signing in (S1, S2, S7).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::validation::FieldCode;
use crate::{Errors, Text, Validate};

/// Username and password.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSession {
    /// `jdevries@zaanstad`, or `jdevries` where the installation has one office (P2).
    pub username: String,
    /// The password, or a temporary one (S5).
    pub password: String,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSession").finish_non_exhaustive()
    }
}

impl Validate for NewSession {
    fn validate(&mut self, errors: &mut Errors) {
        self.username = errors.required("username", &self.username, 129);
        if self.password.is_empty() {
            errors.add("password", FieldCode::Blank, Text::new("Vul dit in.", "Fill this in."));
        }
        if self.password.chars().count() > 256 {
            errors.add(
                "password",
                FieldCode::TooLong,
                Text::new("Gebruik hoogstens 256 tekens.", "Use at most 256 characters."),
            );
        }
    }
}

/// An open session. The refresh token travels in a `__Host-` cookie that scripts cannot read.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The access token (JWT) for `Authorization: Bearer …`; keep it in memory only.
    pub access_token: String,
    /// When the access token ends; refresh before.
    pub expires_at: DateTime<Utc>,
    /// What the session may do.
    pub kind: SessionKind,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("expires_at", &self.expires_at)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

text_enum! {
    /// What a session may do.
    SessionKind {
        /// Everything its owner may.
        Full = "full",
        /// Only set a definitive password, after signing in with a temporary one (S5).
        PasswordOnly = "password-only",
        /// Only give the code of the second factor, after the right password.
        SecondFactor = "second-factor",
        /// Only set a second factor up, which the office requires, or change the password.
        SecondFactorSetup = "second-factor-setup",
    }
}

/// Whose password was forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPasswordReset {
    /// As at sign-in: `jdevries@zaanstad`, or `jdevries` where the installation has one office (P2).
    pub username: String,
}

impl Validate for NewPasswordReset {
    fn validate(&mut self, errors: &mut Errors) {
        self.username = errors.required("username", &self.username, 129);
    }
}

/// That it was asked for; whether there is such an account it does not say (S4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordResetAsked {
    /// For how many minutes a temporary password works after it is mailed.
    pub valid_minutes: u32,
}
