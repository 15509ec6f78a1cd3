//! HTTP: the application, what every answer has in common, and the tools handlers use.

pub mod act;
pub mod body;
pub mod compress;
pub mod conditional;
pub mod document;
pub mod entrance;
pub mod examples;
pub mod gate;
pub mod idempotency;
pub mod layer;
pub mod paging;
pub mod preview;
pub mod reply;
pub mod routes;
pub mod search;
pub mod serve;
pub mod spa;
pub mod tls;
pub mod upload;

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use contract::Language;
use utoipa_actix_web::service_config::ServiceConfig;

pub use act::Act;
pub use routes::Routes;

use crate::problem::{Outcome, Problem};
use crate::sign_in::tokens::Claims;
use crate::state::State;

/// The version of the API, on every answer and in the document.
pub const API_VERSION: &str = "1.0.0";

/// Every operation below `/v1`. This list makes both the router and the document.
pub fn routes(config: &mut ServiceConfig<'_>) {
    let mut all = Routes::default();
    let routes = &mut all;
    crate::sign_in::routes(routes);
    crate::second_factor::routes(routes);
    crate::me::routes(routes);
    crate::offices::routes(routes);
    crate::networks::routes(routes);
    crate::employees::routes(routes);
    crate::hand_over::routes(routes);
    crate::groups::routes(routes);
    crate::client_groups::routes(routes);
    crate::dossiers::routes(routes);
    crate::case_types::routes(routes);
    crate::cases::routes(routes);
    crate::tasks::routes(routes);
    crate::messages::routes(routes);
    crate::parties::routes(routes);
    crate::export::routes(routes);
    crate::reads::routes(routes);
    crate::imports::routes(routes);
    crate::exports::routes(routes);
    crate::support::routes(routes);
    all.register(config);
}

/// The language to answer a request in.
pub fn language(request: &HttpRequest) -> Language {
    request
        .headers()
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map(Language::negotiate)
        .unwrap_or_default()
}

/// What the access token of a request says; 401 without a good one.
pub fn bearer(request: &HttpRequest, state: &State) -> Outcome<Claims> {
    request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|token| state.tokens.verify(token.trim()))
        .ok_or_else(Problem::not_signed_in)
}

/// On a request that nobody asked for: it does not count as use of the session (S7).
pub const UNATTENDED: &str = "Werkbak-Unattended";

/// Whether a person asked for a request.
pub fn attended(request: &HttpRequest) -> bool {
    request.headers().get(UNATTENDED).is_none_or(|value| value.as_bytes() != b"true")
}

/// An address as proxies write it: `203.0.113.9`, `203.0.113.9:51544`, `2001:db8::9`, `[2001:db8::9]:51544`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let address = hop.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|socket| socket.ip()));
    let bare = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    address.ok().or_else(bare).map(|address| address.to_canonical())
}

/// Where a request comes from; `None` when the proxy before us said what cannot be read. X-Forwarded-For counts only from configured proxies (S8): read from the
/// right, the first address that is not one of them.
pub fn client_address(request: &HttpRequest, state: &State) -> Option<IpAddr> {
    let peer = entrance::peer(request)?;
    let trusted = |address: IpAddr| entrance::is_proxy(state, address);
    let mut client = peer;
    if trusted(peer) {
        let forwarded = request.headers().get_all("X-Forwarded-For").filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
        for hop in hops.iter().rev() {
            // What our own proxy wrote and we cannot read must not make everyone look like the proxy.
            let address = hop_address(hop)?;
            client = address;
            if !trusted(address) {
                break;
            }
        }
    }
    Some(client)
}
