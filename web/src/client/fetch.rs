//! The browser's `fetch`.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, Headers, RequestInit, Response};

use super::{Body, Failure, Outcome, Request};
use crate::i18n;

/// Aborts the request when nobody waits for its answer any more.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A good answer, whose body is still to arrive.
pub(super) struct Answer {
    response: Response,
    _abort: AbortOnDrop,
}

impl Answer {
    pub(super) async fn text(&self) -> Outcome<String> {
        Ok(whole(self.response.text()).await?.as_string().unwrap_or_default())
    }

    /// The body as a file, whatever is in it, and the name the server gave it.
    pub(super) async fn file(&self) -> Outcome<(Blob, Option<String>)> {
        let body = whole(self.response.blob()).await?.dyn_into().map_err(|_| Failure::Unreachable)?;
        let disposition = self.response.headers().get("Content-Disposition").ok().flatten();
        let name = disposition.as_deref().and_then(|text| text.split('"').nth(1)).map(str::to_owned);
        Ok((body, name))
    }
}

/// What was broken off half way never counts as an answer.
async fn whole(body: Result<Promise, JsValue>) -> Outcome<JsValue> {
    JsFuture::from(body.map_err(|_| Failure::Unreachable)?).await.map_err(|_| Failure::Unreachable)
}

/// Sends one request and gives a good answer.
pub(super) async fn answer(request: &Request, token: Option<&str>) -> Outcome<Answer> {
    let (response, abort) = send(request, token).await.map_err(|_| Failure::Unreachable)?;
    let answer = Answer { response, _abort: abort };
    if answer.response.ok() {
        return Ok(answer);
    }
    match serde_json::from_str(&answer.text().await?) {
        Ok(problem) => Err(Failure::Refused(Box::new(problem))),
        Err(_) => Err(Failure::Unreadable(answer.response.status())),
    }
}

/// Sends one request and gives the body of a good answer.
pub(super) async fn fetch(request: &Request, token: Option<&str>) -> Outcome<String> {
    answer(request, token).await?.text().await
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
    if request.unasked {
        headers.set("Werkbak-Unattended", "true")?;
    }
    if let Some(key) = &request.key {
        headers.set("Idempotency-Key", key)?;
    }

    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    match &request.body {
        Some(Body::Json(text)) => {
            headers.set("Content-Type", "application/json")?;
            init.set_body(&JsValue::from_str(text));
        }
        Some(Body::File { media_type, bytes }) => {
            headers.set("Content-Type", media_type)?;
            init.set_body(&js_sys::Uint8Array::from(bytes.as_slice()));
        }
        None => {}
    }
    init.set_headers(&headers);
    let abort = AbortOnDrop(AbortController::new()?);
    init.set_signal(Some(&abort.0.signal()));

    let address = format!("/v1{}", request.path);
    let response = JsFuture::from(leptos::prelude::window().fetch_with_str_and_init(&address, &init)).await?;
    Ok((response.dyn_into()?, abort))
}
