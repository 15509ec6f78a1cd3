//! Access as a whole (D5): both ways, with the rule that decides.

use actix_web::web::Query;
use actix_web::{HttpResponse, get};
use contract::{AccessReason, DossierAccess, EmployeeAccess, Page};
use serde::Deserialize;

use crate::access::dossiers::SeeRules;
use crate::access::office::{ExplainByNumber, SeeAccessOf};
use crate::access::overview;
use crate::employees;
use crate::http::Act;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};

/// Which side.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AccessFilter {
    /// Those explicitly denied (D3), instead of those with access.
    #[serde(default)]
    denied: bool,
}

/// List who has access
///
/// Everyone with access to the dossier and why, by name (D5); or everyone explicitly denied it.
///
/// **Permission**: the dossier's manager, local administrator (D4).
#[utoipa::path(tag = "Dossiers", params(AccessFilter, Paging), responses(
    (status = 200, body = Page<EmployeeAccess>), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/access")]
pub async fn list_access(
    act: Act<SeeRules>,
    filter: Query<AccessFilter>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| {
        let denied = filter.denied;
        let wanted = move |reason: AccessReason| if denied { reason.denies() } else { reason.allows() };
        overview::of_dossier(tx, &permit.row().dossier, wanted, &window).map(Reply::ok)
    })
    .await
}

/// List what an employee has access to
///
/// Every dossier and why, newest first (D5). A local administrator sees the names only of dossiers they have
/// access to themselves (D4).
///
/// **Permission**: the employee, local administrator.
#[utoipa::path(tag = "Employees", params(Paging), responses(
    (status = 200, body = Page<DossierAccess>), (status = 403, description = "forbidden")))]
#[get("/employees/{employeeId}/dossiers")]
pub async fn list_dossiers_of_employee(
    act: Act<SeeAccessOf>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| {
        let id = *permit.row();
        employees::store::find(tx, id)?;
        overview::of_employee(tx, id, &window).map(Reply::ok)
    })
    .await
}

/// Explain access by number
///
/// Whether an employee has access to the dossier with this number and which rule decides, for the one who
/// answers "why can't I see this?" without seeing it either (D5). The dossier's name is shown only to who has
/// access.
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Employees", responses(
    (status = 200, body = DossierAccess), (status = 403, description = "forbidden")))]
#[get("/employees/{employeeId}/dossiers/{dossierNumber}")]
pub async fn explain_access_by_number(act: Act<ExplainByNumber>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let (id, number) = permit.row();
        employees::store::find(tx, *id)?;
        overview::by_number(tx, *id, number)?.map(Reply::ok).ok_or_else(Problem::not_found)
    })
    .await
}
