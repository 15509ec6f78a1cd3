//! New revisions of case types: from an import, or because a person corrects the order of the steps (C1).
//! Cases that run keep the revision they were opened with.

mod store;

use contract::{CaseType, CaseTypeId, OfficeId, StepTypeId};
use serde_json::json;

use super::import::{ImportedCaseType, ImportedCheck, ImportedResultType, ImportedStep};
use crate::access::Tx;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::problem::Outcome;

/// What an import does with one case type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It is new to this office.
    Created,
    /// It differs from what the office has, and becomes this revision. Cases that run keep theirs.
    Revised(i32),
    /// It is what the office has already.
    Unchanged,
}

/// What an import would do with one case type.
#[derive(Debug)]
pub struct Plan {
    /// In short.
    pub effect: Effect,
    /// As it will be.
    pub case_type: ImportedCaseType,
    /// As it is, if it is there.
    pub before: Option<ImportedCaseType>,
    /// Whether its steps stay in the order a person put them in, rather than that of the file.
    pub order_kept: bool,
    current: Option<store::Current>,
}

impl Plan {
    /// The case type, if it is there.
    pub fn case_type_id(&self) -> Option<CaseTypeId> {
        self.current.as_ref().map(|current| current.id)
    }

    /// The revision it has now, if it is there.
    pub fn current_revision(&self) -> Option<i32> {
        self.current.as_ref().map(|current| current.revision)
    }
}

/// The steps of an import in the order a person gave their predecessors. A step that is new comes after the
/// one it follows in the file.
fn in_order(steps: &[ImportedStep], corrected: &[ImportedStep]) -> Vec<ImportedStep> {
    let mut left: Vec<Option<&ImportedStep>> = steps.iter().map(Some).collect();
    let mut places: Vec<usize> = Vec::with_capacity(steps.len());
    for known in corrected {
        let found = left.iter().position(|step| step.is_some_and(|step| step.name == known.name));
        if let Some(place) = found {
            left[place] = None;
            places.push(place);
        }
    }
    for (place, _) in left.iter().enumerate().filter(|(_, step)| step.is_some()) {
        let after = place.checked_sub(1).and_then(|before| places.iter().position(|found| *found == before));
        places.insert(after.map_or(0, |position| position + 1), place);
    }
    places.into_iter().filter_map(|place| steps.get(place).cloned()).collect()
}

/// What an import would do with one case type, without doing it.
pub fn plan(conn: &mut Conn, office: OfficeId, imported: &ImportedCaseType) -> Outcome<Plan> {
    let mut case_type = imported.clone();
    let Some(current) = store::current(conn, office, &imported.code)? else {
        return Ok(Plan {
            effect: Effect::Created,
            case_type,
            before: None,
            order_kept: false,
            current: None,
        });
    };
    let before = store::content(conn, &imported.code, current.revision_id)?;
    if current.order_corrected {
        case_type.steps = in_order(&imported.steps, &before.steps);
    }
    let order_kept = current.order_corrected && case_type.steps != imported.steps;
    let effect = if current.content_hash == case_type.content_hash() {
        Effect::Unchanged
    } else {
        Effect::Revised(current.revision + 1)
    };
    Ok(Plan { effect, case_type, before: Some(before), order_kept, current: Some(current) })
}

/// Does it, in the caller's transaction.
pub fn bring_in(
    conn: &mut Conn,
    office: OfficeId,
    imported: &ImportedCaseType,
    by: &By,
) -> Outcome<(CaseTypeId, Effect)> {
    let plan = plan(conn, office, imported)?;
    let (id, kind) = match (plan.effect, plan.current) {
        (Effect::Unchanged, Some(current)) => return Ok((current.id, plan.effect)),
        (Effect::Revised(revision), Some(current)) => {
            store::set_revision(conn, current.id, current.revision, revision)?;
            store::insert_revision(conn, current.id, revision, &plan.case_type, current.order_corrected)?;
            (current.id, "case-type.revised")
        }
        _ => {
            let id = store::insert(conn, office, &imported.code)?;
            store::insert_revision(conn, id, 1, &plan.case_type, false)?;
            (id, "case-type.created")
        }
    };
    events::record_by(
        conn,
        by,
        Event::of(kind, "case-type", id).new_values(json!({ "code": imported.code, "name": imported.name,
            "steps": imported.steps.len(), "resultTypes": imported.result_types.len() })),
    )?;
    Ok((id, plan.effect))
}

/// A case type as an import would describe it.
fn as_imported(case_type: &CaseType) -> ImportedCaseType {
    ImportedCaseType {
        code: case_type.code.clone(),
        name: case_type.name.clone(),
        description: case_type.description.clone(),
        processing_term: case_type.processing_term,
        confidentiality: case_type.confidentiality,
        steps: case_type
            .steps
            .iter()
            .map(|step| ImportedStep {
                name: step.name.clone(),
                explanation: step.explanation.clone(),
                checks: step
                    .checks
                    .iter()
                    .map(|check| ImportedCheck {
                        name: check.name.clone(),
                        question: check.question.clone(),
                        required: check.required,
                    })
                    .collect(),
            })
            .collect(),
        result_types: case_type
            .result_types
            .iter()
            .map(|result| ImportedResultType {
                name: result.name.clone(),
                archive_action: result.archive_action,
                retention: result.retention,
            })
            .collect(),
    }
}

/// Makes a revision with the same steps in another order; `order` holds each of them once.
pub fn reorder(tx: &mut Tx<'_>, before: &CaseType, order: &[StepTypeId]) -> Outcome<()> {
    let mut after = before.clone();
    after.steps.sort_by_key(|step| order.iter().position(|id| *id == step.id));
    let names = |case_type: &CaseType| json!({ "steps": case_type.steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>() });
    store::set_revision(tx.conn, before.id, before.revision, before.revision + 1)?;
    store::insert_revision(tx.conn, before.id, before.revision + 1, &as_imported(&after), true)?;
    events::record(
        tx,
        Event::of("case-type.steps-ordered", "case-type", before.id)
            .old(names(before))
            .new_values(names(&after)),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(names: &str) -> Vec<ImportedStep> {
        let one = |name: &str| ImportedStep {
            name: name.to_owned(),
            explanation: String::new(),
            checks: Vec::new(),
        };
        names.split_whitespace().map(one).collect()
    }

    #[test]
    fn a_corrected_order_survives_what_is_new_and_what_is_gone() {
        for (file, corrected, expected) in [
            ("a b c", "a b c", "a b c"),
            ("a b c", "c a b", "c a b"),
            ("a b c d", "c b a", "c d b a"),
            ("n a b", "b a", "n b a"),
            ("a c", "c b a", "c a"),
            ("a a b", "b a a", "b a a"),
            ("x y", "a b", "x y"),
        ] {
            assert_eq!(in_order(&steps(file), &steps(corrected)), steps(expected), "{file}; {corrected}");
        }
    }
}
