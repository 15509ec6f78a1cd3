//! Nothing stranded (P4). Whatever the change is, the way is the same: carry it out, look what work is now
//! with someone inactive or explicitly denied, pass that on as the plan says, and refuse the whole when
//! anything is left.

mod handlers;
mod store;

use std::collections::BTreeMap;

use contract::validation::FieldCode;
use contract::{
    DossierId, EmployeeId, EmployeeState, Errors, EventId, HandOverItem, HandOverPlan, Language, ProblemCode,
    Role, StrandedWork, Text, WorkKind,
};
use serde_json::json;

pub use store::Work;

use crate::access::{Tx, eligible, facts};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::http::Routes;
use crate::mail::{self, MailKind, Params};
use crate::problem::{Outcome, Problem};

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes.service(handlers::list_work).service(handlers::order_hand_over);
}

/// Where a change may leave work behind.
#[derive(Debug, Clone)]
pub enum Scope {
    /// With these people: they left, or their groups changed.
    People(Vec<EmployeeId>),
    /// In these dossiers: their rules or their manager changed.
    Dossiers(Vec<DossierId>),
}

impl Scope {
    /// All work in one dossier.
    pub fn dossier(id: DossierId) -> Self {
        Self::Dossiers(vec![id])
    }

    /// All work of some people.
    pub fn people(people: &[EmployeeId]) -> Self {
        Self::People(people.to_vec())
    }
}

/// Passes on what the change just carried out would strand, as the plan says; refuses the change when the
/// plan leaves anything behind or asks for more than that.
pub fn settle(tx: &mut Tx<'_>, cause: EventId, scope: &Scope, plan: &HandOverPlan) -> Outcome<()> {
    let stranded = store::stranded(tx, scope)?;
    // A local administrator may become a dossier's manager by a change: giving oneself access is possible, and
    // recorded (D4). The helpdesk may not: it never gets at content that way (P3).
    let administers = tx.actor.has(Role::LocalAdmin);
    judge(tx, plan, &stranded, |kind| kind == WorkKind::DossierManager && administers)?;
    let planned = |work: &Work| plan.items.iter().any(|item| work.is(item));
    if !stranded.iter().all(planned) {
        return Err(Problem::would_strand(describe(tx, &stranded)?));
    }
    if plan.items.is_empty() {
        return Ok(());
    }
    carry_out(tx, cause, plan, &stranded, scope)
}

/// Passes on work of someone absent, as a local administrator orders (P4): what they hold, and cases of
/// theirs that are closed, which nobody else could reopen (C9).
pub fn order(tx: &mut Tx<'_>, cause: EventId, absent: EmployeeId, plan: &HandOverPlan) -> Outcome<()> {
    let work = store::work_of(tx, absent)?;
    judge(tx, plan, &work, |_| false)?;
    // Without a dossier to manage they may be denied it, and strand there.
    carry_out(tx, cause, plan, &work, &Scope::people(&[absent]))
}

/// What someone holds, as the one who may pass it on sees it: numbers only.
pub fn work_of(tx: &mut Tx<'_>, employee: EmployeeId) -> Outcome<Vec<StrandedWork>> {
    let work = store::work_of(tx, employee)?;
    describe(tx, &work)
}

/// Refuses a plan for other work than this, or to oneself unless that is allowed.
fn judge(
    tx: &Tx<'_>,
    plan: &HandOverPlan,
    works: &[Work],
    to_oneself: impl Fn(WorkKind) -> bool,
) -> Outcome<()> {
    let mut errors = Errors::new(tx.language);
    for (position, item) in plan.items.iter().enumerate() {
        let field = format!("handOver.items[{position}]");
        match works.iter().find(|work| work.is(item)) {
            // A plan is no way to take over work that may stay where it is (C5).
            None => errors.add(
                field,
                FieldCode::Unknown,
                Text::new(
                    "Dit werk hoeft niet te worden overgedragen.",
                    "This work does not have to be handed over.",
                ),
            ),
            // Nor a way to take over work oneself: who orders it may give it to colleagues only (C5, P4).
            Some(_) if item.to == Some(tx.actor.id) && !to_oneself(item.kind) => errors.add(
                format!("{field}.to"),
                FieldCode::Contradiction,
                Text::new(
                    "U kunt dit werk niet aan uzelf overdragen: kies een collega.",
                    "You cannot hand this work over to yourself: choose a colleague.",
                ),
            ),
            Some(work) if item.kind == WorkKind::Task && item.to.is_none() && work.origin.is_none() => errors
                .add(
                    format!("{field}.to"),
                    FieldCode::Blank,
                    Text::new(
                        "Deze taak komt niet uit een werkbak: kies een collega.",
                        "This task does not come from a tray: choose a colleague.",
                    ),
                ),
            Some(_) => {}
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}

/// Passes work on as a plan says; refuses when that leaves something behind within the scope.
fn carry_out(
    tx: &mut Tx<'_>,
    cause: EventId,
    plan: &HandOverPlan,
    works: &[Work],
    scope: &Scope,
) -> Outcome<()> {
    let mut received: BTreeMap<EmployeeId, u32> = BTreeMap::new();
    for (position, item) in plan.items.iter().enumerate() {
        if let Some(work) = works.iter().find(|work| work.is(item)) {
            pass_on(tx, cause, work, item).map_err(|problem| of_item(tx.language, position, problem))?;
            if let Some(to) = item.to {
                *received.entry(to).or_default() += 1;
            }
        }
    }
    let left = store::stranded(tx, scope)?;
    if !left.is_empty() {
        return Err(Problem::would_strand(describe(tx, &left)?));
    }
    let office = tx.actor.office_id;
    for (to, count) in received {
        if to != tx.actor.id {
            let params = Params { count: Some(count), link: Some("/".to_owned()), ..Params::default() };
            mail::queue(tx.conn, office, cause, MailKind::WorkHandedOver, &[to], &params)?;
        }
    }
    Ok(())
}

/// A refusal of one item says which: a plan may hold hundreds.
fn of_item(language: Language, position: usize, problem: Problem) -> Problem {
    if problem.code() != ProblemCode::NotEligible {
        return problem;
    }
    let text = Text::new(problem.detail(Language::Dutch), problem.detail(Language::English));
    let mut errors = Errors::new(language);
    errors.add(format!("handOver.items[{position}].to"), FieldCode::NotEligible, text);
    problem.with_errors(errors)
}

/// The work within a scope that is with someone inactive or explicitly denied.
pub fn left_behind(tx: &mut Tx<'_>, scope: &Scope) -> Outcome<Vec<Work>> {
    store::stranded(tx, scope)
}

/// As the one who ordered the change sees it: numbers only.
fn describe(tx: &mut Tx<'_>, stranded: &[Work]) -> Outcome<Vec<StrandedWork>> {
    let holders: Vec<EmployeeId> = stranded.iter().map(|work| work.holder).collect();
    let names = crate::employees::store::names(tx.conn, &holders)?;
    Ok(stranded
        .iter()
        .map(|work| StrandedWork {
            kind: work.kind,
            id: work.id,
            number: work.number.clone(),
            holder: crate::employees::store::name_of(&names, work.holder),
            tray: work.origin.clone(),
        })
        .collect())
}

/// Whether someone is explicitly denied a dossier. Becoming its manager would lift that unseen (D3).
fn said_no(tx: &mut Tx<'_>, dossier: &facts::DossierRow, who: EmployeeId) -> Outcome<bool> {
    Ok(facts::decide(tx.conn, dossier, who, true)?.denies())
}

fn pass_on(tx: &mut Tx<'_>, cause: EventId, work: &Work, item: &HandOverItem) -> Outcome<()> {
    let to = match item.to {
        None => None,
        Some(to) => {
            let dossier =
                facts::dossier(tx.conn, tx.actor.office_id, work.dossier)?.ok_or_else(Problem::not_found)?;
            if work.kind == WorkKind::DossierManager && !said_no(tx, &dossier, to)? {
                // A manager has access by being one (D3), so only activity counts; and keeps counting.
                lock::rows(tx.conn, Table::Employees, [to], Hold::Share)?;
                match facts::employee(tx.conn, tx.actor.office_id, to)? {
                    Some((_, EmployeeState::Active)) => {}
                    _ => {
                        return Err(Problem::not_eligible(
                            "De gekozen collega is niet actief.",
                            "The colleague chosen is not active.",
                        ));
                    }
                }
            } else {
                eligible::check(tx, to, &dossier)?;
            }
            Some(to)
        }
    };
    match (work.kind, to) {
        (WorkKind::Coordinator, Some(to)) => store::replace_coordinator(tx, work, to)?,
        // Refused by validation already: a case always has a coordinator.
        (WorkKind::Coordinator, None) => return Err(Problem::internal("a coordinator without successor")),
        (WorkKind::Supporter, to) => store::replace_supporter(tx, work, to)?,
        (WorkKind::Task, Some(to)) => store::give_task(tx, work, to)?,
        (WorkKind::Task, None) => store::return_task(tx, work)?,
        (WorkKind::DossierManager, to) => store::replace_manager(tx, work, to)?,
    }
    let (kind, object) = match work.kind {
        WorkKind::Coordinator => ("case.coordinator-handed-over", "case"),
        WorkKind::Supporter => ("case.supporter-handed-over", "case"),
        WorkKind::Task => ("task.handed-over", "task"),
        WorkKind::DossierManager => ("dossier.manager-handed-over", "dossier"),
    };
    let event = events::record(
        tx,
        // The change that made it necessary says why.
        Event::of(kind, object, work.id)
            .old(json!({ "from": work.holder }))
            .new_values(json!({ "to": to, "cause": cause })),
    )?;
    if work.kind == WorkKind::Task && to.is_none() {
        // Caused by its own event: several tasks may land in one tray.
        crate::tasks::tray::announce(tx, event, contract::TaskId(work.id))?;
    }
    Ok(())
}
