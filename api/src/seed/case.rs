//! One case: in which dossier, of which type, run by whom, and how far its steps are (C3, C6, C8).

use chrono::{NaiveDateTime, TimeDelta};
use contract::{Answer, CaseId, CaseState, Day, StepId, StepState};

use super::calendar::{day, later, share};
use super::dice::{Dice, For};
use super::dossier::Dossier;
use super::kinds::Kind;
use super::office::Office;
use super::store::*;
use super::{task, words};
use crate::text::fold;

/// A case on its way into the batch.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) office: &'a Office,
    pub(super) id: CaseId,
    pub(super) at: NaiveDateTime,
    pub(super) dossier: Dossier,
    /// Coordinator first, then the supporters; places in the office. None of them is denied the dossier (C6).
    pub(super) team: Vec<usize>,
    /// When it was closed, if it was.
    pub(super) closed: Option<NaiveDateTime>,
    /// Whether it has a task among the post.
    pub(super) post: bool,
}

/// One in so many dossiers is busy: half of all cases are in those.
const BUSY: usize = 10;
/// Of a hundred cases so many are open.
const OPEN: usize = 30;

impl Case<'_> {
    /// How long it has been going on, or did.
    pub(super) fn life(&self) -> TimeDelta {
        self.closed.unwrap_or(self.office.calendar.now()) - self.at
    }
}

/// An employee who may have a part in a dossier's cases, and is none of `but`. There always is one: a dossier is denied to
/// one ordinary group at most, and no department holds everybody.
fn someone(office: &Office, dice: &mut Dice, dossier: &Dossier, but: &[usize]) -> usize {
    loop {
        let one = dice.within(&office.shape.others());
        if !but.contains(&one) && !dossier.is_denied_to(office, one) {
            return one;
        }
    }
}

fn dossier_of(office: &Office, dice: &mut Dice, index: usize, post: bool) -> Dossier {
    let there = office.calendar.dossiers_at(index);
    loop {
        let any = dice.below(there);
        let chosen = if dice.happens(500) { any / BUSY * BUSY } else { any };
        let dossier = Dossier::at(office, chosen);
        if !(post && dossier.archived) {
            return dossier;
        }
    }
}

/// Writes the case with that number, from 0, with its team, steps, answers and tasks.
pub(super) fn write(office: &Office, index: usize, batch: &mut Batch) {
    let dice = &mut Dice::of(office.seed, For::Case, office.index, index);
    let Some(kind) = office.kinds.choose(dice) else { return };
    let called = office.calls.get(&index).copied().unwrap_or_default();
    let dossier = match called.dossier {
        Some(chosen) => Dossier::at(office, chosen),
        None => dossier_of(office, dice, index, called.post),
    };
    let at = office.calendar.case(index);
    let mut team = vec![called.coordinator.unwrap_or_else(|| someone(office, dice, &dossier, &[]))];
    for _ in 0..dice.below(3) {
        team.push(someone(office, dice, &dossier, &team));
    }
    let passed = office.calendar.now() - at;
    let closed = (!is_open(office, dice, called.post, &dossier))
        .then(|| later(at, share(passed.min(TimeDelta::days(200)), 1 + dice.below(998), 1000)));
    let case = Case { office, id: CaseId(dice.id(at)), at, dossier, team, closed, post: called.post };
    case.itself(dice, kind, index, batch);
    let supporters = case.team.iter().skip(1);
    batch.case_supporters.extend(
        supporters.map(|place| SupporterRow { case_id: case.id, employee_id: office.employees[*place] }),
    );
    case.steps(dice, kind, batch);
    task::write(&case, dice, batch);
}

/// Three in ten are open, those with a task among the post included.
fn is_open(office: &Office, dice: &mut Dice, post: bool, dossier: &Dossier) -> bool {
    let shape = &office.shape;
    let left = (shape.cases * OPEN / 100).saturating_sub(shape.post);
    // Thrown in any case, so that one case more or less among the post changes no other throw.
    let open = dice.below(shape.cases - shape.post) < left;
    post || (open && !dossier.archived)
}

impl Case<'_> {
    fn itself(&self, dice: &mut Dice, kind: &Kind, index: usize, batch: &mut Batch) {
        let office = self.office;
        let start_date: Day = day(self.at);
        let deadline = kind.term.after(start_date);
        let three_quarters = |deadline: Day| {
            start_date.checked_add_signed((deadline - start_date) * 3 / 4).unwrap_or(deadline)
        };
        let target_date = dice.happens(500).then(|| deadline.map(three_quarters)).flatten();
        let title = format!("{}, {}", kind.name, words::address(dice));
        let coordinator_id = office.employees[self.team[0]];
        let result = kind.results.get(dice.below(kind.results.len())).copied();
        batch.cases.push(CaseRow {
            id: self.id,
            office_id: office.id,
            dossier_id: self.dossier.id,
            case_type_id: kind.id,
            revision_id: kind.revision,
            number: office.calendar.case_number(index),
            title_folded: fold(&title),
            title,
            state: if self.closed.is_some() { CaseState::Closed } else { CaseState::Open },
            start_date,
            target_date,
            deadline,
            coordinator_id,
            closed_at: self.closed,
            closed_by: self.closed.map(|_| coordinator_id),
            result_type_id: self.closed.and(result),
            created_at: self.at,
            version: if self.closed.is_some() { 2 } else { 1 },
        });
    }

    /// All steps of its type: finished when it is closed, the first few when it is open.
    fn steps(&self, dice: &mut Dice, kind: &Kind, batch: &mut Batch) {
        let count = kind.steps.len();
        let finished = if self.closed.is_some() { count } else { dice.below(count) };
        for (place, (step_type_id, checks)) in kind.steps.iter().enumerate() {
            let position = i32::try_from(place + 1).unwrap_or(i32::MAX);
            let id = StepId(dice.id(later(self.at, TimeDelta::milliseconds(i64::from(position)))));
            let state = match place < finished {
                false => StepState::Open,
                true if dice.happens(50) => StepState::Skipped,
                true => StepState::Closed,
            };
            let done = state != StepState::Open;
            batch.case_steps.push(StepRow {
                id,
                case_id: self.id,
                step_type_id: *step_type_id,
                position,
                state,
                note: if dice.happens(100) { dice.word(words::NOTES) } else { "" },
                skip_reason: (state == StepState::Skipped).then(|| dice.word(words::SKIPPED)),
                finished_at: done.then(|| later(self.at, share(self.life(), place + 1, count + 1))),
                finished_by: done.then(|| self.office.employees[self.team[0]]),
                version: if done { 2 } else { 1 },
            });
            if kind.careful && state == StepState::Closed {
                for check_id in checks {
                    let answer = if dice.happens(900) { Answer::Yes } else { Answer::No };
                    batch.case_answers.push(AnswerRow { step_id: id, check_id: *check_id, answer });
                }
            }
        }
    }
}
