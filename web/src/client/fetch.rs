//! The browser's `fetch`.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Request, RequestInit, Response};

use super::{Call, Failure, Outcome};
use crate::i18n;

/// Aborts the request when nobody waits for its answer any more.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends one request and gives the body of a good answer.
pub(super) async fn fetch(call: &Call<()>, token: Option<&str>) -> Outcome<String> {
    let (response, _abort) = send(call, token).await.map_err(|_| Failure::Unreachable)?;
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

async fn send(call: &Call<()>, token: Option<&str>) -> Result<(Response, AbortOnDrop), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Accept-Language", i18n::language().as_str())?;
    if let Some(token) = token {
        headers.set("Authorization", &format!("Bearer {token}"))?;
    }
    if let Some(version) = call.seen {
        headers.set("If-Match", &format!("\"{version}\""))?;
    }
    if let Some(key) = &call.key {
        headers.set("Idempotency-Key", key)?;
    }

    let init = RequestInit::new();
    init.set_method(call.method.as_str());
    if let Some(body) = &call.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let abort = AbortOnDrop(AbortController::new()?);
    init.set_signal(Some(&abort.0.signal()));

    let request = Request::new_with_str_and_init(&format!("/v1{}", call.path), &init)?;
    let response = JsFuture::from(leptos::prelude::window().fetch_with_request(&request)).await?;
    Ok((response.dyn_into()?, abort))
}
