//! Case types with their steps, checks and results (C1), who is authorised for them (C2), and how often they occur.

use contract::{
    ArchiveAction, CaseTypeId, CaseTypeRevisionId, CheckId, Confidentiality, ResultTypeId, StepTypeId, Term,
    TermUnit,
};

use super::dice::Dice;
use super::office::Office;
use super::store::*;
use super::type_names::{CHECKS, FIRST_AND_LAST, RESULTS, STEPS, TYPES};
use crate::case_types::import::{ImportedCaseType, ImportedCheck, ImportedResultType, ImportedStep};
use crate::text::fold;

/// What a case takes from its type.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) id: CaseTypeId,
    pub(super) revision: CaseTypeRevisionId,
    pub(super) name: String,
    pub(super) term: Term,
    pub(super) steps: Vec<(StepTypeId, Vec<CheckId>)>,
    pub(super) results: Vec<ResultTypeId>,
    /// Whether its checks are required, so that whoever closes a step has answered them (C8).
    pub(super) careful: bool,
}

/// All types of an office, and how often each occurs.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
    /// Up to where each reaches when they lie end to end.
    reach: Vec<usize>,
}

/// Together the rarest types, whose checks are required, have so many of a hundred cases.
const CAREFUL: usize = 5;

/// The second type occurs half as often as the first, the third a third as often.
fn weight(place: usize) -> usize {
    1_000_000 / (place + 1)
}

fn place(position: usize) -> i32 {
    i32::try_from(position + 1).unwrap_or(i32::MAX)
}

fn described(dice: &mut Dice, number: usize, name: &str, careful: bool) -> ImportedCaseType {
    let step = |dice: &mut Dice, name: &str| {
        let checks = 1 + dice.below(3);
        let check = |place: usize| {
            let (name, question) = CHECKS[place];
            ImportedCheck { name: name.to_owned(), question: question.to_owned(), required: careful }
        };
        ImportedStep {
            name: name.to_owned(),
            explanation: String::new(),
            checks: dice.some(&(0..CHECKS.len()), checks).into_iter().map(check).collect(),
        }
    };
    let between = 1 + dice.below(STEPS.len());
    let mut middle = dice.some(&(0..STEPS.len()), between);
    middle.sort_unstable();
    let (first, last) = FIRST_AND_LAST;
    let names = [first].into_iter().chain(middle.into_iter().map(|place| STEPS[place])).chain([last]);
    let steps = names.map(|name| step(dice, name)).collect();
    let ends = 2 + dice.below(3);
    let result = |dice: &mut Dice, place: usize| {
        let kept = dice.happens(100);
        let years = [1, 5, 7, 10][dice.below(4)];
        ImportedResultType {
            name: RESULTS[place].to_owned(),
            archive_action: if kept { ArchiveAction::Keep } else { ArchiveAction::Destroy },
            retention: Some(Term { amount: if kept { 20 } else { years }, unit: TermUnit::Year }),
        }
    };
    let ends = dice.some(&(0..RESULTS.len()), ends);
    ImportedCaseType {
        code: format!("B{:04}", number + 1),
        name: name.to_owned(),
        description: format!("Alles over: {}.", name.to_lowercase()),
        processing_term: Some(Term { amount: [2, 4, 6, 8, 13, 26][dice.below(6)], unit: TermUnit::Week }),
        confidentiality: [
            Confidentiality::Public,
            Confidentiality::Internal,
            Confidentiality::CaseConfidential,
            Confidentiality::Confidential,
        ][dice.below(4)],
        steps,
        result_types: ends.into_iter().map(|place| result(dice, place)).collect(),
    }
}

fn split(term: Option<Term>) -> (Option<i32>, Option<TermUnit>) {
    (term.and_then(|term| i32::try_from(term.amount).ok()), term.map(|term| term.unit))
}

impl Kinds {
    /// Makes an office's types.
    pub(super) fn make(office: &Office, dice: &mut Dice, batch: &mut Batch) -> Self {
        let names = TYPES.get(..office.shape.case_types).unwrap_or(TYPES);
        let all: usize = (0..names.len()).map(weight).sum();
        let mut kinds = Self::default();
        for (number, name) in names.iter().enumerate() {
            let rarer: usize = (number..names.len()).map(weight).sum();
            let careful = rarer * 100 <= all * CAREFUL;
            let case_type = described(dice, number, name, careful);
            let kind = write(office, dice, batch, &case_type, careful);
            authorise(office, dice, batch, kind.id);
            kinds.kinds.push(kind);
            kinds.reach.push(kinds.reach.last().copied().unwrap_or(0) + weight(number));
        }
        kinds
    }

    /// One of them, by how often they occur.
    pub(super) fn choose(&self, dice: &mut Dice) -> Option<&Kind> {
        let point = dice.below(self.reach.last().copied()?);
        self.kinds.get(self.reach.partition_point(|reach| *reach <= point))
    }
}

fn write(
    office: &Office,
    dice: &mut Dice,
    batch: &mut Batch,
    case_type: &ImportedCaseType,
    careful: bool,
) -> Kind {
    let at = office.calendar.start();
    let (id, revision) = (CaseTypeId(dice.id(at)), CaseTypeRevisionId(dice.id(at)));
    batch.case_types.push(CaseTypeRow {
        id,
        office_id: office.id,
        code: case_type.code.clone(),
        revision: 1,
        created_at: at,
        version: 1,
    });
    let (processing_amount, processing_unit) = split(case_type.processing_term);
    batch.case_type_revisions.push(RevisionRow {
        id: revision,
        case_type_id: id,
        revision: 1,
        name: case_type.name.clone(),
        name_folded: fold(&case_type.name),
        description: case_type.description.clone(),
        processing_amount,
        processing_unit,
        confidentiality: case_type.confidentiality,
        content_hash: case_type.content_hash(),
        created_at: at,
    });
    let mut steps = Vec::new();
    for (position, step) in case_type.steps.iter().enumerate() {
        let step_id = StepTypeId(dice.id(at));
        batch.step_types.push(StepTypeRow {
            id: step_id,
            revision_id: revision,
            position: place(position),
            name: step.name.clone(),
            explanation: step.explanation.clone(),
        });
        let mut checks = Vec::new();
        for (position, check) in step.checks.iter().enumerate() {
            let check_id = CheckId(dice.id(at));
            batch.check_types.push(CheckTypeRow {
                id: check_id,
                step_type_id: step_id,
                position: place(position),
                name: check.name.clone(),
                question: check.question.clone(),
                required: check.required,
            });
            checks.push(check_id);
        }
        steps.push((step_id, checks));
    }
    let mut results = Vec::new();
    for (position, result) in case_type.result_types.iter().enumerate() {
        let result_id = ResultTypeId(dice.id(at));
        let (retention_amount, retention_unit) = split(result.retention);
        batch.result_types.push(ResultTypeRow {
            id: result_id,
            revision_id: revision,
            position: place(position),
            name: result.name.clone(),
            archive_action: result.archive_action,
            retention_amount,
            retention_unit,
        });
        results.push(result_id);
    }
    let term = case_type.processing_term.unwrap_or(Term { amount: 8, unit: TermUnit::Week });
    Kind { id, revision, name: case_type.name.clone(), term, steps, results, careful }
}

/// Eight departments and teams, and five employees, may open cases of it.
fn authorise(office: &Office, dice: &mut Dice, batch: &mut Batch, case_type_id: CaseTypeId) {
    let groups = dice.some(&office.shape.formal_range(), 8).into_iter();
    batch
        .case_type_groups
        .extend(groups.map(|group| TypeGroupRow { case_type_id, group_id: office.groups[group] }));
    let employees = dice.some(&office.shape.others(), 5).into_iter();
    batch.case_type_employees.extend(
        employees.map(|employee| TypeEmployeeRow { case_type_id, employee_id: office.employees[employee] }),
    );
}
