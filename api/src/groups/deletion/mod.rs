//! Deleting a group without losing anything (G6): whatever hangs on it moves to another group, in one
//! transaction, as the preview said.

mod store;

use std::collections::BTreeSet;

use actix_web::web::Query;
use actix_web::{HttpResponse, get, post};
use contract::validation::FieldCode;
use contract::{
    EmployeeId, EventId, GroupDeleted, GroupDeletion, GroupDeletionPreview, GroupId, GroupInventory, Role,
    RuleConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::store::{find, members};
use crate::access::effects::{Affected, Intent};
use crate::access::office::DeleteGroup;
use crate::access::{Permit, Tx};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::hand_over::{self, Scope};
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::preview::PreviewOf;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind, Params};
use crate::problem::{Outcome, Problem};

/// How many conflicting rules a preview lists.
const CONFLICTS_SHOWN: usize = 100;

/// Tell what hangs on a group
///
/// Members, access rules, authorisations and open tasks, as numbers: what has to move before it can be
/// deleted (G6).
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Groups", responses(
    (status = 200, body = GroupInventory), (status = 403, description = "forbidden")))]
#[get("/groups/{groupId}/inventory")]
pub async fn get_group_inventory(act: Act<DeleteGroup>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let id = *permit.row();
        find(tx, id)?;
        Ok(Reply::ok(store::inventory(tx.conn, id)?))
    })
    .await
}

/// Preview deleting a group
///
/// What hangs on it, where its rules and the target's differ, and every access gained, lost or no longer
/// denied by the move (G6). Nothing is changed.
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Groups", params(PreviewOf), request_body = GroupDeletion, responses(
    (status = 200, body = GroupDeletionPreview), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible")))]
#[post("/groups/{groupId}/deletion/preview")]
pub async fn preview_group_deletion(
    act: Act<DeleteGroup>,
    of: Query<PreviewOf>,
    body: Body<GroupDeletion>,
) -> Outcome<HttpResponse> {
    act.preview(body, move |tx, permit, deletion| delete(tx, permit, deletion, &of.intent()).map(Reply::ok))
        .await
}

/// Delete a group
///
/// Everything that hangs on it moves to the target, all or nothing: rules, authorisations, tasks, and
/// members if asked. Where the target has another rule for a dossier, the denial stays. When anything hangs
/// on the group, the digest of the preview must come along (G6).
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Groups", request_body = GroupDeletion, responses(
    (status = 200, body = GroupDeleted), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible"),
    (status = 412, description = "preview-outdated"), (status = 428, description = "preview-required")))]
#[post("/groups/{groupId}/deletion")]
pub async fn delete_group(act: Act<DeleteGroup>, body: Body<GroupDeletion>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, deletion| {
        let intent = Intent::Save { digest: deletion.preview.clone() };
        let preview = delete(tx, permit, deletion, &intent)?;
        Ok(Reply::ok(GroupDeleted { inventory: preview.inventory, conflicts: preview.conflicts }))
    })
    .await
}

fn require_target(tx: &mut Tx<'_>, id: GroupId, deletion: &GroupDeletion) -> Outcome<Option<GroupId>> {
    let refused = |tx: &Tx<'_>, code, nl, en| Err(invalid_field(tx, "targetId", code, nl, en));
    match deletion.target_id {
        None => Ok(None),
        Some(target) if target == id => refused(
            tx,
            FieldCode::Contradiction,
            "Kies een andere groep dan de groep die u verwijdert.",
            "Choose another group than the one you delete.",
        ),
        Some(target) => match find(tx, target) {
            Ok(_) => Ok(Some(target)),
            Err(problem) if problem.code() == contract::ProblemCode::NotFound => {
                refused(tx, FieldCode::Unknown, "Deze groep bestaat niet.", "This group does not exist.")
            }
            Err(problem) => Err(problem),
        },
    }
}

/// The helpdesk deletes groups, and gets at no content by it (P2, P3): not where they are in the group that takes
/// everything over, nor by moving members as a visitor, who makes no memberships.
fn refuse_gain(
    tx: &mut Tx<'_>,
    id: GroupId,
    target: Option<GroupId>,
    deletion: &GroupDeletion,
) -> Outcome<()> {
    if tx.actor.has(Role::LocalAdmin) {
        return Ok(());
    }
    if tx.actor.visit.is_some() && deletion.move_members {
        return Err(Problem::forbidden(
            "Tijdens een ondersteuningssessie verhuist u geen medewerkers naar een andere groep.",
            "During a support session you do not move employees to another group.",
        ));
    }
    let mut concerned: Vec<GroupId> = target.into_iter().collect();
    if deletion.move_members {
        concerned.push(id);
    }
    if store::members_of(tx.conn, &concerned)?.contains(&tx.actor.id) {
        return Err(Problem::forbidden(
            "U zou hierdoor zelf toegang krijgen. Laat een lokaal beheerder deze groep verwijderen.",
            "You would gain access by this yourself. Have a local administrator delete this group.",
        ));
    }
    Ok(())
}

fn delete(
    tx: &mut Tx<'_>,
    permit: &Permit<DeleteGroup>,
    deletion: &GroupDeletion,
    intent: &Intent,
) -> Outcome<GroupDeletionPreview> {
    let id = *permit.row();
    let both: Vec<GroupId> = [id].into_iter().chain(deletion.target_id).collect();
    // In the order of all locks; members may change until the groups are locked, but then their own rows
    // did not have to be.
    let people: BTreeSet<EmployeeId> = store::members_of(tx.conn, &both)?;
    lock::rows(tx.conn, Table::Employees, people.iter().copied(), Hold::Update)?;
    lock::rows(tx.conn, Table::Groups, both.iter().copied(), Hold::Update)?;
    let group = find(tx, id)?;
    let target = require_target(tx, id, deletion)?;
    if store::members_of(tx.conn, &both)? != people {
        return Err(Problem::busy().run_again());
    }
    refuse_gain(tx, id, target, deletion)?;
    let inventory = store::inventory(tx.conn, id)?;
    if !inventory.is_empty() && target.is_none() {
        return Err(invalid_field(
            tx,
            "targetId",
            FieldCode::Blank,
            "Kies de groep die alles overneemt: er hangt nog iets aan deze groep.",
            "Choose the group that takes everything over: something still hangs on this group.",
        ));
    }
    // Nothing is deleted unseen: who sends no digest is shown what to confirm.
    let unseen = matches!(intent, Intent::Save { digest: None }) && !inventory.is_empty();
    let intent = if unseen { &Intent::Preview { of: None } } else { intent };

    let dossiers = store::ruled_dossiers(tx.conn, id)?;
    lock::rows(tx.conn, Table::Dossiers, dossiers.iter().copied(), Hold::Update)?;
    let standing = intent.before(tx, |tx| Affected::by_groups(tx, people.iter().copied(), &both))?;
    let mut conflicts = Vec::new();
    let old_members = members(tx.conn, id)?;
    let moved = store::Held::load(tx.conn, id)?;
    if let Some(target) = target {
        conflicts = store::conflicts(tx.conn, id, target)?;
        store::move_rules(tx.conn, id, target)?;
        store::move_authorisations(tx.conn, id, target)?;
        store::move_tasks(tx.conn, id, target)?;
        if deletion.move_members {
            let joining: Vec<EmployeeId> = store::joining(tx.conn, id, target)?;
            super::store::add_members(tx.conn, target, &joining)?;
        }
        store::touch(tx.conn, target)?;
    }
    let leaving: Vec<EmployeeId> = old_members.iter().map(|member| member.id).collect();
    super::store::remove_members(tx.conn, id, &leaving)?;
    store::remove(tx.conn, id)?;
    let event = events::record(
        tx,
        Event::of("group.deleted", "group", id)
            .old(json!({ "name": group.name, "workAgreements": group.work_agreements,
                "reminderHours": group.reminder_hours, "memberIds": leaving, "rules": moved.rules,
                "caseTypeIds": moved.case_types, "trayTaskIds": moved.tray_tasks,
                "heldTaskIds": moved.held_tasks }))
            .new_values(json!({ "targetId": target, "membersMoved": deletion.move_members,
                "conflicts": conflicts })),
    )?;
    if let Some(target) = target {
        record_moves(tx, event, id, target, &moved)?;
    }
    let settled =
        hand_over::settle(tx, event, &Scope::People(people.into_iter().collect()), &deletion.hand_over);
    if let Some(target) = target
        && inventory.tray_tasks > 0
    {
        tell(tx, event, target, inventory.tray_tasks)?;
    }
    let also = serde_json::to_vec(&(&inventory, &conflicts)).map_err(Problem::internal)?;
    let change = standing.after(tx, intent, settled, &also)?;
    let preview = GroupDeletionPreview {
        inventory,
        conflicts: u32::try_from(conflicts.len()).unwrap_or(u32::MAX),
        // The platform's helpdesk sees numbers only (P3).
        conflicting_dossiers: if tx.actor.visit.is_some() { Vec::new() } else { shown(conflicts) },
        change,
    };
    if unseen { Err(Problem::preview_required(&preview)) } else { Ok(preview) }
}

/// What moved is recorded where it hangs, so that the history of a dossier, a case type and a task is whole (E1, D7).
fn record_moves(
    tx: &mut Tx<'_>,
    cause: EventId,
    id: GroupId,
    target: GroupId,
    moved: &store::Held,
) -> Outcome<()> {
    let now = store::rules_of(tx.conn, target)?;
    let rules = moved.rules.iter().map(|(dossier, effect)| {
        let after = json!({ "groupId": target, "effect": now.get(dossier), "cause": cause });
        Event::of("dossier.rule-moved", "dossier", *dossier)
            .old(json!({ "groupId": id, "effect": effect }))
            .new_values(after)
    });
    let each = |kind, object_kind, field: &'static str| {
        move |object: Uuid| {
            Event::of(kind, object_kind, object)
                .old(json!({ field: id }))
                .new_values(json!({ field: target, "cause": cause }))
        }
    };
    let types = moved.case_types.iter().map(|id| id.0);
    let in_tray = moved.tray_tasks.iter().map(|id| id.0);
    let held = moved.held_tasks.iter().map(|id| id.0);
    let all: Vec<Event> = rules
        .chain(types.map(each("case-type.authorisation-moved", "case-type", "groupId")))
        .chain(in_tray.map(each("task.tray-moved", "task", "trayId")))
        .chain(held.map(each("task.origin-moved", "task", "originId")))
        .collect();
    events::record_each(tx, &all)
}

fn shown(mut conflicts: Vec<RuleConflict>) -> Vec<RuleConflict> {
    conflicts.truncate(CONFLICTS_SHOWN);
    conflicts
}

/// One mail to each member of the target who hears of tasks in its tray, not one per task; the local
/// administrators when nobody does (T6).
fn tell(tx: &mut Tx<'_>, event: contract::EventId, target: GroupId, tasks: u32) -> Outcome<()> {
    let group = find(tx, target)?;
    let mut listening = store::listening(tx, target)?;
    if listening.is_empty() {
        listening = crate::employees::store::administrators(tx)?;
    }
    let params = Params {
        group_name: Some(group.name),
        count: Some(tasks),
        link: Some(format!("/werkbakken/{target}")),
        settings_link: Some("/voorkeuren".to_owned()),
        ..Params::default()
    };
    mail::queue(tx.conn, tx.actor.office_id, event, MailKind::TrayMoved, &listening, &params)
}
