//! The tasks of one case: in a tray, with someone of its team, or done (T1, T4).

use chrono::{NaiveDateTime, TimeDelta};
use contract::{GroupId, TaskId, TaskState};

use super::calendar::{day, later, share};
use super::case::Case;
use super::dice::Dice;
use super::shape::Own;
use super::store::*;
use super::words;

/// Where a task is.
enum Place {
    Tray(GroupId),
    /// Of whom in the case's team, and from which tray they took it.
    With(usize, Option<GroupId>),
}

/// Writes a case's tasks: half a task a case.
pub(super) fn write(case: &Case<'_>, dice: &mut Dice, batch: &mut Batch) {
    let many = match dice.below(10) {
        0 => 2,
        1..=3 => 1,
        _ => usize::from(case.post),
    };
    for number in 0..many {
        one(case, dice, batch, case.post && number == 0);
    }
}

fn one(case: &Case<'_>, dice: &mut Dice, batch: &mut Batch, post: bool) {
    let office = case.office;
    let created_at = later(case.at, share(case.life(), dice.below(999), 1000));
    let end = later(case.at, case.life());
    let finished = later(created_at, share(end - created_at, 1 + dice.below(998), 1000));
    let open = post || (case.closed.is_none() && dice.happens(600));
    let team = office.groups[case.dossier.team];
    let held = |dice: &mut Dice| {
        Place::With(case.team[dice.below(case.team.len())], dice.happens(500).then_some(team))
    };
    let (state, place) = if post {
        (TaskState::Open, Place::Tray(office.groups[office.shape.own(Own::Post)]))
    } else if open && dice.happens(500) {
        (TaskState::Open, Place::Tray(team))
    } else if open {
        (TaskState::Open, held(dice))
    } else if dice.happens(150) {
        (TaskState::Withdrawn, Place::Tray(team))
    } else {
        (TaskState::Completed, held(dice))
    };
    let (holder, tray_id, origin_id) = match place {
        Place::Tray(group) => (None, Some(group), Some(group)),
        Place::With(holder, origin) => (Some(holder), None, origin),
    };
    let coordinator = office.employees[case.team[0]];
    let holder_id = holder.map(|place| office.employees[place]);
    let days = TimeDelta::days(i64::try_from(3 + dice.below(57)).unwrap_or(30));
    let when = |done: bool, at: NaiveDateTime| done.then_some(at);
    batch.tasks.push(TaskRow {
        id: TaskId(dice.id(created_at)),
        office_id: office.id,
        case_id: case.id,
        title: dice.word(words::TASKS),
        description: dice.word(words::EXPLANATIONS),
        due_date: dice.happens(800).then(|| day(later(created_at, days))),
        state,
        holder_id,
        tray_id,
        origin_id,
        result: (state == TaskState::Completed).then(|| dice.word(words::RESULTS)),
        created_by: coordinator,
        created_at,
        finished_at: when(state != TaskState::Open, finished),
        finished_by: (state != TaskState::Open).then_some(holder_id.unwrap_or(coordinator)),
        version: if state == TaskState::Open { 1 } else { 2 },
    });
}
