//! Client groups: dossiers that share a mail address (D6, G4).

use serde::{Deserialize, Serialize};

use crate::{ClientGroupId, Errors, Validate, Warning};

/// A client group, to name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGroupRef {
    /// Its id.
    pub id: ClientGroupId,
    /// Its name.
    pub name: String,
}

/// A client group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGroup {
    /// Its id.
    pub id: ClientGroupId,
    /// Its name.
    pub name: String,
    /// Where mail about its dossiers goes when they have no manager (D6).
    pub email: String,
    /// For If-Match.
    pub version: i64,
    /// Saved, but deserving a second look (G2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A client group as the form saves it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGroupChange {
    /// Not blank, at most 100 characters.
    pub name: String,
    /// Mail address.
    pub email: String,
}

impl Validate for ClientGroupChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.name = errors.line("name", &self.name, 100);
        self.email = errors.email("email", &self.email);
    }
}
