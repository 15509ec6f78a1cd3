//! What every answer has in common: who may ask at all, security headers, the API's version, problems written in the reader's
//! language, and one line in the log.

use std::time::Instant;

use actix_web::HttpRequest;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use contract::ProblemCode;
use tracing::Instrument;
use uuid::Uuid;

use super::{API_VERSION, document, entrance, language};
use crate::problem::Problem;
use crate::state::State;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Browsers come over TLS from now on, to every name below ours too.
const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";

/// The policy for the app: only our own files, WebAssembly allowed, nothing inline.
const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
     object-src 'none'; form-action 'none'; frame-ancestors 'none'";
/// The documentation page brings its own styles.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The outermost layer.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let id = Uuid::now_v7();
    let language = language(request.request());
    let api = request.path().starts_with("/v1");
    let docs = request.path().starts_with("/docs");
    // The request must not be kept: the router needs it for itself alone. Errors of extractors and handlers
    // are answers by now.
    let span = tracing::error_span!("request", %id);
    let state = request.app_data::<Data<State>>().cloned();
    let secure = state.as_ref().is_some_and(|state| entrance::is_secure(request.request(), state));
    let refused = match &state {
        Some(state) => entrance::refusal(request.request(), state).instrument(span.clone()).await,
        None => None,
    };
    let mut response = match refused {
        Some(problem) => request.into_response(actix_web::ResponseError::error_response(&problem)),
        None => next.call(request).instrument(span).await?.map_into_boxed_body(),
    };
    let status = response.status();
    if (status.is_client_error() || status.is_server_error()) && (api || has_problem(&response)) {
        response = write_problem(response, language, id);
    }
    if state.is_some_and(|state| state.is_leaving()) {
        // Whoever keeps the connection for their next request must find another server by then.
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    let headers = response.headers_mut();
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        // Only kept others from compressing it.
        headers.remove(header::CONTENT_ENCODING);
    }
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
    if api {
        set(HeaderName::from_static("api-version"), API_VERSION);
        set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
        if !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Authorization"));
    } else {
        set(header::CONTENT_SECURITY_POLICY, if docs { DOCS_POLICY } else { APP_POLICY });
        set(HeaderName::from_static("cross-origin-embedder-policy"), "require-corp");
    }
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    log(&response, id, started);
    Ok(response)
}

fn has_problem(response: &ServiceResponse<BoxBody>) -> bool {
    response.response().extensions().contains::<Problem>()
}

fn write_problem(
    mut response: ServiceResponse<BoxBody>,
    language: contract::Language,
    id: Uuid,
) -> ServiceResponse<BoxBody> {
    let explained = response.response_mut().extensions_mut().remove::<Problem>();
    let problem = explained.unwrap_or_else(|| unexplained(response.status()));
    let retry_after = problem.retry_after();
    let wire = problem.into_wire(language, Some(format!("urn:uuid:{id}")));
    let not_signed_in = wire.code == ProblemCode::NotSignedIn;
    let body = serde_json::to_string(&wire).unwrap_or_default();
    response.map_body(|head, _| {
        head.headers.remove(header::CONTENT_ENCODING);
        head.headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
        if not_signed_in {
            head.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = retry_after {
            head.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        BoxBody::new(body)
    })
}

/// A problem for an answer that came from the framework rather than from us.
fn unexplained(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => super::document::method_not_allowed(),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(ProblemCode::TooLarge, "De aanvraag is te groot.", "The request is too large.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(
            ProblemCode::UnsupportedMediaType,
            "Stuur de aanvraag als application/json.",
            "Send the request as application/json.",
        ),
        status if status.is_client_error() => Problem::new(
            ProblemCode::InvalidInput,
            "De aanvraag klopt niet: een van de parameters is onleesbaar.",
            "The request is not valid: one of its parameters cannot be read.",
        ),
        status => Problem::internal(format!("answered {status}")),
    }
}

/// What was asked for, with placeholders for what varies; also where no operation answered, but a refusal before it or a 405 beside it.
fn route(request: &HttpRequest) -> Option<String> {
    let described = || {
        let template = document::template_of(request.path().strip_prefix("/v1")?)?;
        Some(format!("/v1{template}"))
    };
    request.match_pattern().or_else(described)
}

/// One line per request: no query, which may hold a name someone searched for.
fn log(response: &ServiceResponse<BoxBody>, id: Uuid, started: Instant) {
    let request = response.request();
    tracing::info!(
        target: "werkbak::request",
        %id,
        method = %request.method(),
        route = route(request).as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
}
