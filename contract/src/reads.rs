//! Who read what (E2).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::{CaseId, DossierRef, EmployeeRef, ReadId};

text_enum! {
    /// What was read: the content of one operation.
    ReadContent {
        /// A dossier's data.
        Dossier = "dossier",
        /// A page of its messages, or one of them.
        Messages = "messages",
        /// Whom it concerns.
        Parties = "parties",
        /// All of it, as a file (D7).
        Export = "export",
        /// A case, as much of it as its reader may see (C6).
        Case = "case",
        /// A page of a case's tasks, or one of them.
        Tasks = "tasks",
    }
}

/// A case, by its number only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseNumber {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
}

/// One time that someone read content of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierRead {
    /// Its id.
    pub id: ReadId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub employee: EmployeeRef,
    /// What.
    pub content: ReadContent,
    /// Of which case, if it was content of one.
    #[serde(default, rename = "case", skip_serializing_if = "Option::is_none")]
    pub of_case: Option<CaseNumber>,
}

/// One time that an employee read content.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmployeeRead {
    /// Its id.
    pub id: ReadId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub content: ReadContent,
    /// Of which dossier; its name only for who may see it.
    pub dossier: DossierRef,
    /// Of which case, if it was content of one.
    #[serde(default, rename = "case", skip_serializing_if = "Option::is_none")]
    pub of_case: Option<CaseNumber>,
}
