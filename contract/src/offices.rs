//! Offices (P1) and their settings.

use serde::{Deserialize, Serialize};

use crate::{Contact, Errors, OfficeId, Validate, Visibility};

/// An office, to name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficeRef {
    /// Its id.
    pub id: OfficeId,
    /// Its public code: what people type after the @ when they sign in.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// An office as its employees see it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Its public code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where mail about a dossier goes when nobody else is responsible (D6).
    pub email: String,
    /// The visibility a new dossier gets unless its maker chooses (D1).
    pub default_visibility: Visibility,
    /// Whether only local administrators create dossiers (P2).
    pub only_administrators_create_dossiers: bool,
    /// Whom people ask who cannot sign in (S6); anyone may see it.
    pub contact: Contact,
    /// For If-Match.
    pub version: i64,
}

/// A change of an office's settings by a local administrator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficeChange {
    /// Its name, at most 100 characters.
    pub name: String,
    /// Its mail address.
    pub email: String,
    /// The visibility a new dossier gets unless its maker chooses (D1).
    pub default_visibility: Visibility,
    /// Whether only local administrators create dossiers (P2).
    pub only_administrators_create_dossiers: bool,
    /// Whom people ask who cannot sign in (S6); anyone may see it.
    #[serde(default)]
    pub contact: Contact,
}

impl Validate for OfficeChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.name = errors.line("name", &self.name, 100);
        self.email = errors.email("email", &self.email);
        self.contact.check("contact", errors);
    }
}
