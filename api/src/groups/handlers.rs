use std::collections::BTreeSet;

use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, put};
use contract::validation::FieldCode;
use contract::{
    ChangePreview, EmployeeId, Errors, Group, GroupChange, GroupId, GroupSummary, NewGroup, Page, Text,
    Warning, WarningCode,
};
use serde_json::json;

use super::store::{self, GroupValues};
use crate::access::effects::{Affected, Intent};
use crate::access::office::{Administer, AdministerGroup, SeeGroup, SeePeople};
use crate::access::{Permit, Tx};
use crate::db::lock::{self, Hold, Table};
use crate::employees;
use crate::events::{self, Event};
use crate::hand_over;
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::preview::PreviewOf;
use crate::http::reply::Reply;
use crate::http::search::Search;
use crate::problem::{Outcome, Problem};

/// List groups
///
/// By name, with how many members each has.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Groups", params(Search, Paging), responses((status = 200, body = Page<GroupSummary>)))]
#[get("/groups")]
pub async fn list_groups(
    act: Act<SeePeople>,
    search: Query<Search>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| {
        let page = store::list(tx, search.q(tx.language)?, &window)?;
        let ids: Vec<GroupId> = page.items.iter().map(|row| row.id).collect();
        let counts = store::member_counts(tx.conn, &ids)?;
        let mine: BTreeSet<GroupId> = store::mine(tx)?.into_iter().collect();
        Ok(Reply::ok(page.map(|row| GroupSummary {
            id: row.id,
            name: row.name,
            member_count: counts.get(&row.id).copied().unwrap_or(0),
            mine: mine.contains(&row.id),
        })))
    })
    .await
}

fn view(tx: &mut Tx<'_>, id: GroupId, warn: bool) -> Outcome<Group> {
    let row = store::find(tx, id)?;
    let mut warnings = Vec::new();
    if warn && store::name_exists(tx, &row.name, id)? {
        let text = Text::new(
            "Er is al een medewerkersgroep met deze naam. De groep is wel opgeslagen.",
            "There is already an employee group with this name. The group was saved all the same.",
        );
        warnings.push(Warning { code: WarningCode::DuplicateName, detail: text.get(tx.language).to_owned() });
    }
    Ok(Group {
        id: row.id,
        name: row.name,
        work_agreements: row.work_agreements,
        reminder_hours: row.reminder_hours.and_then(|hours| u32::try_from(hours).ok()),
        members: store::members(tx.conn, id)?,
        version: row.version,
        warnings,
    })
}

/// Refuses people this office does not have.
fn require_employees(tx: &mut Tx<'_>, ids: &[EmployeeId]) -> Outcome<()> {
    let found = employees::store::existing(tx, ids)?;
    let mut errors = Errors::new(tx.language);
    for (position, id) in ids.iter().enumerate() {
        if !found.contains(id) {
            errors.add(
                format!("memberIds[{position}]"),
                FieldCode::Unknown,
                Text::new("Deze medewerker bestaat niet.", "This employee does not exist."),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}

/// Create a group
///
/// A name that another group has is saved with a warning (G2).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Groups", request_body = NewGroup, responses(
    (status = 201, body = Group), (status = 403, description = "forbidden")))]
#[post("/groups")]
pub async fn create_group(act: Act<Administer>, body: Body<NewGroup>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        lock::rows(tx.conn, Table::Employees, new.member_ids.iter().copied(), Hold::Update)?;
        require_employees(tx, &new.member_ids)?;
        let id = store::insert(
            tx,
            permit,
            &GroupValues {
                name: &new.name,
                work_agreements: &new.work_agreements,
                reminder_hours: new.reminder_hours,
            },
        )?;
        store::add_members(tx.conn, id, &new.member_ids)?;
        events::record(tx, Event::of("group.created", "group", id).new_values(json!(new)))?;
        Ok(Reply::created(view(tx, id, true)?, format!("/groups/{id}")).version(1))
    })
    .await
}

/// Get a group
///
/// With its members and work agreements.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Groups", responses((status = 200, body = Group)))]
#[get("/groups/{groupId}")]
pub async fn get_group(act: Act<SeeGroup>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let group = view(tx, *permit.row(), false)?;
        let version = group.version;
        Ok(Reply::ok(group).version(version))
    })
    .await
}

/// Change a group
///
/// Name, members, work agreements and reminder at once. Members who leave or join may lose or gain access
/// to dossiers; where that would strand their work, a hand-over plan is needed (P4).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Groups", params(IfMatch), request_body = GroupChange, responses(
    (status = 200, body = Group), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible"),
    (status = 412, description = "stale, preview-outdated")))]
#[put("/groups/{groupId}")]
pub async fn update_group(act: Act<AdministerGroup>, body: Body<GroupChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        change_group(tx, permit, change, version.clone()?, &Intent::Save { digest: change.preview.clone() })?;
        let after = view(tx, *permit.row(), true)?;
        let version = after.version;
        Ok(Reply::ok(after).version(version))
    })
    .await
}

/// Preview a change of a group
///
/// Which employees would gain or lose access to which dossiers and trays (G5), and the work that would be
/// left behind (P4). Nothing is changed.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Groups", params(IfMatch, PreviewOf), request_body = GroupChange, responses(
    (status = 200, body = ChangePreview), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible")))]
#[post("/groups/{groupId}/preview")]
pub async fn preview_group(
    act: Act<AdministerGroup>,
    of: Query<PreviewOf>,
    body: Body<GroupChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.preview(body, move |tx, permit, change| {
        change_group(tx, permit, change, version.clone()?, &of.intent()).map(Reply::ok)
    })
    .await
}

fn change_group(
    tx: &mut Tx<'_>,
    permit: &Permit<AdministerGroup>,
    change: &GroupChange,
    version: i64,
    intent: &Intent,
) -> Outcome<ChangePreview> {
    let id = *permit.row();
    // Whoever joins or leaves is locked before the group, in the order of all locks.
    let before_lock: Vec<EmployeeId> = store::members(tx.conn, id)?.iter().map(|member| member.id).collect();
    lock::rows(
        tx.conn,
        Table::Employees,
        before_lock.iter().chain(&change.member_ids).copied(),
        Hold::Update,
    )?;
    lock::rows(tx.conn, Table::Groups, [id], Hold::Update)?;
    let before = view(tx, id, false)?;
    require_employees(tx, &change.member_ids)?;
    let values = GroupValues {
        name: &change.name,
        work_agreements: &change.work_agreements,
        reminder_hours: change.reminder_hours,
    };
    if !store::update(tx, permit, &values, version)? {
        return Err(Problem::stale(&before));
    }
    let wanted: BTreeSet<EmployeeId> = change.member_ids.iter().copied().collect();
    let current: BTreeSet<EmployeeId> = before.members.iter().map(|member| member.id).collect();
    let joined: Vec<EmployeeId> = wanted.difference(&current).copied().collect();
    let left: Vec<EmployeeId> = current.difference(&wanted).copied().collect();
    let moving: Vec<EmployeeId> = joined.iter().chain(&left).copied().collect();
    let standing = intent.before(tx, |tx| Affected::by_groups(tx, moving.iter().copied(), &[id]))?;
    store::add_members(tx.conn, id, &joined)?;
    store::remove_members(tx.conn, id, &left)?;
    let event = events::record(
        tx,
        Event::of("group.updated", "group", id)
            .old(json!({ "name": before.name, "workAgreements": before.work_agreements,
                "reminderHours": before.reminder_hours, "left": left }))
            .new_values(json!({ "name": change.name, "workAgreements": change.work_agreements,
                "reminderHours": change.reminder_hours, "joined": joined })),
    )?;
    let settled = hand_over::settle(tx, event, &hand_over::Scope::people(&moving), &change.hand_over);
    standing.after(tx, intent, settled, &[])
}
