//! Reading case types from an i-Navigator export (C1): bytes in, case types and complaints out. Nothing here
//! knows the database; what becomes of the result is for the caller to show and to save.

mod checking;
mod inavigator;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use contract::{ArchiveAction, Confidentiality, Language, Term, Text};
use serde::Serialize;

use crate::secrets::sha256_hex;

/// The largest export that is read, in bytes: 20 MB.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// The most processes that one export may hold, those no longer in use included.
pub const MOST_PROCESSES: usize = 5_000;

/// What an export holds, in the order of the file. Processes that are no longer in use (`actief` is *Nee*)
/// are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// One for each process.
    pub items: Vec<Item>,
}

/// One process of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Fit to be imported.
    CaseType(ImportedCaseType),
    /// Not fit, and why.
    Rejected(Rejected),
}

/// A process that cannot become a case type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its code, if it has one.
    pub code: Option<String>,
    /// Its name, if it has one; cut short when it is too long.
    pub name: Option<String>,
    /// The line of the file where it begins, from 1.
    pub line: usize,
    /// Everything wrong with it, at once.
    pub problems: Vec<Text>,
}

/// A case type as an export describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedCaseType {
    /// What it is recognised by at the next import: the id of the process, such as `B1796`.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// What it is for; empty if the export does not say.
    pub description: String,
    /// How long a case may take.
    pub processing_term: Option<Term>,
    /// How confidential its cases are.
    pub confidentiality: Confidentiality,
    /// By *volgnummer*; never empty.
    pub steps: Vec<ImportedStep>,
    /// By *volgnummer*.
    pub result_types: Vec<ImportedResultType>,
}

/// A step of an imported case type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedStep {
    /// Its name.
    pub name: String,
    /// What it is about; empty if the export does not say.
    pub explanation: String,
    /// By *volgnummer*.
    pub checks: Vec<ImportedCheck>,
}

/// A check question of an imported step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedCheck {
    /// Its short name.
    pub name: String,
    /// The question, answered with yes or no.
    pub question: String,
    /// Whether the step closes only once it is answered (C8).
    pub required: bool,
}

/// How a case of an imported type can end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedResultType {
    /// Its name.
    pub name: String,
    /// What happens when the retention has run out.
    pub archive_action: ArchiveAction,
    /// How long the case is kept.
    pub retention: Option<Term>,
}

impl ImportedCaseType {
    /// A SHA-256 over everything that is imported, hexadecimal: the same hash is the same case type, so an
    /// import can tell what it would leave unchanged (C1).
    pub fn content_hash(&self) -> String {
        // Fields in the order declared, no maps: one spelling for one content. This cannot fail; were it
        // ever to, different contents still get different hashes.
        sha256_hex(&serde_json::to_vec(self).unwrap_or_else(|_| format!("{self:?}").into_bytes()))
    }
}

/// Why a file cannot be read as an export at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong, without the line.
    pub text: Text,
    /// Where, counted from 1, if it is somewhere.
    pub line: Option<usize>,
}

impl ImportError {
    fn new(text: Text) -> Self {
        Self { text, line: None }
    }

    fn at(line: usize, text: Text) -> Self {
        Self { text, line: Some(line) }
    }

    /// What is wrong and where, in one sentence.
    pub fn message(&self, language: Language) -> String {
        let text = self.text.get(language);
        match (self.line, language) {
            (None, _) => text.to_owned(),
            (Some(line), Language::Dutch) => format!("Regel {line}: {text}"),
            (Some(line), Language::English) => format!("Line {line}: {text}"),
        }
    }
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for ImportError {}

/// Reads an i-Navigator export (C1).
///
/// # Errors
///
/// When the file as a whole is unusable: larger than [`MOST_BYTES`], not UTF-8, not well-formed XML or cut
/// off, with a DOCTYPE, nested too deeply, another format or version, or more than [`MOST_PROCESSES`]
/// processes. What is wrong with one process only is an [`Item::Rejected`] and leaves the others be.
pub fn parse(bytes: &[u8]) -> Result<Export, ImportError> {
    if bytes.len() > MOST_BYTES {
        let most = MOST_BYTES / (1024 * 1024);
        return Err(ImportError::new(Text::new(
            format!("Het bestand is groter dan {most} MB."),
            format!("The file is larger than {most} MB."),
        )));
    }
    let mut items = inavigator::read(xml::decode(bytes)?)?;
    reject_duplicates(&mut items);
    Ok(Export { items: items.into_iter().map(|(_, item)| item).collect() })
}

/// A code that occurs twice says nothing about which of the two is meant, so neither is imported.
fn reject_duplicates(items: &mut [(usize, Item)]) {
    let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
    for (line, item) in items.iter() {
        let code = match item {
            Item::CaseType(case_type) => Some(&case_type.code),
            Item::Rejected(rejected) => rejected.code.as_ref(),
        };
        if let Some(code) = code {
            lines.entry(code.clone()).or_default().push(*line);
        }
    }
    for (line, item) in items.iter_mut() {
        let code = match item {
            Item::CaseType(case_type) => Some(&case_type.code),
            Item::Rejected(rejected) => rejected.code.as_ref(),
        };
        let others = code.and_then(|code| lines.get(code)).filter(|lines| lines.len() > 1);
        let Some(other) = others.and_then(|lines| lines.iter().find(|other| *other != line)) else {
            continue;
        };
        let problem = Text::new(
            format!("Deze code staat vaker in het bestand, ook op regel {other}."),
            format!("This code occurs more than once in the file, also on line {other}."),
        );
        match item {
            Item::CaseType(case_type) => {
                *item = Item::Rejected(Rejected {
                    code: Some(std::mem::take(&mut case_type.code)),
                    name: Some(std::mem::take(&mut case_type.name)),
                    line: *line,
                    problems: vec![problem],
                });
            }
            Item::Rejected(rejected) => rejected.problems.push(problem),
        }
    }
}
