use std::collections::{BTreeMap, BTreeSet};

use contract::{
    CaseId, CaseState, DossierId, DossierState, EmployeeId, EmployeeState, GroupId, GroupRef, HandOverItem,
    TaskId, TaskState, WorkKind,
};
use diesel::prelude::*;
use uuid::Uuid;

use super::Scope;
use crate::access::Tx;
use crate::access::visibility::Visibility;
use crate::db::schema::{case_supporters, cases, dossiers, employees, groups, tasks};
use crate::problem::{Outcome, Problem};

/// One piece of work someone holds.
#[derive(Debug, Clone)]
pub struct Work {
    /// In what capacity.
    pub kind: WorkKind,
    /// The case, task or dossier.
    pub id: Uuid,
    /// Its number; for a task that of its case.
    pub number: String,
    /// Who holds it.
    pub holder: EmployeeId,
    /// In which dossier.
    pub dossier: DossierId,
    /// For a task: the tray it came from.
    pub origin: Option<GroupRef>,
}

impl Work {
    /// Whether an item of a plan is about this.
    pub fn is(&self, item: &HandOverItem) -> bool {
        self.kind == item.kind && self.id == item.id && self.holder == item.from
    }

    /// Whether this is supporting a case.
    pub fn is_supporter_of(&self, case: CaseId) -> bool {
        self.kind == WorkKind::Supporter && self.id == case.0
    }
}

/// What is with someone inactive or explicitly denied, within a scope.
pub(super) fn stranded(tx: &mut Tx<'_>, scope: &Scope) -> Outcome<Vec<Work>> {
    let held = held(tx, scope, false)?;
    let mut by_holder: BTreeMap<EmployeeId, Vec<Work>> = BTreeMap::new();
    for work in held {
        by_holder.entry(work.holder).or_default().push(work);
    }
    let mut stranded = Vec::new();
    for (holder, works) in by_holder {
        let state: EmployeeState = employees::table.find(holder).select(employees::state).first(tx.conn)?;
        if state == EmployeeState::Deactivated {
            stranded.extend(works);
            continue;
        }
        let candidates: BTreeSet<DossierId> = works.iter().map(|work| work.dossier).collect();
        let denied: Vec<DossierId> = dossiers::table
            .filter(dossiers::id.eq_any(candidates))
            .filter(Visibility(holder).denied())
            .select(dossiers::id)
            .load(tx.conn)?;
        stranded.extend(works.into_iter().filter(|work| denied.contains(&work.dossier)));
    }
    sort(&mut stranded);
    Ok(stranded)
}

/// All that someone holds, and the closed cases they coordinate.
pub(super) fn work_of(tx: &mut Tx<'_>, employee: EmployeeId) -> Outcome<Vec<Work>> {
    let mut held = held(tx, &Scope::people(&[employee]), true)?;
    sort(&mut held);
    Ok(held)
}

fn sort(works: &mut [Work]) {
    works.sort_by(|a, b| (a.kind, &a.number, a.id).cmp(&(b.kind, &b.number, b.id)));
}

macro_rules! within {
    ($query:expr, $scope:expr, $holder:expr, $dossier:expr) => {
        match $scope {
            Scope::People(people) => $query.filter($holder.eq_any(people.clone())).into_boxed(),
            Scope::Dossier(dossier) => $query.filter($dossier.eq(*dossier)).into_boxed(),
        }
    };
}

fn held(tx: &mut Tx<'_>, scope: &Scope, closed_cases: bool) -> Outcome<Vec<Work>> {
    if matches!(scope, Scope::People(people) if people.is_empty()) {
        return Ok(Vec::new());
    }
    let office = tx.actor.office_id;
    let mut held = Vec::new();

    let coordinated = cases::table.filter(cases::office_id.eq(office)).select((
        cases::id,
        cases::number,
        cases::coordinator_id,
        cases::dossier_id,
    ));
    let mut coordinated = within!(coordinated, scope, cases::coordinator_id, cases::dossier_id);
    if !closed_cases {
        coordinated = coordinated.filter(cases::state.eq(CaseState::Open));
    }
    let rows: Vec<(CaseId, String, EmployeeId, DossierId)> = coordinated.load(tx.conn)?;
    held.extend(rows.into_iter().map(|(id, number, holder, dossier)| Work {
        kind: WorkKind::Coordinator,
        id: id.0,
        number,
        holder,
        dossier,
        origin: None,
    }));

    let supporters = case_supporters::table
        .inner_join(cases::table)
        .filter(cases::office_id.eq(office))
        .filter(cases::state.eq(CaseState::Open))
        .select((cases::id, cases::number, case_supporters::employee_id, cases::dossier_id));
    let rows: Vec<(CaseId, String, EmployeeId, DossierId)> =
        within!(supporters, scope, case_supporters::employee_id, cases::dossier_id).load(tx.conn)?;
    held.extend(rows.into_iter().map(|(id, number, holder, dossier)| Work {
        kind: WorkKind::Supporter,
        id: id.0,
        number,
        holder,
        dossier,
        origin: None,
    }));

    let open_tasks = tasks::table
        .inner_join(cases::table)
        .left_join(groups::table.on(tasks::origin_id.eq(groups::id.nullable())))
        .filter(tasks::office_id.eq(office))
        .filter(tasks::state.eq(TaskState::Open))
        .filter(tasks::holder_id.is_not_null())
        .select((
            tasks::id,
            cases::number,
            tasks::holder_id.assume_not_null(),
            cases::dossier_id,
            groups::id.nullable(),
            groups::name.nullable(),
        ));
    type TaskHeld = (TaskId, String, EmployeeId, DossierId, Option<GroupId>, Option<String>);
    let rows: Vec<TaskHeld> =
        within!(open_tasks, scope, tasks::holder_id.assume_not_null(), cases::dossier_id).load(tx.conn)?;
    held.extend(rows.into_iter().map(|(id, number, holder, dossier, group, name)| Work {
        kind: WorkKind::Task,
        id: id.0,
        number,
        holder,
        dossier,
        origin: group.zip(name).map(|(id, name)| GroupRef { id, name }),
    }));

    let managed = dossiers::table
        .filter(dossiers::office_id.eq(office))
        .filter(dossiers::state.eq(DossierState::Active))
        .filter(dossiers::manager_id.is_not_null())
        .select((dossiers::id, dossiers::number, dossiers::manager_id.assume_not_null()));
    let rows: Vec<(DossierId, String, EmployeeId)> =
        within!(managed, scope, dossiers::manager_id.assume_not_null(), dossiers::id).load(tx.conn)?;
    held.extend(rows.into_iter().map(|(id, number, holder)| Work {
        kind: WorkKind::DossierManager,
        id: id.0,
        number,
        holder,
        dossier: id,
        origin: None,
    }));
    Ok(held)
}

/// Someone changed the work between looking and passing it on; look again.
fn one(changed: usize) -> Outcome<()> {
    if changed == 1 { Ok(()) } else { Err(Problem::busy().run_again()) }
}

pub(super) fn replace_coordinator(tx: &mut Tx<'_>, work: &Work, to: EmployeeId) -> Outcome<()> {
    let case = CaseId(work.id);
    one(diesel::update(
        cases::table.filter(cases::id.eq(case)).filter(cases::coordinator_id.eq(work.holder)),
    )
    .set((cases::coordinator_id.eq(to), cases::version.eq(cases::version + 1)))
    .execute(tx.conn)?)?;
    diesel::delete(case_supporters::table.find((case, to))).execute(tx.conn)?;
    Ok(())
}

pub(super) fn replace_supporter(tx: &mut Tx<'_>, work: &Work, to: Option<EmployeeId>) -> Outcome<()> {
    let case = CaseId(work.id);
    one(diesel::delete(case_supporters::table.find((case, work.holder))).execute(tx.conn)?)?;
    let coordinator: EmployeeId = cases::table.find(case).select(cases::coordinator_id).first(tx.conn)?;
    if let Some(to) = to.filter(|to| *to != coordinator) {
        let already: i64 = case_supporters::table.find((case, to)).count().get_result(tx.conn)?;
        if already == 0 {
            diesel::insert_into(case_supporters::table)
                .values((case_supporters::case_id.eq(case), case_supporters::employee_id.eq(to)))
                .execute(tx.conn)?;
        }
    }
    one(diesel::update(cases::table.find(case))
        .set(cases::version.eq(cases::version + 1))
        .execute(tx.conn)?)
}

pub(super) fn give_task(tx: &mut Tx<'_>, work: &Work, to: EmployeeId) -> Outcome<()> {
    one(diesel::update(
        tasks::table
            .filter(tasks::id.eq(TaskId(work.id)))
            .filter(tasks::holder_id.eq(work.holder))
            .filter(tasks::state.eq(TaskState::Open)),
    )
    .set((tasks::holder_id.eq(to), tasks::version.eq(tasks::version + 1)))
    .execute(tx.conn)?)
}

pub(super) fn return_task(tx: &mut Tx<'_>, work: &Work) -> Outcome<()> {
    one(diesel::update(
        tasks::table
            .filter(tasks::id.eq(TaskId(work.id)))
            .filter(tasks::holder_id.eq(work.holder))
            .filter(tasks::origin_id.is_not_null())
            .filter(tasks::state.eq(TaskState::Open)),
    )
    .set((
        tasks::holder_id.eq(None::<EmployeeId>),
        tasks::tray_id.eq(tasks::origin_id),
        tasks::version.eq(tasks::version + 1),
    ))
    .execute(tx.conn)?)
}

pub(super) fn replace_manager(tx: &mut Tx<'_>, work: &Work, to: Option<EmployeeId>) -> Outcome<()> {
    one(diesel::update(
        dossiers::table
            .filter(dossiers::id.eq(DossierId(work.id)))
            .filter(dossiers::manager_id.eq(work.holder)),
    )
    .set((dossiers::manager_id.eq(to), dossiers::version.eq(dossiers::version + 1)))
    .execute(tx.conn)?)
}
