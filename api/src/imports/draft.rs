//! What becomes of one row, while it is being found out.

use contract::validation::FieldCode;
use contract::{
    Errors, FieldError, ImportOutcome, ImportRow, ImportedChange, Language, Text, Warning, WarningCode,
};

use super::sheet::Row;

/// What parts the names of several things in one cell.
pub const BETWEEN: &str = " | ";

/// A row and what is known of it so far.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The row.
    pub row: &'a Row,
    /// What it is about.
    pub key: String,
    /// What is wrong with it.
    pub errors: Errors,
    /// Whether it is something new.
    pub new: bool,
    /// What changes.
    pub changes: Vec<ImportedChange>,
    /// The number that a new dossier got.
    pub number: Option<String>,
    warnings: Vec<Warning>,
    language: Language,
}

impl<'a> Draft<'a> {
    /// Nothing known yet, but whether it has as many cells as the header.
    pub fn new(row: &'a Row, key: &str, language: Language) -> Self {
        let mut draft = Self {
            row,
            key: key.to_owned(),
            errors: Errors::new(language),
            new: false,
            changes: Vec::new(),
            number: None,
            warnings: Vec::new(),
            language,
        };
        if let Some((cells, columns)) = row.uneven {
            draft.reject(
                "row",
                FieldCode::Malformed,
                Text::new(
                    format!("Deze rij heeft {cells} cellen en de kopregel {columns}."),
                    format!("This row has {cells} cells and the header {columns}."),
                ),
            );
        }
        draft
    }

    /// Notes something that is wrong.
    pub fn reject(&mut self, field: &str, code: FieldCode, text: Text) {
        self.errors.add(field, code, text);
    }

    /// Notes that an earlier row is about the same.
    pub fn repeats(&mut self, field: &str, earlier: u32) {
        self.reject(
            field,
            FieldCode::Duplicate,
            Text::new(format!("Dit staat ook op rij {earlier}."), format!("Row {earlier} says this, too.")),
        );
    }

    /// Notes that a word has no meaning here.
    pub fn unknown_word(&mut self, field: &str, word: &str) {
        self.reject(
            field,
            FieldCode::Unknown,
            Text::new(
                format!("‘{word}’ wordt hier niet begrepen."),
                format!("‘{word}’ is not understood here."),
            ),
        );
    }

    /// Notes something worth a second look.
    pub fn warn(&mut self, code: WarningCode, text: &Text) {
        self.warnings.push(Warning { code, detail: text.get(self.language).to_owned() });
    }

    /// Whether nothing is wrong so far.
    pub fn good(&self) -> bool {
        self.errors.is_empty()
    }

    /// Notes the value of a field of something new.
    pub fn becomes(&mut self, field: &str, to: impl Into<String>) {
        let to = to.into();
        if !to.is_empty() {
            self.changes.push(ImportedChange { field: field.to_owned(), from: None, to });
        }
    }

    /// Notes that a field changes, if it does.
    pub fn changes_from(&mut self, field: &str, from: impl Into<String>, to: impl Into<String>) {
        let (from, to) = (from.into(), to.into());
        if from != to {
            self.changes.push(ImportedChange { field: field.to_owned(), from: Some(from), to });
        }
    }

    /// The verdict.
    pub fn finish(self) -> ImportRow {
        let problems: Vec<FieldError> = self.errors.into_vec();
        let outcome = if !problems.is_empty() {
            ImportOutcome::Rejected
        } else if self.new {
            ImportOutcome::Create
        } else if self.changes.is_empty() {
            ImportOutcome::Unchanged
        } else {
            ImportOutcome::Change
        };
        ImportRow {
            row: self.row.number,
            key: self.key,
            outcome,
            changes: self.changes,
            problems,
            warnings: self.warnings,
            number: self.number,
        }
    }
}
