use actix_web::web::Query;
use actix_web::{HttpResponse, delete, get, post, put};
use contract::{Page, Party, PartyChange, ReadContent};
use serde_json::json;

use super::store;
use crate::access::dossiers::ReadDossier;
use crate::access::records::{EditParties, EditParty, ReadParty};
use crate::access::{Permit, Tx};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

/// List a dossier's parties
///
/// Whom it concerns, in the order they were named.
///
/// **Permission**: who has access to the dossier (D3).
#[utoipa::path(tag = "Parties", params(Paging), responses(
    (status = 200, body = Page<Party>), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/parties")]
pub async fn list_parties(act: Act<ReadDossier>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read_content(move |tx, permit| {
        let page = store::list(tx, permit.row().dossier.id, &window)?;
        Ok((Reply::ok(page), Reading::of_dossier(tx, permit.row(), ReadContent::Parties)))
    })
    .await
}

/// Get a party
///
/// **Permission**: who has access to the dossier (D3).
#[utoipa::path(tag = "Parties", responses(
    (status = 200, body = Party), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/parties/{partyId}")]
pub async fn get_party(act: Act<ReadParty>) -> Outcome<HttpResponse> {
    act.read_content(|tx, permit| {
        let (checked, id) = permit.row();
        let party = store::find(tx.conn, checked.dossier.id, *id)?.ok_or_else(Problem::not_found)?;
        let version = party.version;
        let reading = Reading::of_dossier(tx, checked, ReadContent::Parties);
        Ok((Reply::ok(party).version(version), reading))
    })
    .await
}

/// Add a party
///
/// **Permission**: the dossier's manager, local administrator with access to it; while it is in use.
#[utoipa::path(tag = "Parties", request_body = PartyChange, responses(
    (status = 201, body = Party), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[post("/dossiers/{dossierId}/parties")]
pub async fn add_party(act: Act<EditParties>, body: Body<PartyChange>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        let dossier = permit.row().dossier.id;
        let id = store::insert(tx, permit, new)?;
        let party = store::find(tx.conn, dossier, id)?.ok_or_else(Problem::not_found)?;
        events::record(
            tx,
            Event::of("dossier.party-added", "dossier", dossier).new_values(json!({ "party": party })),
        )?;
        Ok(Reply::created(party, format!("/dossiers/{dossier}/parties/{id}")).version(1))
    })
    .await
}

/// The party as it was before the change.
fn before(tx: &mut Tx<'_>, permit: &Permit<EditParty>) -> Outcome<Party> {
    let (checked, id) = permit.row();
    store::find(tx.conn, checked.dossier.id, *id)?.ok_or_else(Problem::not_found)
}

/// 412 with the party as it is now; 404 when it is gone.
fn stale(tx: &mut Tx<'_>, permit: &Permit<EditParty>) -> Problem {
    let reading = Reading::of_dossier(tx, &permit.row().0, ReadContent::Parties);
    match before(tx, permit) {
        Ok(party) => Problem::stale(&party).showing(reading),
        Err(problem) => problem,
    }
}

/// Change a party
///
/// **Permission**: the dossier's manager, local administrator with access to it; while it is in use.
#[utoipa::path(tag = "Parties", params(IfMatch), request_body = PartyChange, responses(
    (status = 200, body = Party), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[put("/dossiers/{dossierId}/parties/{partyId}")]
pub async fn update_party(act: Act<EditParty>, body: Body<PartyChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let old = before(tx, permit)?;
        if !store::update(tx, permit, change, version)? {
            return Err(stale(tx, permit));
        }
        let party = before(tx, permit)?;
        events::record(
            tx,
            Event::of("dossier.party-updated", "dossier", permit.row().0.dossier.id)
                .old(json!({ "party": old }))
                .new_values(json!({ "party": party })),
        )?;
        let version = party.version;
        Ok(Reply::ok(party).version(version))
    })
    .await
}

/// Remove a party
///
/// It leaves the dossier; what was recorded about it stays in the log.
///
/// **Permission**: the dossier's manager, local administrator with access to it; while it is in use.
#[utoipa::path(tag = "Parties", params(IfMatch), responses(
    (status = 204), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict")))]
#[delete("/dossiers/{dossierId}/parties/{partyId}")]
pub async fn remove_party(act: Act<EditParty>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.change(move |tx, permit| {
        let version = version.clone()?;
        let old = before(tx, permit)?;
        if !store::delete(tx, permit, version)? {
            return Err(stale(tx, permit));
        }
        events::record(
            tx,
            Event::of("dossier.party-removed", "dossier", permit.row().0.dossier.id)
                .old(json!({ "party": old })),
        )?;
        Ok(Reply::<()>::nothing())
    })
    .await
}
