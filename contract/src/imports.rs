//! Bringing in lists from a spreadsheet: what an import will do, row by row, before it does it.

use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::{CaseTypeId, FieldError, Warning};

text_enum! {
    /// What a CSV file is a list of.
    ImportKind {
        /// Employees, by username, with their roles and groups.
        Employees = "employees",
        /// Who is to be in which employee group.
        Memberships = "memberships",
        /// Client groups, by name.
        ClientGroups = "client-groups",
        /// Dossiers, with manager, client group and access rules.
        Dossiers = "dossiers",
    }
}

text_enum! {
    /// What an import does with one row or item.
    ImportOutcome {
        /// Makes something new.
        Create = "create",
        /// Changes what the office has.
        Change = "change",
        /// Finds it as it is.
        Unchanged = "unchanged",
        /// Refuses it; nothing of the whole file is brought in.
        Rejected = "rejected",
    }
}

/// What an import will do, or did. Nothing happens unless every row is good.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// What the file is a list of.
    pub kind: ImportKind,
    /// Whether it happened; a preview changes nothing.
    pub committed: bool,
    /// How the file was read: `utf-8`, `utf-16` or `windows-1252`.
    pub encoding: String,
    /// What parts its cells: `;`, `,` or `tab`.
    pub delimiter: String,
    /// Its columns, in order.
    pub columns: Vec<ImportColumn>,
    /// How many rows of each outcome.
    pub counts: ImportCounts,
    /// One for each row that holds anything, in order.
    pub rows: Vec<ImportRow>,
    /// Names exactly this report; `confirm` it to carry it out.
    pub digest: String,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportColumn {
    /// Its header, as in the file.
    pub header: String,
    /// What it is read as; absent for a column that is not known and so not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// How many rows or items of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportCounts {
    /// New.
    pub create: u32,
    /// Changed.
    pub change: u32,
    /// As they are.
    pub unchanged: u32,
    /// Refused.
    pub rejected: u32,
}

impl ImportCounts {
    /// Counts one more.
    pub const fn add(&mut self, outcome: ImportOutcome) {
        match outcome {
            ImportOutcome::Create => self.create += 1,
            ImportOutcome::Change => self.change += 1,
            ImportOutcome::Unchanged => self.unchanged += 1,
            ImportOutcome::Rejected => self.rejected += 1,
        }
    }
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRow {
    /// Its number as a spreadsheet shows it; the header is row 1.
    pub row: u32,
    /// What it is about: a username, a name, a number.
    pub key: String,
    /// What happens.
    pub outcome: ImportOutcome,
    /// What exactly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ImportedChange>,
    /// Why not: everything that is wrong with it, at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldError>,
    /// Good, but deserving a second look (G2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// The number that a new dossier got, once it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedChange {
    /// Which.
    pub field: String,
    /// What it was; absent for something new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What it becomes.
    pub to: String,
}

text_enum! {
    /// Where the order of a case type's steps comes from.
    StepOrderSource {
        /// From the file.
        File = "file",
        /// From a person who corrected it; an import leaves it that way.
        Corrected = "corrected",
    }
}

/// What an import of case types will do, or did (C1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseTypeImport {
    /// Whether it happened; a preview changes nothing.
    pub committed: bool,
    /// How many of each outcome.
    pub counts: ImportCounts,
    /// One for each case type in use, in the order of the file.
    pub items: Vec<CaseTypeImportItem>,
    /// Names exactly this report; `confirm` it to carry it out.
    pub digest: String,
}

/// What becomes of one case type of an export.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseTypeImportItem {
    /// What it is recognised by at the next import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For a rejected one: the line of the file where it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What happens.
    pub outcome: ImportOutcome,
    /// The revision it will have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i32>,
    /// The names of its steps, in the order they will have.
    pub steps: Vec<String>,
    /// Where that order comes from.
    pub step_order: StepOrderSource,
    /// What changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ImportedChange>,
    /// Why it is rejected: everything at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// The case type, if it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_type_id: Option<CaseTypeId>,
}
