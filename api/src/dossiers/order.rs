//! One rule for many dossiers and many employees and groups (D2).

use actix_web::web::Query;
use actix_web::{HttpResponse, post};
use contract::validation::FieldCode;
use contract::{
    AccessRulesOrder, AccessRulesPreview, AccessRulesResult, DossierId, Errors, ItemOutcome, NewAccessRule,
    ProblemCode, RuleOrderItem, Text,
};
use serde_json::json;

use super::store;
use crate::access::dossiers::{ManageDossier, SeeDossier, lock_to_change};
use crate::access::effects::{Affected, Intent};
use crate::access::office::Colleague;
use crate::access::{Permit, Tx};
use crate::events::{self, Event};
use crate::hand_over::{self, Scope};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::preview::PreviewOf;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::{employees, groups};

/// Preview access rules for many dossiers
///
/// What would become of each dossier, who would gain or lose access (G5), and the work that would be left
/// behind (P4). Nothing is changed.
///
/// **Permission**: every employee; each dossier only for its manager and local administrators (D4).
#[utoipa::path(tag = "Dossiers", params(PreviewOf), request_body = AccessRulesOrder, responses(
    (status = 200, body = AccessRulesPreview), (status = 409, description = "not-eligible")))]
#[post("/access-rules/preview")]
pub async fn preview_access_rules_order(
    act: Act<Colleague>,
    of: Query<PreviewOf>,
    body: Body<AccessRulesOrder>,
) -> Outcome<HttpResponse> {
    act.preview(body, move |tx, _permit, order| carry_out(tx, order, &of.intent()).map(Reply::ok)).await
}

/// Change access rules of many dossiers
///
/// Gives, denies or removes one rule for each of these employees and groups on each of these dossiers. Each
/// dossier is checked by itself, and its result says what became of it; a dossier that may not be changed
/// does not stop the others. Work that is left behind does stop all of it (P4).
///
/// **Permission**: every employee; each dossier only for its manager and local administrators (D4).
#[utoipa::path(tag = "Dossiers", request_body = AccessRulesOrder, responses(
    (status = 200, body = AccessRulesResult), (status = 409, description = "would-strand-work, not-eligible"),
    (status = 412, description = "preview-outdated")))]
#[post("/access-rules")]
pub async fn order_access_rules(act: Act<Colleague>, body: Body<AccessRulesOrder>) -> Outcome<HttpResponse> {
    act.write(body, |tx, _permit, order| {
        let done = carry_out(tx, order, &Intent::Save { digest: order.preview.clone() })?;
        Ok(Reply::ok(AccessRulesResult { items: done.items }))
    })
    .await
}

fn require_subjects(tx: &mut Tx<'_>, order: &AccessRulesOrder) -> Outcome<()> {
    let people = employees::store::existing(tx, &order.employee_ids)?;
    let teams = groups::store::existing(tx, &order.group_ids)?;
    let mut errors = Errors::new(tx.language);
    for (position, id) in order.employee_ids.iter().enumerate() {
        if !people.contains(id) {
            errors.add(
                format!("employeeIds[{position}]"),
                FieldCode::Unknown,
                Text::new("Deze medewerker bestaat niet.", "This employee does not exist."),
            );
        }
    }
    for (position, id) in order.group_ids.iter().enumerate() {
        if !teams.contains(id) {
            errors.add(
                format!("groupIds[{position}]"),
                FieldCode::Unknown,
                Text::new("Deze groep bestaat niet.", "This group does not exist."),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}

/// What may be done with one dossier: the permit to change it, or why not.
fn permit(tx: &mut Tx<'_>, id: DossierId) -> Outcome<Result<Permit<ManageDossier>, RuleOrderItem>> {
    let refused = match tx.permit::<ManageDossier>(&id) {
        Ok(permit) => return Ok(Ok(permit)),
        Err(refused) => refused,
    };
    let outcome = match refused.code() {
        ProblemCode::NotFound => ItemOutcome::NotFound,
        ProblemCode::Forbidden => ItemOutcome::Forbidden,
        ProblemCode::Conflict => ItemOutcome::Archived,
        _ => return Err(refused),
    };
    let number = match outcome {
        ItemOutcome::NotFound => None,
        _ => Some(tx.permit::<SeeDossier>(&id)?.row().dossier.number.clone()),
    };
    let detail = Some(refused.detail(tx.language).to_owned());
    Ok(Err(RuleOrderItem { dossier_id: id, number, outcome, detail }))
}

fn carry_out(tx: &mut Tx<'_>, order: &AccessRulesOrder, intent: &Intent) -> Outcome<AccessRulesPreview> {
    require_subjects(tx, order)?;
    lock_to_change(tx, &order.dossier_ids)?;
    let mut permits = Vec::new();
    let mut items = Vec::new();
    for id in &order.dossier_ids {
        match permit(tx, *id)? {
            Ok(permit) => permits.push((items.len(), permit)),
            Err(item) => {
                items.push(item);
                continue;
            }
        }
        // Filled in below.
        items.push(RuleOrderItem {
            dossier_id: *id,
            number: None,
            outcome: ItemOutcome::Unchanged,
            detail: None,
        });
    }
    let allowed: Vec<DossierId> = permits.iter().map(|(_, permit)| permit.row().dossier.id).collect();
    let standing = intent.before(tx, |tx| {
        let people = order.employee_ids.iter().copied();
        Affected::by_subjects(tx, allowed, people, &order.group_ids)
    })?;
    let mut changed = Vec::new();
    for (position, permit) in &permits {
        let dossier = &permit.row().dossier;
        items[*position].number = Some(dossier.number.clone());
        let before = store::rules_to_change(tx, permit)?;
        let mut rules: Vec<NewAccessRule> = before
            .iter()
            .map(|rule| NewAccessRule {
                employee_id: rule.employee.as_ref().map(|employee| employee.id),
                group_id: rule.group.as_ref().map(|group| group.id),
                effect: rule.effect,
            })
            .filter(|rule| !about(order, rule))
            .collect();
        rules.extend(ordered(order));
        let same = rules.len() == before.len()
            && before.iter().all(|old| {
                rules.iter().any(|new| {
                    new.effect == old.effect
                        && new.employee_id == old.employee.as_ref().map(|employee| employee.id)
                        && new.group_id == old.group.as_ref().map(|group| group.id)
                })
            });
        if same {
            continue;
        }
        if !store::replace_rules(tx, permit, &rules, dossier.version)? {
            return Err(Problem::busy().run_again());
        }
        items[*position].outcome = ItemOutcome::Changed;
        let event = events::record(
            tx,
            Event::of("dossier.rules-updated", "dossier", dossier.id)
                .old(json!({ "rules": before }))
                .new_values(json!({ "rules": rules })),
        )?;
        changed.push((dossier.id, event));
    }
    let settled = match changed.last() {
        Some((_, event)) => {
            let dossiers = changed.iter().map(|(id, _)| *id).collect();
            hand_over::settle(tx, *event, &Scope::Dossiers(dossiers), &order.hand_over)
        }
        None => Ok(()),
    };
    // Without the words, which depend on who reads them.
    let outcomes: Vec<_> = items.iter().map(|item| (item.dossier_id, item.outcome)).collect();
    let also = serde_json::to_vec(&outcomes).map_err(Problem::internal)?;
    let change = standing.after(tx, intent, settled, &also)?;
    Ok(AccessRulesPreview { items, change })
}

/// Whether a rule is for one of those the order is about.
fn about(order: &AccessRulesOrder, rule: &NewAccessRule) -> bool {
    rule.employee_id.is_some_and(|id| order.employee_ids.contains(&id))
        || rule.group_id.is_some_and(|id| order.group_ids.contains(&id))
}

/// The rules the order asks for.
fn ordered(order: &AccessRulesOrder) -> Vec<NewAccessRule> {
    let Some(effect) = order.action.effect() else { return Vec::new() };
    let groups =
        order.group_ids.iter().map(|id| NewAccessRule { employee_id: None, group_id: Some(*id), effect });
    let people =
        order.employee_ids.iter().map(|id| NewAccessRule { employee_id: Some(*id), group_id: None, effect });
    groups.chain(people).collect()
}
