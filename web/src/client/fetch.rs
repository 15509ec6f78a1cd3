//! The browser's `fetch`.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use super::{Failure, Outcome, Request};
use crate::i18n;

/// Aborts the request when nobody waits for its answer any more.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends one request and gives the body of a good answer.
pub(super) async fn fetch(request: &Request, token: Option<&str>) -> Outcome<String> {
    let (response, _abort) = send(request, token).await.map_err(|_| Failure::Unreachable)?;
    let text = response.text().map_err(|_| Failure::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| Failure::Unreachable)?.as_string().unwrap_or_default();
    if response.ok() {
        return Ok(text);
    }
    match serde_json::from_str(&text) {
        Ok(problem) => Err(Failure::Refused(Box::new(problem))),
        Err(_) => Err(Failure::Unreadable(response.status())),
    }
}

async fn send(request: &Request, token: Option<&str>) -> Result<(Response, AbortOnDrop), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Accept-Language", i18n::language().as_str())?;
    if let Some(token) = token {
        headers.set("Authorization", &format!("Bearer {token}"))?;
    }
    if let Some(version) = request.seen {
        headers.set("If-Match", &format!("\"{version}\""))?;
    }
    if let Some(key) = &request.key {
        headers.set("Idempotency-Key", key)?;
    }

    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    if let Some(body) = &request.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let abort = AbortOnDrop(AbortController::new()?);
    init.set_signal(Some(&abort.0.signal()));

    let address = format!("/v1{}", request.path);
    let response = JsFuture::from(leptos::prelude::window().fetch_with_str_and_init(&address, &init)).await?;
    Ok((response.dyn_into()?, abort))
}
