use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, put};
use contract::validation::FieldCode;
use contract::{
    ChangePreview, ClientGroupId, Dossier, DossierChange, DossierId, DossierSort, DossierState,
    DossierSummary, EmployeeId, EmployeeState, NewDossier, Page, ReadContent,
};
use serde::Deserialize;

use super::saving;
use super::store::{self, DossierValues, Filter};
use crate::access::dossiers::{Checked, ManageDossier, SeeDossier, SeeDossierByNumber};
use crate::access::effects::{Affected, Intent};
use crate::access::facts;
use crate::access::office::{Colleague, CreateDossier};
use crate::access::pages::Order;
use crate::access::{Permission, Permit, Tx};
use crate::client_groups;
use crate::db::lock::{self, Hold, Table};
use crate::employees;
use crate::hand_over::{self, Scope};
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::preview::PreviewOf;
use crate::http::reply::Reply;
use crate::http::search::Search;
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

/// Which dossiers.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct DossierFilter {
    /// Only in this state.
    state: Option<DossierState>,
    /// In which order; the newest first unless given. A cursor counts for the order it came with.
    #[param(inline)]
    sort: Option<DossierSort>,
}

/// List dossiers
///
/// Those the person signed in has access to (D3).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Dossiers", params(Search, DossierFilter, Paging), responses(
    (status = 200, body = Page<DossierSummary>)))]
#[get("/dossiers")]
pub async fn list_dossiers(
    act: Act<Colleague>,
    search: Query<Search>,
    filter: Query<DossierFilter>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let order = match filter.sort.unwrap_or(DossierSort::Newest) {
        DossierSort::Newest => Order::Newest,
        DossierSort::Oldest => Order::Oldest,
        DossierSort::Name => {
            let window = paging.window(act.language)?;
            return act
                .read(move |tx, _permit| {
                    let filter = Filter { q: search.q(tx.language)?, state: filter.state };
                    Ok(Reply::ok(store::list_by_name(tx, filter, &window)?))
                })
                .await;
        }
    };
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| {
        let filter = Filter { q: search.q(tx.language)?, state: filter.state };
        Ok(Reply::ok(store::list(tx, filter, order, &window)?))
    })
    .await
}

/// A dossier as its reader sees it.
pub fn view(tx: &mut Tx<'_>, checked: &Checked) -> Outcome<Dossier> {
    let dossier = &checked.dossier;
    let manager = match dossier.manager_id {
        Some(id) => employees::store::names(tx.conn, &[id])?.remove(&id),
        None => None,
    };
    let client_group = match dossier.client_group_id {
        Some(id) => store::client_group(tx.conn, id)?,
        None => None,
    };
    let read = checked.decision.allows();
    Ok(Dossier {
        id: dossier.id,
        number: dossier.number.clone(),
        name: read.then(|| dossier.name.clone()),
        manager,
        client_group: client_group.filter(|_| read),
        visibility: dossier.visibility,
        state: dossier.state,
        created_at: dossier.created_at.and_utc(),
        version: dossier.version,
        my_access: checked.decision.clone().explain(tx.language),
        may: checked.rights(),
    })
}

/// 412 with the dossier as it is now.
fn stale(tx: &mut Tx<'_>, checked: &Checked) -> Problem {
    match view(tx, checked) {
        Ok(dossier) => {
            Problem::stale(&dossier).showing(Reading::of_dossier(tx, checked, ReadContent::Dossier))
        }
        Err(problem) => problem,
    }
}

/// The same after a change that may have taken the changer's own access away.
pub(super) fn view_after(tx: &mut Tx<'_>, id: DossierId) -> Outcome<Reply<Dossier>> {
    let checked = SeeDossier::check(tx, &id)?;
    let dossier = view(tx, &checked)?;
    let version = dossier.version;
    Ok(Reply::ok(dossier).version(version))
}

/// A manager must be an active colleague.
fn require_manager(tx: &mut Tx<'_>, id: EmployeeId) -> Outcome<()> {
    lock::rows(tx.conn, Table::Employees, [id], Hold::Share)?;
    match facts::employee(tx.conn, tx.actor.office_id, id)? {
        None => Err(invalid_field(
            tx,
            "managerId",
            FieldCode::Unknown,
            "Deze collega bestaat niet.",
            "This colleague does not exist.",
        )),
        Some((_, EmployeeState::Active)) => Ok(()),
        Some((name, _)) => Err(Problem::not_eligible(
            format!("{name} is niet actief en kan geen dossierbeheerder worden."),
            format!("{name} is not active and cannot manage a dossier."),
        )),
    }
}

fn require_client_group(tx: &mut Tx<'_>, id: ClientGroupId) -> Outcome<()> {
    match client_groups::store::find(tx, id) {
        Ok(_) => Ok(()),
        Err(problem) if problem.code() == contract::ProblemCode::NotFound => Err(invalid_field(
            tx,
            "clientGroupId",
            FieldCode::Unknown,
            "Deze klantengroep bestaat niet.",
            "This client group does not exist.",
        )),
        Err(problem) => Err(problem),
    }
}

/// Create a dossier
///
/// It gets the next number of the year. Who makes it manages it, unless they name someone else.
///
/// **Permission**: every employee, or only local administrators (office setting, P2).
#[utoipa::path(tag = "Dossiers", request_body = NewDossier, responses(
    (status = 201, body = Dossier), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible")))]
#[post("/dossiers")]
pub async fn create_dossier(act: Act<CreateDossier>, body: Body<NewDossier>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        let manager = new.manager_id.unwrap_or(tx.actor.id);
        require_manager(tx, manager)?;
        if let Some(client_group) = new.client_group_id {
            require_client_group(tx, client_group)?;
        }
        let visibility = match new.visibility {
            Some(visibility) => visibility,
            None => crate::offices::store::mine(tx)?.default_visibility,
        };
        let values = DossierValues {
            name: &new.name,
            manager_id: Some(manager),
            client_group_id: new.client_group_id,
            visibility,
        };
        let (id, _) = saving::create(tx, permit, &values)?;
        // Who makes a dossier for someone else may not see it afterwards, and is told its number all the same.
        let dossier = facts::dossier(tx.conn, tx.actor.office_id, id)?.ok_or_else(Problem::not_found)?;
        let decision = facts::decide(tx.conn, &dossier, tx.actor.id, true)?;
        let manages_rules = manager == tx.actor.id || tx.actor.has(contract::Role::LocalAdmin);
        let view = view(tx, &Checked { dossier, decision, manages_rules })?;
        Ok(Reply::created(view, format!("/dossiers/{id}")).version(1))
    })
    .await
}

/// Get a dossier
///
/// A local administrator without access gets its number and manager, not its name (D4).
///
/// **Permission**: who has access (D3), local administrator.
#[utoipa::path(tag = "Dossiers", responses((status = 200, body = Dossier)))]
#[get("/dossiers/{dossierId}")]
pub async fn get_dossier(act: Act<SeeDossier>) -> Outcome<HttpResponse> {
    act.read_content(|tx, permit| shown(tx, permit.row())).await
}

/// A dossier as the answer of an operation that reads it.
fn shown(tx: &mut Tx<'_>, checked: &Checked) -> Outcome<(Reply<Dossier>, Option<Reading>)> {
    let dossier = view(tx, checked)?;
    let version = dossier.version;
    let reading = Reading::of_dossier(tx, checked, ReadContent::Dossier);
    Ok((Reply::ok(dossier).version(version), reading))
}

/// Get a dossier by number
///
/// For who has only its number, as a local administrator who is asked to correct its rules: they get its number
/// and manager, not its name (D4).
///
/// **Permission**: who has access (D3), local administrator.
#[utoipa::path(tag = "Dossiers", responses((status = 200, body = Dossier)))]
#[get("/dossiers/numbered/{dossierNumber}")]
pub async fn get_dossier_by_number(act: Act<SeeDossierByNumber>) -> Outcome<HttpResponse> {
    act.read_content(|tx, permit| shown(tx, permit.row())).await
}

/// Change a dossier
///
/// Name, manager, client group and visibility at once. A local administrator without access leaves `name`
/// and `clientGroupId` out, and they stay as they are. Where the change takes access from someone who
/// works on one of its cases, a hand-over plan is needed (P4).
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Dossiers", params(IfMatch), request_body = DossierChange, responses(
    (status = 200, body = Dossier), (status = 403, description = "forbidden"),
    (status = 409, description = "would-strand-work, not-eligible, conflict"),
    (status = 412, description = "stale, preview-outdated")))]
#[put("/dossiers/{dossierId}")]
pub async fn update_dossier(act: Act<ManageDossier>, body: Body<DossierChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let intent = Intent::Save { digest: change.preview.clone() };
        change_dossier(tx, permit, change, version.clone()?, &intent)?;
        let id = permit.row().dossier.id;
        match view_after(tx, id) {
            // The manager passed it on and no longer has access: the last they see is that it worked.
            Err(problem) if problem.code() == contract::ProblemCode::NotFound => {
                let dossier =
                    facts::dossier(tx.conn, tx.actor.office_id, id)?.ok_or_else(Problem::not_found)?;
                let decision = facts::decide(tx.conn, &dossier, tx.actor.id, true)?;
                let version = dossier.version;
                let view = view(tx, &Checked { dossier, decision, manages_rules: false })?;
                Ok(Reply::ok(view).version(version))
            }
            other => other,
        }
    })
    .await
}

/// Preview a change of a dossier
///
/// Who would gain or lose access by another manager or visibility (G5), and the work that would be left
/// behind (P4). Nothing is changed.
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Dossiers", params(IfMatch, PreviewOf), request_body = DossierChange, responses(
    (status = 200, body = ChangePreview), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[post("/dossiers/{dossierId}/preview")]
pub async fn preview_dossier(
    act: Act<ManageDossier>,
    of: Query<PreviewOf>,
    body: Body<DossierChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.preview(body, move |tx, permit, change| {
        change_dossier(tx, permit, change, version.clone()?, &of.intent()).map(Reply::ok)
    })
    .await
}

fn change_dossier(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageDossier>,
    change: &DossierChange,
    version: i64,
    intent: &Intent,
) -> Outcome<ChangePreview> {
    let before = permit.row();
    let id = before.dossier.id;
    let reads = before.decision.allows();
    if before.dossier.version != version {
        return Err(stale(tx, before));
    }
    let name = match (&change.name, reads) {
        (Some(name), true) => name.as_str(),
        (None, false) => before.dossier.name.as_str(),
        (None, true) => {
            return Err(invalid_field(tx, "name", FieldCode::Blank, "Vul dit in.", "Fill this in."));
        }
        (Some(_), false) => {
            return Err(invalid_field(
                tx,
                "name",
                FieldCode::Contradiction,
                "U ziet de naam niet en kunt haar dus niet wijzigen.",
                "You do not see the name, so you cannot change it.",
            ));
        }
    };
    let client_group_id = if reads { change.client_group_id } else { before.dossier.client_group_id };
    if change.manager_id != before.dossier.manager_id
        && let Some(manager) = change.manager_id
    {
        require_manager(tx, manager)?;
    }
    if let Some(client_group) = client_group_id {
        require_client_group(tx, client_group)?;
    }
    let standing = intent.before(tx, |tx| {
        if change.visibility == before.dossier.visibility {
            let people = before.dossier.manager_id.into_iter().chain(change.manager_id);
            Affected::by_subjects(tx, [id], people, &[])
        } else {
            Affected::everyone(tx, id)
        }
    })?;
    let values =
        DossierValues { name, manager_id: change.manager_id, client_group_id, visibility: change.visibility };
    let Some(event) = saving::change(tx, permit, &values, version)? else {
        return Err(stale(tx, before));
    };
    let settled = hand_over::settle(tx, event, &Scope::dossier(id), &change.hand_over);
    standing.after(tx, intent, settled, &[])
}
