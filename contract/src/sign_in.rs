//! Signing in (S1, S2, S7).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::validation::FieldCode;
use crate::{EmployeeId, Errors, SessionId, Text, Validate};

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
    /// Whose it is: another tab may have signed in as someone else meanwhile.
    pub employee_id: EmployeeId,
    /// After how many seconds without a request that a person asked for it lapses.
    pub idle_seconds: u32,
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

text_enum! {
    /// How a session came to its end.
    SessionEnd {
        /// Nobody used it for too long.
        Idle = "idle",
        /// It lasted as long as one may.
        TooLong = "too-long",
        /// It was ended: signed out, from this device or another, or for safety.
        Ended = "ended",
    }
}

/// A session of one's own that goes on (S7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// Its id.
    pub id: SessionId,
    /// Whether this request was made in it.
    pub current: bool,
    /// With what it was opened.
    pub device: Device,
    /// From which address it was opened.
    pub address: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When a person last used it, to the minute.
    pub last_used_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// A device as its browser describes itself, as far as that is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// `Firefox`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// `Windows`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
}

/// What ending all other sessions came to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionsEnded {
    /// How many went on until now.
    pub ended: u32,
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
