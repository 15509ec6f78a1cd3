//! Access rules of one dossier, and why someone has access (D2, D4, D5).

use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, put};
use contract::validation::FieldCode;
use contract::{
    AccessRules, AccessRulesChange, ChangePreview, EmployeeAccess, EmployeeId, EmployeeRef, EmployeeState,
    Errors, GroupId, Text,
};
use serde_json::json;

use super::store;
use crate::access::dossiers::{ExplainAccess, ManageDossier, SeeRules};
use crate::access::effects::{Affected, Intent};
use crate::access::{Permit, Tx, facts};
use crate::events::{self, Event};
use crate::hand_over::{self, Scope};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::preview::PreviewOf;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::{employees, groups};

/// List access rules
///
/// Groups first, by name; the version is the dossier's.
///
/// **Permission**: the dossier's manager, local administrator (D4).
#[utoipa::path(tag = "Dossiers", responses(
    (status = 200, body = AccessRules), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/access-rules")]
pub async fn get_access_rules(act: Act<SeeRules>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let version = permit.row().dossier.version;
        Ok(Reply::ok(AccessRules { rules: store::rules_of(tx, permit)?, version }).version(version))
    })
    .await
}

fn require_subjects(tx: &mut Tx<'_>, change: &AccessRulesChange) -> Outcome<()> {
    let people: Vec<EmployeeId> = change.rules.iter().filter_map(|rule| rule.employee_id).collect();
    let teams: Vec<GroupId> = change.rules.iter().filter_map(|rule| rule.group_id).collect();
    let known_people = employees::store::existing(tx, &people)?;
    let known_teams = groups::store::existing(tx, &teams)?;
    let mut errors = Errors::new(tx.language);
    for (position, rule) in change.rules.iter().enumerate() {
        if rule.employee_id.is_some_and(|id| !known_people.contains(&id)) {
            errors.add(
                format!("rules[{position}].employeeId"),
                FieldCode::Unknown,
                Text::new("Deze medewerker bestaat niet.", "This employee does not exist."),
            );
        }
        if rule.group_id.is_some_and(|id| !known_teams.contains(&id)) {
            errors.add(
                format!("rules[{position}].groupId"),
                FieldCode::Unknown,
                Text::new("Deze groep bestaat niet.", "This group does not exist."),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}

/// Replace access rules
///
/// All rules of the dossier from now on. Denying it to someone who works on one of its cases needs a
/// hand-over plan (P4, C6). Giving oneself access is possible and recorded (D4).
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Dossiers", params(IfMatch), request_body = AccessRulesChange, responses(
    (status = 200, body = AccessRules), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible, conflict"),
    (status = 412, description = "stale, preview-outdated")))]
#[put("/dossiers/{dossierId}/access-rules")]
pub async fn update_access_rules(
    act: Act<ManageDossier>,
    body: Body<AccessRulesChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        change_rules(tx, permit, change, version, &Intent::Save { digest: change.preview.clone() })?;
        let rules = store::rules_to_change(tx, permit)?;
        // A hand-over of the manager counts as a change of the dossier, too.
        let id = permit.row().dossier.id;
        let version = facts::dossier(tx.conn, tx.actor.office_id, id)?.map_or(version + 1, |row| row.version);
        Ok(Reply::ok(AccessRules { rules, version }).version(version))
    })
    .await
}

/// Preview access rules
///
/// Who would gain or lose access to the dossier (G5), and the work that would be left behind (P4). Nothing
/// is changed.
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Dossiers", params(IfMatch, PreviewOf), request_body = AccessRulesChange, responses(
    (status = 200, body = ChangePreview), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[post("/dossiers/{dossierId}/access-rules/preview")]
pub async fn preview_access_rules(
    act: Act<ManageDossier>,
    of: Query<PreviewOf>,
    body: Body<AccessRulesChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.preview(body, move |tx, permit, change| {
        change_rules(tx, permit, change, version.clone()?, &of.intent()).map(Reply::ok)
    })
    .await
}

fn change_rules(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageDossier>,
    change: &AccessRulesChange,
    version: i64,
    intent: &Intent,
) -> Outcome<ChangePreview> {
    let id = permit.row().dossier.id;
    let before = store::rules_to_change(tx, permit)?;
    require_subjects(tx, change)?;
    let standing = intent.before(tx, |tx| {
        let people = change.rules.iter().filter_map(|rule| rule.employee_id);
        let people = people.chain(before.iter().filter_map(|rule| Some(rule.employee.as_ref()?.id)));
        let groups: Vec<GroupId> = (change.rules.iter().filter_map(|rule| rule.group_id))
            .chain(before.iter().filter_map(|rule| Some(rule.group.as_ref()?.id)))
            .collect();
        Affected::by_subjects(tx, [id], people, &groups)
    })?;
    if !store::replace_rules(tx, permit, &change.rules, version)? {
        let current = permit.row().dossier.version;
        return Err(Problem::stale(&AccessRules { rules: before, version: current }));
    }
    let event = events::record(
        tx,
        Event::of("dossier.rules-updated", "dossier", id)
            .old(json!({ "rules": before }))
            .new_values(json!({ "rules": change.rules })),
    )?;
    let settled = hand_over::settle(tx, event, &Scope::dossier(id), &change.hand_over);
    standing.after(tx, intent, settled, &[])
}

/// Explain access
///
/// Whether an employee has access to the dossier and which rule decided, in words and as data (D5).
///
/// **Permission**: the dossier's manager, local administrator; everyone who sees the dossier for
/// themselves.
#[utoipa::path(tag = "Dossiers", responses(
    (status = 200, body = EmployeeAccess), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/access/{employeeId}")]
pub async fn explain_access(act: Act<ExplainAccess>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let (dossier, id) = permit.row();
        let (name, state) =
            facts::employee(tx.conn, tx.actor.office_id, *id)?.ok_or_else(Problem::not_found)?;
        let decision = facts::decide(tx.conn, dossier, *id, state == EmployeeState::Active)?;
        let employee = EmployeeRef { id: *id, name };
        Ok(Reply::ok(EmployeeAccess { employee, access: decision.explain(tx.language) }))
    })
    .await
}
