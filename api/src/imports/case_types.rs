//! Case types from an i-Navigator export, for a screen (C1).

use contract::{
    CaseTypeImport, CaseTypeImportItem, ImportCounts, ImportOutcome, ImportedChange, Language,
    StepOrderSource, Term, TermUnit,
};
use serde_json::json;

use crate::access::Tx;
use crate::case_types::import::{self, ImportedCaseType, Item};
use crate::case_types::revise::{self, Effect, Plan};
use crate::events::{self, Event};
use crate::problem::{Outcome, Problem};
use crate::secrets::sha256_hex;

fn term(term: Option<Term>) -> String {
    let unit = |unit: TermUnit| unit.as_str();
    term.map(|term| format!("{} {}", term.amount, unit(term.unit))).unwrap_or_default()
}

/// The names of steps, each with how many checks it has.
fn steps(case_type: &ImportedCaseType) -> String {
    let one = |step: &import::ImportedStep| format!("{} ({})", step.name, step.checks.len());
    case_type.steps.iter().map(one).collect::<Vec<_>>().join(" → ")
}

fn results(case_type: &ImportedCaseType) -> String {
    let one = |result: &import::ImportedResultType| {
        format!("{} ({} {})", result.name, result.archive_action, term(result.retention)).replace(" )", ")")
    };
    case_type.result_types.iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn changes(before: &ImportedCaseType, after: &ImportedCaseType) -> Vec<ImportedChange> {
    let fields = [
        ("name", before.name.clone(), after.name.clone()),
        ("description", before.description.clone(), after.description.clone()),
        ("processingTerm", term(before.processing_term), term(after.processing_term)),
        ("confidentiality", before.confidentiality.to_string(), after.confidentiality.to_string()),
        ("steps", steps(before), steps(after)),
        ("resultTypes", results(before), results(after)),
    ];
    let mut changes: Vec<ImportedChange> = fields
        .into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(field, from, to)| ImportedChange { field: field.to_owned(), from: Some(from), to })
        .collect();
    if changes.is_empty() && before != after {
        // Explanations and questions: too long to show both.
        changes.push(ImportedChange { field: "texts".to_owned(), from: None, to: String::new() });
    }
    changes
}

fn foreseen(plan: &Plan) -> CaseTypeImportItem {
    let (outcome, revision) = match plan.effect {
        Effect::Created => (ImportOutcome::Create, 1),
        Effect::Revised(revision) => (ImportOutcome::Change, revision),
        Effect::Unchanged => (ImportOutcome::Unchanged, plan.current_revision().unwrap_or(1)),
    };
    let case_type = &plan.case_type;
    CaseTypeImportItem {
        code: Some(case_type.code.clone()),
        name: Some(case_type.name.clone()),
        line: None,
        outcome,
        revision: Some(revision),
        steps: case_type.steps.iter().map(|step| step.name.clone()).collect(),
        step_order: if plan.order_kept { StepOrderSource::Corrected } else { StepOrderSource::File },
        changes: match (&plan.before, outcome) {
            (Some(before), ImportOutcome::Change) => changes(before, case_type),
            _ => Vec::new(),
        },
        problems: Vec::new(),
        case_type_id: plan.case_type_id(),
    }
}

/// An export that was read, before any transaction.
#[derive(Debug)]
pub struct CaseTypesFile {
    export: import::Export,
    /// What the file is known by.
    file: String,
}

impl CaseTypesFile {
    /// Reads an export.
    pub fn read(bytes: &[u8], language: Language) -> Outcome<Self> {
        let export = import::parse(bytes).map_err(|error| {
            Problem::invalid_field(
                language,
                "file",
                contract::validation::FieldCode::Malformed,
                &error.message(Language::Dutch),
                &error.message(Language::English),
            )
        })?;
        Ok(Self { export, file: sha256_hex(bytes) })
    }
}

/// What bringing an export in would do.
pub fn look(tx: &mut Tx<'_>, read: &CaseTypesFile) -> Outcome<CaseTypeImport> {
    let CaseTypesFile { export, file } = read;
    let mut items = Vec::with_capacity(export.items.len());
    for item in &export.items {
        items.push(match item {
            Item::CaseType(case_type) => foreseen(&revise::plan(tx.conn, tx.actor.office_id, case_type)?),
            Item::Rejected(rejected) => CaseTypeImportItem {
                code: rejected.code.clone(),
                name: rejected.name.clone(),
                line: u32::try_from(rejected.line).ok(),
                outcome: ImportOutcome::Rejected,
                revision: None,
                steps: Vec::new(),
                step_order: StepOrderSource::File,
                changes: Vec::new(),
                problems: rejected
                    .problems
                    .iter()
                    .map(|problem| problem.get(tx.language).to_owned())
                    .collect(),
                case_type_id: None,
            },
        });
    }
    let mut counts = ImportCounts::default();
    for item in &items {
        counts.add(item.outcome);
    }
    let happens: Vec<_> = items
        .iter()
        .map(|item| (&item.code, item.outcome, item.revision, &item.steps, &item.changes))
        .collect();
    let digest = sha256_hex(json!([file, happens]).to_string().as_bytes());
    Ok(CaseTypeImport { committed: false, counts, items, digest })
}

/// Brings in what is good of an export that was looked at in this transaction.
pub fn bring_in(
    tx: &mut Tx<'_>,
    read: &CaseTypesFile,
    mut report: CaseTypeImport,
) -> Outcome<CaseTypeImport> {
    let CaseTypesFile { export, file } = read;
    let by = events::by(tx);
    for (item, shown) in export.items.iter().zip(&mut report.items) {
        if let Item::CaseType(case_type) = item {
            let (id, _) = revise::bring_in(tx.conn, tx.actor.office_id, case_type, &by)?;
            shown.case_type_id = Some(id);
        }
    }
    if report.counts.create + report.counts.change > 0 {
        let office = tx.actor.office_id;
        let values = json!({ "kind": "case-types", "counts": report.counts, "file": file });
        events::record(tx, Event::of("import.done", "office", office).new_values(values))?;
    }
    report.committed = true;
    Ok(report)
}
