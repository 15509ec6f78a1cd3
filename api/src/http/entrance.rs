//! Who may knock at all: nobody over a connection that others can read, and no other website on a visitor's behalf.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HOST, ORIGIN};
use actix_web::web::Data;

use crate::events::{self, By, Event};
use crate::problem::{Outcome, Problem};
use crate::sign_in::opened::COOKIE;
use crate::state::State;

/// Whether an address is one of the proxies that were named (`WERKBAK_TRUSTED_PROXIES`).
pub fn is_proxy(state: &State, address: IpAddr) -> bool {
    state.config.trusted_proxies.iter().any(|net| net.contains(&address))
}

/// The address at the other end of the connection; on a socket for both kinds, an IPv4 address is one.
pub fn peer(request: &HttpRequest) -> Option<IpAddr> {
    request.peer_addr().map(|address| address.ip().to_canonical())
}

/// What the proxy before us says about a request; of anyone else it counts for nothing.
fn forwarded<'a>(request: &'a HttpRequest, state: &State, name: &str) -> Option<&'a str> {
    if !peer(request).is_some_and(|peer| is_proxy(state, peer)) {
        return None;
    }
    let last = request.headers().get_all(name).next_back()?.to_str().ok()?;
    last.rsplit(',').next().map(str::trim)
}

/// Whether a request came over TLS: ours, or that of the proxy before us.
pub fn is_secure(request: &HttpRequest, state: &State) -> bool {
    state.config.tls.is_some()
        || forwarded(request, state, "X-Forwarded-Proto").is_some_and(|it| it.eq_ignore_ascii_case("https"))
}

/// Why a request is not looked at. A refusal of another website is recorded (E3).
pub async fn refusal(request: &HttpRequest, state: &Data<State>) -> Option<Problem> {
    if is_in_clear(request, state) {
        return Some(Problem::forbidden(
            "Deze verbinding is niet beveiligd. Gebruik het https-adres van Werkbak.",
            "This connection is not secure. Use the https address of Werkbak.",
        ));
    }
    if !is_from_elsewhere(request, state) {
        return None;
    }
    let recorded = record(state, "session.cross-site-refused", super::client_address(request, state)).await;
    let refused = || {
        Problem::forbidden(
            "Deze aanvraag komt van een andere website.",
            "This request comes from another website.",
        )
    };
    Some(recorded.err().unwrap_or_else(refused))
}

/// Records a refusal of nobody in particular (E3); of one address that asks without end, no more than now and then.
pub async fn record(state: &Data<State>, kind: &'static str, address: Option<IpAddr>) -> Outcome<()> {
    if !state.rates.is_worth_recording(address) {
        return Ok(());
    }
    let address = address.map(|address| address.to_string()).unwrap_or_default();
    let by = By { office_id: None, employee_id: None, address };
    let nobody = contract::EmployeeId(uuid::Uuid::nil());
    state.write(move |conn| events::record_by(conn, &by, Event::of(kind, "employee", nobody)).map(drop)).await
}

/// Records it when something was refused as too many (E3).
pub async fn noted(state: &Data<State>, address: Option<IpAddr>, allowed: Outcome<()>) -> Outcome<()> {
    if allowed.is_err() {
        record(state, "sign-in.limited", address).await?;
    }
    allowed
}

/// Whether others can read it on its way here. Without TLS of our own only this machine and the named proxies reach us,
/// so that nobody goes round the proxy; and not those of whom the proxy says that they came without TLS.
fn is_in_clear(request: &HttpRequest, state: &State) -> bool {
    // Whoever watches over the server asks these directly; they tell nothing.
    if state.config.tls.is_some() || matches!(request.path(), "/healthz" | "/readyz") {
        return false;
    }
    let Some(peer) = peer(request) else { return false };
    if is_proxy(state, peer) {
        return forwarded(request, state, "X-Forwarded-Proto")
            .is_some_and(|it| it.eq_ignore_ascii_case("http"));
    }
    !peer.is_loopback()
}

/// Whether another website makes a visitor's browser ask something. A request with an access token is not one: no page
/// of theirs has it. Everything else that changes something is judged: what uses the cookie, and what sets it, lest
/// another site sign a visitor in as someone else. Who says nothing of where they come from is no browser.
fn is_from_elsewhere(request: &HttpRequest, state: &State) -> bool {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    if harmless || headers.contains_key(AUTHORIZATION) || !request.path().starts_with("/v1/") {
        return false;
    }
    // Without the cookie there is nothing to go on with, and nothing to refuse anyone.
    if request.path() == "/v1/sessions/refresh" && request.cookie(COOKIE).is_none() {
        return false;
    }
    if let Some(site) = headers.get("Sec-Fetch-Site") {
        return site != "same-origin" && site != "none";
    }
    match headers.get(ORIGIN) {
        Some(origin) => !origin.to_str().is_ok_and(|origin| is_our_own(origin, request, state)),
        None => false,
    }
}

/// Whether an origin, such as `https://werkbak.example`, is the one that was asked.
fn is_our_own(origin: &str, request: &HttpRequest, state: &State) -> bool {
    let Some((scheme, host)) = origin.split_once("://") else { return false };
    let public = state.config.public_url.as_deref().and_then(|url| {
        let (scheme, rest) = url.split_once("://")?;
        Some((scheme, rest.split('/').next()?))
    });
    if public.is_some_and(|own| own.0.eq_ignore_ascii_case(scheme) && own.1.eq_ignore_ascii_case(host)) {
        return true;
    }
    // HTTP/2 has the host in the address.
    let asked = request.uri().authority().map(|authority| authority.as_str());
    let asked = asked.or_else(|| request.headers().get(HOST)?.to_str().ok());
    let asked = forwarded(request, state, "X-Forwarded-Host").or(asked);
    asked.is_some_and(|asked| asked.eq_ignore_ascii_case(host))
        && (scheme.eq_ignore_ascii_case("https") || !is_secure(request, state))
}
