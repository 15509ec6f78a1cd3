use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, put};
use contract::validation::{FieldCode, is_plausible};
use contract::{
    Case, CaseChange, CaseSort, CaseState, CaseSummary, CaseTypeId, DossierId, Errors, NewCase, Page,
    ProblemCode, ReadContent, cases::target_after_start,
};
use serde::Deserialize;
use serde_json::json;

use super::store::{self, CaseValues, Filter};
use super::view;
use crate::access::cases::{EditCase, OpenCase, SeeCase};
use crate::access::dossiers::SeeDossier;
use crate::access::eligible;
use crate::access::office::Colleague;
use crate::access::pages::Order;
use crate::case_types;
use crate::clock;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::http::search::Search;
use crate::mail::{self, MailKind};
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

/// Which cases.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CaseFilter {
    /// Only those the person signed in coordinates or supports (*Mijn zaken*, C4).
    mine: Option<bool>,
    /// Only of this dossier.
    dossier_id: Option<DossierId>,
    /// Only of this type.
    case_type_id: Option<CaseTypeId>,
    /// Only in this state.
    state: Option<CaseState>,
    /// In which order; the newest first unless given. A cursor counts for the order it came with.
    #[param(inline)]
    sort: Option<CaseSort>,
}

/// List cases
///
/// Those the person signed in sees at least the header of (C6).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Cases", params(Search, CaseFilter, Paging), responses((status = 200, body = Page<CaseSummary>)))]
#[get("/cases")]
pub async fn list_cases(
    act: Act<Colleague>,
    search: Query<Search>,
    filter: Query<CaseFilter>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let CaseFilter { mine, dossier_id: dossier, case_type_id: case_type, state, sort } = filter.into_inner();
    let mine = mine.unwrap_or(false);
    let order = match sort.unwrap_or(CaseSort::Newest) {
        CaseSort::Newest => Order::Newest,
        CaseSort::Oldest => Order::Oldest,
        CaseSort::Deadline if state == Some(CaseState::Closed) => {
            return Err(Problem::invalid_field(
                act.language,
                "sort",
                FieldCode::Malformed,
                "Op fatale datum staan alleen open zaken.",
                "Only open cases are listed by deadline.",
            ));
        }
        CaseSort::Deadline => {
            let window = paging.window(act.language)?;
            return act
                .read(move |tx, _permit| {
                    let filter = Filter { q: search.q(tx.language)?, mine, dossier, case_type, state };
                    Ok(Reply::ok(store::list_by_deadline(tx, filter, &window)?))
                })
                .await;
        }
    };
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| {
        let filter = Filter { q: search.q(tx.language)?, mine, dossier, case_type, state };
        Ok(Reply::ok(store::list(tx, filter, order, &window)?))
    })
    .await
}

/// Open a case
///
/// It gets the next number of the year, all steps of its type as that is now, and a deadline of start plus
/// processing term. Who opens it coordinates it, unless they name someone else.
///
/// **Permission**: who has access to the dossier and is authorised for the type (C7).
#[utoipa::path(tag = "Cases", request_body = NewCase, responses(
    (status = 201, body = Case), (status = 403, description = "forbidden"),
    (status = 409, description = "not-eligible, conflict")))]
#[post("/cases")]
pub async fn open_case(act: Act<Colleague>, body: Body<NewCase>) -> Outcome<HttpResponse> {
    act.write(body, |tx, _permit, new| {
        let permit = match tx.permit::<OpenCase>(&(new.dossier_id, new.case_type_id)) {
            Ok(permit) => permit,
            Err(problem) if problem.code() == ProblemCode::NotFound => {
                return Err(match tx.permit::<SeeDossier>(&new.dossier_id) {
                    Ok(seen) if seen.row().decision.allows() => invalid_field(
                        tx,
                        "caseTypeId",
                        FieldCode::Unknown,
                        "Dit zaaktype bestaat niet.",
                        "This case type does not exist.",
                    ),
                    _ => invalid_field(
                        tx,
                        "dossierId",
                        FieldCode::Unknown,
                        "Dit dossier bestaat niet, of is niet voor u zichtbaar.",
                        "This dossier does not exist, or is not visible to you.",
                    ),
                });
            }
            Err(problem) => return Err(problem),
        };
        let start_date = new.start_date.unwrap_or_else(clock::today);
        if let Some(target) = new.target_date {
            let mut errors = Errors::new(tx.language);
            target_after_start(start_date, target, &mut errors);
            if !errors.is_empty() {
                return Err(Problem::invalid(errors));
            }
        }
        let revision = case_types::store::current(tx, new.case_type_id)?;
        let deadline = match revision.processing_term() {
            None => None,
            Some(term) => match term.after(start_date).filter(|day| is_plausible(*day)) {
                Some(day) => Some(day),
                None => {
                    return Err(invalid_field(
                        tx,
                        "startDate",
                        FieldCode::OutOfRange,
                        "De fatale datum zou na het jaar 2200 liggen.",
                        "The deadline would be after the year 2200.",
                    ));
                }
            },
        };
        let coordinator = eligible::check(tx, new.coordinator_id.unwrap_or(tx.actor.id), &permit.row().0)?;
        let values = CaseValues {
            title: &new.title,
            start_date,
            target_date: new.target_date,
            deadline,
            coordinator: coordinator.id(),
        };
        let (id, number) = store::insert(tx, &permit, &revision, &values)?;
        let event = events::record(
            tx,
            Event::of("case.opened", "case", id).new_values(json!({ "number": number, "title": new.title,
                "dossierId": new.dossier_id, "caseTypeId": new.case_type_id, "revision": revision.revision,
                "startDate": start_date, "targetDate": new.target_date, "deadline": deadline,
                "coordinatorId": coordinator.id() })),
        )?;
        if coordinator.id() != tx.actor.id {
            let office = tx.actor.office_id;
            let params = mail::about_case(&number, id);
            mail::queue(tx.conn, office, event, MailKind::CaseAssigned, &[coordinator.id()], &params)?;
        }
        let checked = tx.permit::<SeeCase>(&id)?;
        Ok(Reply::created(view::view(tx, checked.row())?, format!("/cases/{id}")).version(1))
    })
    .await
}

/// Get a case
///
/// As much of it as the person signed in may see (C6): `view` says how much.
///
/// **Permission**: coordinator, supporter; authorised for the type: header and closed steps; access to the
/// dossier, or one of its tasks: header.
#[utoipa::path(tag = "Cases", responses((status = 200, body = Case)))]
#[get("/cases/{caseId}")]
pub async fn get_case(act: Act<SeeCase>) -> Outcome<HttpResponse> {
    act.read_content(|tx, permit| {
        let case = view::view(tx, permit.row())?;
        let version = case.version;
        let reading = Reading::of_case(tx, &permit.row().case, ReadContent::Case);
        Ok((Reply::ok(case).version(version), reading))
    })
    .await
}

/// Change a case
///
/// Title and target date at once.
///
/// **Permission**: coordinator, supporter (C4).
#[utoipa::path(tag = "Cases", params(IfMatch), request_body = CaseChange, responses(
    (status = 200, body = Case), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[put("/cases/{caseId}")]
pub async fn update_case(act: Act<EditCase>, body: Body<CaseChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let before = &permit.row().case;
        if let Some(target) = change.target_date {
            let mut errors = Errors::new(tx.language);
            target_after_start(before.start_date, target, &mut errors);
            if !errors.is_empty() {
                return Err(Problem::invalid(errors));
            }
        }
        if !store::update(tx, before.id, &change.title, change.target_date, version)? {
            return Err(view::stale(tx, permit.row()));
        }
        events::record(
            tx,
            Event::of("case.updated", "case", before.id)
                .old(json!({ "title": before.title, "targetDate": before.target_date }))
                .new_values(json!(change)),
        )?;
        view::again(tx, before.id)
    })
    .await
}
