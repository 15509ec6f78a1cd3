use actix_web::web::Query;
use actix_web::{HttpResponse, get, put};
use contract::validation::FieldCode;
use contract::{Authorisations, AuthorisationsChange, CaseType, CaseTypeSummary, Errors, Page, Text};
use serde::Deserialize;
use serde_json::json;

use super::store;
use crate::access::office::{AdministerCaseType, Colleague, SeeCaseType};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::http::search::Search;
use crate::problem::{Outcome, Problem};
use crate::{employees, groups};

/// Which case types.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CaseTypeFilter {
    /// Only those the person signed in is authorised for, and so may open a case of (C7).
    authorised: Option<bool>,
}

/// List case types
///
/// By name, in their current revision.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Case types", params(Search, CaseTypeFilter, Paging), responses(
    (status = 200, body = Page<CaseTypeSummary>)))]
#[get("/case-types")]
pub async fn list_case_types(
    act: Act<Colleague>,
    search: Query<Search>,
    filter: Query<CaseTypeFilter>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| {
        Ok(Reply::ok(store::list(tx, search.q(tx.language)?, filter.authorised.unwrap_or(false), &window)?))
    })
    .await
}

/// Get a case type
///
/// With its steps, checks and result types, in the current revision.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Case types", responses((status = 200, body = CaseType)))]
#[get("/case-types/{caseTypeId}")]
pub async fn get_case_type(act: Act<SeeCaseType>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let case_type = store::view(tx, *permit.row())?;
        let version = case_type.version;
        Ok(Reply::ok(case_type).version(version))
    })
    .await
}

/// List who is authorised
///
/// The groups and employees who may open cases of this type and see their closed steps (C2, C6).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Case types", responses(
    (status = 200, body = Authorisations), (status = 403, description = "forbidden")))]
#[get("/case-types/{caseTypeId}/authorisations")]
pub async fn get_authorisations(act: Act<AdministerCaseType>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let authorisations = store::authorisations(tx, *permit.row())?;
        let version = authorisations.version;
        Ok(Reply::ok(authorisations).version(version))
    })
    .await
}

/// Replace who is authorised
///
/// Everyone who is authorised from now on (C2).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Case types", params(IfMatch), request_body = AuthorisationsChange, responses(
    (status = 200, body = Authorisations), (status = 403, description = "forbidden")))]
#[put("/case-types/{caseTypeId}/authorisations")]
pub async fn update_authorisations(
    act: Act<AdministerCaseType>,
    body: Body<AuthorisationsChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let id = *permit.row();
        let before = store::authorisations(tx, id)?;
        let known_people = employees::store::existing(tx, &change.employee_ids)?;
        let known_groups = groups::store::existing(tx, &change.group_ids)?;
        let mut errors = Errors::new(tx.language);
        for (position, group) in change.group_ids.iter().enumerate() {
            if !known_groups.contains(group) {
                errors.add(
                    format!("groupIds[{position}]"),
                    FieldCode::Unknown,
                    Text::new("Deze groep bestaat niet.", "This group does not exist."),
                );
            }
        }
        for (position, employee) in change.employee_ids.iter().enumerate() {
            if !known_people.contains(employee) {
                errors.add(
                    format!("employeeIds[{position}]"),
                    FieldCode::Unknown,
                    Text::new("Deze medewerker bestaat niet.", "This employee does not exist."),
                );
            }
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        if !store::authorise(tx, id, change, version)? {
            return Err(Problem::stale(&before));
        }
        events::record(
            tx,
            Event::of("case-type.authorisations-updated", "case-type", id)
                .old(json!({ "groups": before.groups, "employees": before.employees }))
                .new_values(json!(change)),
        )?;
        let after = store::authorisations(tx, id)?;
        let version = after.version;
        Ok(Reply::ok(after).version(version))
    })
    .await
}
