//! Permissions about one task (T2, T4, T7).

use contract::{CaseState, EmployeeState, GroupId, ProblemCode, TaskId, TaskState};

use super::cases::{CaseRow, part};
use super::facts::{self, DossierRow};
use super::store::tasks as store;
pub use super::store::tasks::TaskRow;
use super::{Permission, Tx};
use crate::db::lock::{self, Hold, Table};
use crate::problem::{Outcome, Problem};
use crate::tasks::policy::{self, Facts};

/// A task and what its reader may do with it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The task.
    pub task: TaskRow,
    /// Its case.
    pub case: CaseRow,
    /// The case's dossier.
    pub dossier: DossierRow,
    /// What the reader is to it.
    pub facts: Facts,
}

fn look(tx: &mut Tx<'_>, id: TaskId, hold: Hold) -> Outcome<Checked> {
    if tx.writing {
        let place = store::place(tx.conn, tx.actor.office_id, id)?;
        // Nobody gets a task while they leave or are denied its dossier (P4).
        lock::rows(tx.conn, Table::Employees, [tx.actor.id], Hold::Share)?;
        match facts::employee(tx.conn, tx.actor.office_id, tx.actor.id)? {
            Some((_, EmployeeState::Active)) => {}
            _ => return Err(Problem::not_signed_in()),
        }
        lock::rows(tx.conn, Table::Dossiers, place.map(|(dossier, _)| dossier), Hold::Share)?;
        // The case before the task: closing it withdraws its tasks (C9).
        lock::rows(tx.conn, Table::Cases, place.map(|(_, case)| case), Hold::Share)?;
        lock::rows(tx.conn, Table::Tasks, [id], hold)?;
    }
    let (task, case) = store::task(tx.conn, tx.actor.office_id, id)?.ok_or_else(Problem::not_found)?;
    let dossier = facts::dossier(tx.conn, tx.actor.office_id, case.dossier_id)?
        .ok_or_else(|| Problem::internal("a case without its dossier"))?;
    let me = tx.actor.id;
    let known = Facts {
        denied: facts::decide(tx.conn, &dossier, me, true)?.denies(),
        holder: task.holder_id == Some(me),
        member: match task.tray_id {
            Some(tray) => member(tx, tray)?,
            None => false,
        },
        part: part(tx.conn, &case, me)?,
        state: task.state,
        in_tray: task.tray_id.is_some(),
        has_origin: task.origin_id.is_some(),
        case_open: case.state == CaseState::Open,
    };
    if policy::sees(known) {
        Ok(Checked { task, case, dossier, facts: known })
    } else {
        Err(Problem::not_found().hiding(known.denied))
    }
}

fn member(tx: &mut Tx<'_>, group: GroupId) -> Outcome<bool> {
    store::member(tx.conn, group, tx.actor.id)
}

/// See a task (T7).
#[derive(Debug)]
pub struct SeeTask;

impl Permission for SeeTask {
    type Key = TaskId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &TaskId) -> Outcome<Checked> {
        look(tx, *key, Hold::Share)
    }
}

/// Claim a task from a tray (T4). Whether it is still there is decided by the claim itself; who may see
/// the task because the tray was theirs a moment ago is told who has it now.
#[derive(Debug)]
pub struct ClaimTask;

impl Permission for ClaimTask {
    type Key = TaskId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &TaskId) -> Outcome<Checked> {
        match look(tx, *key, Hold::Update) {
            Ok(checked) if checked.facts.member || !checked.facts.in_tray => Ok(checked),
            Ok(_) => Err(Problem::forbidden(
                "U bent geen lid van de groep met deze werkbak.",
                "You are not a member of the group this tray belongs to.",
            )),
            Err(problem) if problem.code() == ProblemCode::NotFound => {
                Err(former_member(tx, *key)?.unwrap_or(problem))
            }
            Err(problem) => Err(problem),
        }
    }
}

/// For a member of the tray a task came from: who has it now (T4: "the others learn who has it"), or that it
/// is finished. Not for who is explicitly denied the dossier.
fn former_member(tx: &mut Tx<'_>, id: TaskId) -> Outcome<Option<Problem>> {
    let Some((task, case)) = store::task(tx.conn, tx.actor.office_id, id)? else { return Ok(None) };
    let (Some(origin), Some(holder)) = (task.origin_id, task.holder_id) else { return Ok(None) };
    let Some(dossier) = facts::dossier(tx.conn, tx.actor.office_id, case.dossier_id)? else {
        return Ok(None);
    };
    if !member(tx, origin)? || facts::decide(tx.conn, &dossier, tx.actor.id, true)?.denies() {
        return Ok(None);
    }
    if task.state != TaskState::Open {
        return Ok(Some(finished()));
    }
    let name = facts::employee(tx.conn, tx.actor.office_id, holder)?;
    let holder = name.map(|(name, _)| contract::EmployeeRef { id: holder, name });
    Ok(Some(Problem::already_claimed(holder)))
}

/// 409: the task has come to its end.
pub fn finished() -> Problem {
    Problem::conflict(
        "Deze taak is al afgerond of ingetrokken.",
        "This task was already completed or withdrawn.",
    )
}

macro_rules! task_permission {
    ($(#[$doc:meta])* $name:ident, $right:ident, $nl:literal, $en:literal) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Permission for $name {
            type Key = TaskId;
            type Row = Checked;
            const REFUSED_SEES: bool = true;
            fn check(tx: &mut Tx<'_>, key: &TaskId) -> Outcome<Checked> {
                let checked = look(tx, *key, Hold::Update)?;
                if checked.task.state != TaskState::Open || checked.case.state != CaseState::Open {
                    return Err(finished());
                }
                if policy::rights(checked.facts).$right {
                    Ok(checked)
                } else {
                    Err(Problem::forbidden($nl, $en))
                }
            }
        }
    };
}

task_permission!(
    /// Put a task back in the tray it came from: its holder (T4).
    ReleaseTask, release,
    "Alleen wie de taak heeft, geeft haar terug aan de werkbak waar ze vandaan kwam.",
    "Only who holds the task puts it back in the tray it came from."
);
task_permission!(
    /// Forward a task: its holder, a member of its tray's group, the case team (T2).
    ForwardTask, forward,
    "Alleen wie de taak heeft, de groep met deze werkbak en het zaakteam sturen haar door.",
    "Only who holds the task, the group with this tray and the case team forward it."
);
task_permission!(
    /// Complete a task: its holder (T4).
    CompleteTask, complete,
    "Alleen wie de taak heeft, rondt haar af.",
    "Only who holds the task completes it."
);
task_permission!(
    /// Change a task's text: the case team (C4).
    EditTask, edit,
    "U bent geen coördinator of ondersteuner van deze zaak.",
    "You are neither coordinator nor supporter of this case."
);

/// A team's tray: the members of its group (T7).
#[derive(Debug)]
pub struct SeeTray;

impl Permission for SeeTray {
    type Key = GroupId;
    type Row = GroupId;
    fn check(tx: &mut Tx<'_>, key: &GroupId) -> Outcome<GroupId> {
        crate::groups::store::find(tx, *key)?;
        if member(tx, *key)? {
            Ok(*key)
        } else {
            Err(Problem::forbidden(
                "Alleen leden van de groep zien haar werkbak.",
                "Only members of the group see its tray.",
            ))
        }
    }
}
