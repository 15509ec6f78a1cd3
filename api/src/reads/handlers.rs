use actix_web::web::Query;
use actix_web::{HttpResponse, get};
use contract::{DossierRead, EmployeeRead, Page};

use super::store;
use crate::access::office::AdministerEmployee;
use crate::access::records::SeeReads;
use crate::employees;
use crate::http::Act;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::problem::Outcome;

/// List who read a dossier
///
/// Every time that someone was shown its content or that of one of its cases (E2), newest first: who, when and
/// what. It holds numbers and no content.
///
/// **Permission**: the dossier's manager, local administrator.
#[utoipa::path(tag = "Reads", params(Paging), responses(
    (status = 200, body = Page<DossierRead>), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/reads")]
pub async fn list_dossier_reads(act: Act<SeeReads>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| Ok(Reply::ok(store::of_dossier(tx, permit, &window)?))).await
}

/// List what an employee read
///
/// Every time that they were shown content of a dossier or a case (E2), newest first. A dossier's name is there
/// only where the one who asks may see it.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Reads", params(Paging), responses(
    (status = 200, body = Page<EmployeeRead>), (status = 403, description = "forbidden")))]
#[get("/employees/{employeeId}/reads")]
pub async fn list_employee_reads(
    act: Act<AdministerEmployee>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, permit| {
        employees::store::find(tx, *permit.row())?;
        Ok(Reply::ok(store::of_employee(tx, permit, &window)?))
    })
    .await
}
