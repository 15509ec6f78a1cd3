use std::collections::BTreeSet;

use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, put};
use contract::validation::FieldCode;
use contract::{
    ChangePreview, Deactivation, Employee, EmployeeChange, EmployeeId, EmployeeState, Errors, GroupId,
    NewEmployee, Page, ProblemCode, Role, Text,
};
use serde::Deserialize;
use serde_json::json;

use super::saving;
use super::store::{self, Filter};
use crate::access::Tx;
use crate::access::effects::{Affected, Intent};
use crate::access::office::{Administer, AdministerEmployee, ManageAccount, SeeEmployee, SeePeople};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::groups;
use crate::hand_over::{self, Scope};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::preview::PreviewOf;
use crate::http::reply::Reply;
use crate::http::search::Search;
use crate::problem::{Outcome, Problem};
use crate::sign_in;

/// Which employees.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct EmployeeFilter {
    /// Only in this state.
    state: Option<EmployeeState>,
    /// Only members of this group.
    group_id: Option<GroupId>,
}

/// List employees
///
/// By name. Everyone sees who their colleagues are; their accounts are only for local administrators and
/// the helpdesk (P2).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Employees", params(Search, EmployeeFilter, Paging), responses(
    (status = 200, body = Page<Employee>)))]
#[get("/employees")]
pub async fn list_employees(
    act: Act<SeePeople>,
    search: Query<Search>,
    filter: Query<EmployeeFilter>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| {
        let filter = Filter { q: search.q(tx.language)?, state: filter.state, group: filter.group_id };
        let page = store::list(tx, &filter, &window)?;
        Ok(Reply::ok(Page { next: page.next, items: store::views(tx, page.items)? }))
    })
    .await
}

/// Refuses groups this office does not have.
fn require_groups(tx: &mut Tx<'_>, ids: &[GroupId]) -> Outcome<BTreeSet<GroupId>> {
    let found = groups::store::existing(tx, ids)?;
    let mut errors = Errors::new(tx.language);
    for (position, id) in ids.iter().enumerate() {
        if !found.contains(id) {
            errors.add(
                format!("groupIds[{position}]"),
                FieldCode::Unknown,
                Text::new("Deze groep bestaat niet.", "This group does not exist."),
            );
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(Problem::invalid(errors)) }
}

/// Create an employee
///
/// They are mailed a temporary password that works for 72 hours (S4).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Employees", request_body = NewEmployee, responses(
    (status = 201, body = Employee), (status = 403, description = "forbidden"),
    (status = 409, description = "username-taken")))]
#[post("/employees")]
pub async fn create_employee(act: Act<Administer>, body: Body<NewEmployee>) -> Outcome<HttpResponse> {
    act.write(body, |tx, _permit, new| {
        lock::rows(tx.conn, Table::Groups, new.group_ids.iter().copied(), Hold::Update)?;
        let groups = require_groups(tx, &new.group_ids)?;
        let id = saving::create(tx, new, &groups)?.ok_or_else(|| {
            Problem::new(
                ProblemCode::UsernameTaken,
                "Een andere medewerker heeft deze gebruikersnaam al.",
                "Another employee has this username already.",
            )
        })?;
        Ok(Reply::created(store::view(tx, id)?, format!("/employees/{id}")).version(1))
    })
    .await
}

/// Get an employee
///
/// **Permission**: every employee; the account only for local administrators and the helpdesk.
#[utoipa::path(tag = "Employees", responses((status = 200, body = Employee)))]
#[get("/employees/{employeeId}")]
pub async fn get_employee(act: Act<SeeEmployee>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| answer(tx, *permit.row())).await
}

pub(super) fn answer(tx: &mut Tx<'_>, id: EmployeeId) -> Outcome<Reply<Employee>> {
    let employee = store::view(tx, id)?;
    let version = employee.version;
    Ok(Reply::ok(employee).version(version))
}

/// Change an employee
///
/// Name, address, roles, groups and language at once (G3). Joining or leaving a group may take access to
/// dossiers away; where that would strand work, a hand-over plan is needed (P4). The last active local
/// administrator cannot give that role up (P5).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Employees", params(IfMatch), request_body = EmployeeChange, responses(
    (status = 200, body = Employee), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible, last-administrator"),
    (status = 412, description = "stale, preview-outdated")))]
#[put("/employees/{employeeId}")]
pub async fn update_employee(
    act: Act<AdministerEmployee>,
    body: Body<EmployeeChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let id = *permit.row();
        change_employee(tx, id, change, version.clone()?, &Intent::Save { digest: change.preview.clone() })?;
        answer(tx, id)
    })
    .await
}

/// Preview a change of an employee
///
/// Which dossiers and trays they would gain or lose by joining and leaving groups (G5), and the work that
/// would be left behind (P4). Nothing is changed.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Employees", params(IfMatch, PreviewOf), request_body = EmployeeChange, responses(
    (status = 200, body = ChangePreview), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, last-administrator")))]
#[post("/employees/{employeeId}/preview")]
pub async fn preview_employee(
    act: Act<AdministerEmployee>,
    of: Query<PreviewOf>,
    body: Body<EmployeeChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.preview(body, move |tx, permit, change| {
        change_employee(tx, *permit.row(), change, version.clone()?, &of.intent()).map(Reply::ok)
    })
    .await
}

fn change_employee(
    tx: &mut Tx<'_>,
    id: EmployeeId,
    change: &EmployeeChange,
    version: i64,
    intent: &Intent,
) -> Outcome<ChangePreview> {
    lock::rows(tx.conn, Table::Employees, [id], Hold::Update)?;
    let before = store::view(tx, id)?;
    groups::store::lock_groups_of(tx.conn, id, &change.group_ids)?;
    let groups = require_groups(tx, &change.group_ids)?;
    let current: BTreeSet<GroupId> = before.groups.iter().map(|group| group.id).collect();
    let moving: Vec<GroupId> = current.symmetric_difference(&groups).copied().collect();
    let standing = intent.before(tx, |tx| Affected::by_groups(tx, [id], &moving))?;
    let Some(event) = saving::change(tx, &before, change, &groups, version)? else {
        return Err(Problem::stale(&before));
    };
    if saving::dismisses(&before, change) {
        store::require_administrator(tx)?;
    }
    let settled = hand_over::settle(tx, event, &Scope::people(&[id]), &change.hand_over);
    standing.after(tx, intent, settled, &[])
}

/// Deactivate an employee
///
/// They can no longer sign in, and their sessions end at once. Work they hold must go somewhere: without a
/// complete hand-over plan the answer is 409 `would-strand-work` with everything that would be left
/// behind, and nothing changes (P4). The last active local administrator cannot be deactivated (P5).
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Employees", request_body = Deactivation, responses(
    (status = 200, body = Employee), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible, last-administrator, conflict")))]
#[post("/employees/{employeeId}/deactivation")]
pub async fn deactivate_employee(act: Act<ManageAccount>, body: Body<Deactivation>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, deactivation| {
        let id = *permit.row();
        lock::rows(tx.conn, Table::Employees, [id], Hold::Update)?;
        let before = store::find(tx, id)?;
        if !store::deactivate(tx, id)? {
            return Err(Problem::conflict(
                "Deze medewerker is al gedeactiveerd.",
                "This employee is already deactivated.",
            ));
        }
        if before.roles().contains(&Role::LocalAdmin) {
            store::require_administrator(tx)?;
        }
        sign_in::store::end_all_sessions(tx.conn, id)?;
        let event = events::record(
            tx,
            Event::of("employee.deactivated", "employee", id)
                .old(json!({ "state": before.state }))
                .new_values(json!({ "state": EmployeeState::Deactivated }))
                .reason(&deactivation.reason),
        )?;
        hand_over::settle(tx, event, &Scope::people(&[id]), &deactivation.hand_over)?;
        answer(tx, id)
    })
    .await
}
