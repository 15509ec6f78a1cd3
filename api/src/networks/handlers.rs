use actix_web::web::Data;
use actix_web::{HttpResponse, get, post, put};
use contract::validation::FieldCode;
use contract::{AddressTest, AddressVerdict, Errors, NetworksChange, OfficeNetworks, ProblemCode};
use serde_json::json;

use super::Trust;
use super::policy::{self, Networks};
use super::store::{self, verdict};
use crate::access::Tx;
use crate::access::office::Administer;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};
use crate::state::State;

fn view(tx: &mut Tx<'_>, trust: &Trust) -> Outcome<OfficeNetworks> {
    let kept = store::mine(tx)?;
    Ok(OfficeNetworks {
        enforced: kept.rule.enforced,
        outside_text: kept.outside_text,
        installation_networks: trust.installation().wire(),
        installation_enforced: trust.is_enforced(),
        your_address: verdict(tx.address, trust.label(tx.address, &kept.networks)),
        networks: kept.networks.wire(),
        version: kept.rule.version,
    })
}

fn answer(networks: OfficeNetworks) -> Reply<OfficeNetworks> {
    let version = networks.version;
    Reply::ok(networks).version(version)
}

/// Get the office's trusted networks
///
/// From where its people may work, whether requests from elsewhere are refused, and where this request came from (S8).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Office", responses((status = 200, body = OfficeNetworks), (status = 403, description = "forbidden")))]
#[get("/office/networks")]
pub async fn get_networks(act: Act<Administer>, state: Data<State>) -> Outcome<HttpResponse> {
    let trust = state.trust.clone();
    act.read(move |tx, _permit| view(tx, &trust).map(answer)).await
}

/// Change the office's trusted networks
///
/// Everything at once. An address in one of the installation's networks is trusted too. When requests from elsewhere are
/// refused, that counts at once, also for sessions that are open (S8). A list that shuts out where this request comes
/// from is refused.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Office", params(IfMatch), request_body = NetworksChange, responses(
    (status = 200, body = OfficeNetworks), (status = 403, description = "forbidden"),
    (status = 409, description = "shuts-you-out")))]
#[put("/office/networks")]
pub async fn update_networks(
    act: Act<Administer>,
    state: Data<State>,
    body: Body<NetworksChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    let trust = state.trust.clone();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let networks = read(tx, &change.networks)?;
        let before = view(tx, &trust)?;
        let restricts = change.enforced || trust.is_enforced();
        if restricts && trust.label(tx.address, &networks).is_none() {
            return Err(Problem::new(
                ProblemCode::ShutsYouOut,
                format!(
                    "Uw eigen adres, {}, hoort bij geen van deze netwerken: u zou er niet meer in kunnen. Er is niets opgeslagen.",
                    before.your_address.address
                ),
                format!(
                    "Your own address, {}, is in none of these networks: you could not get in any more. Nothing was saved.",
                    before.your_address.address
                ),
            ));
        }
        if !store::replace(tx, permit, change.enforced, &change.outside_text, &networks, version)? {
            return Err(Problem::stale(&before));
        }
        let after = view(tx, &trust)?;
        let values = |it: &OfficeNetworks| {
            json!({ "enforced": it.enforced, "networks": it.networks, "outsideText": it.outside_text })
        };
        let office = tx.actor.office_id;
        let event = Event::of("office.networks-updated", "office", office);
        events::record(tx, event.old(values(&before)).new_values(values(&after)))?;
        Ok(answer(after))
    })
    .await
}

fn read(tx: &Tx<'_>, listed: &[contract::Network]) -> Outcome<Networks> {
    let mut errors = Errors::new(tx.language);
    let networks = Networks::parse(listed, &mut errors);
    if errors.is_empty() { Ok(networks) } else { Err(Problem::invalid(errors)) }
}

/// Test an address
///
/// Whether it would be trusted with these networks, which need not be saved yet, and the installation's. Nothing is
/// changed.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Office", request_body = AddressTest, responses(
    (status = 200, body = AddressVerdict), (status = 403, description = "forbidden")))]
#[post("/office/networks/test")]
pub async fn test_address(
    act: Act<Administer>,
    state: Data<State>,
    body: Body<AddressTest>,
) -> Outcome<HttpResponse> {
    let trust = state.trust.clone();
    act.preview(body, move |tx, _permit, test| {
        let mut errors = Errors::new(tx.language);
        let networks = Networks::parse(&test.networks, &mut errors);
        let address = policy::address(&test.address);
        if let Err(text) = &address {
            errors.add("address", FieldCode::Malformed, text.clone());
        }
        match address {
            Ok(address) if errors.is_empty() => {
                Ok(Reply::ok(verdict(Some(address), trust.label(Some(address), &networks))))
            }
            _ => Err(Problem::invalid(errors)),
        }
    })
    .await
}
