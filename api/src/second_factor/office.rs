//! Of whom an office requires a second factor.

use actix_web::{HttpResponse, get, put};
use contract::{SecondFactorRequirement, SecondFactorRequirementChange};
use serde_json::json;

use super::policy::Requirement;
use super::store;
use crate::access::Tx;
use crate::access::office::Administer;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};

/// Get of whom a second factor is required
///
/// Of every employee or by role, and how many active employees have none yet.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Office", responses((status = 200, body = SecondFactorRequirement),
    (status = 403, description = "forbidden")))]
#[get("/office/second-factor")]
pub async fn get_requirement(act: Act<Administer>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| answer(tx)).await
}

fn answer(tx: &mut Tx<'_>) -> Outcome<Reply<SecondFactorRequirement>> {
    let requirement = store::requirement(tx.conn, tx.actor.office_id)?;
    let version = requirement.version;
    Ok(Reply::ok(requirement).version(version))
}

/// Change of whom a second factor is required
///
/// From their next sign-in on, who has none sets one up before anything else.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Office", params(IfMatch), request_body = SecondFactorRequirementChange, responses(
    (status = 200, body = SecondFactorRequirement), (status = 403, description = "forbidden")))]
#[put("/office/second-factor")]
pub async fn update_requirement(
    act: Act<Administer>,
    body: Body<SecondFactorRequirementChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let office = tx.actor.office_id;
        let before = store::requirement(tx.conn, office)?;
        let requirement = Requirement { everyone: change.everyone, roles: change.roles.clone() };
        if !store::update_requirement(tx.conn, permit, office, &requirement, version)? {
            return Err(Problem::stale(&before));
        }
        let event = Event::of("office.second-factor-updated", "office", office)
            .old(json!({ "everyone": before.everyone, "roles": before.roles }))
            .new_values(json!(change));
        events::record(tx, event)?;
        answer(tx)
    })
    .await
}
