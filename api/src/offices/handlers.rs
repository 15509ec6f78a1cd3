use actix_web::{HttpResponse, get, put};
use contract::{Office, OfficeChange};
use serde_json::json;

use super::store;
use crate::access::office::{Administer, Colleague};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};

/// Get the office
///
/// The office of the person signed in, with its settings.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Office", responses((status = 200, body = Office)))]
#[get("/office")]
pub async fn get_office(act: Act<Colleague>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| {
        let office = store::mine(tx)?;
        let version = office.version;
        Ok(Reply::ok(Office::from(office)).version(version))
    })
    .await
}

/// Change the office's settings
///
/// Everything at once; If-Match names the version seen.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Office", params(IfMatch), request_body = OfficeChange, responses(
    (status = 200, body = Office), (status = 403, description = "forbidden")))]
#[put("/office")]
pub async fn update_office(act: Act<Administer>, body: Body<OfficeChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let before = Office::from(store::mine(tx)?);
        if !store::update(tx, permit, change, version)? {
            return Err(Problem::stale(&before));
        }
        let after = Office::from(store::mine(tx)?);
        events::record(
            tx,
            Event::of("office.updated", "office", after.id).old(json!(before)).new_values(json!(after)),
        )?;
        let version = after.version;
        Ok(Reply::ok(after).version(version))
    })
    .await
}
