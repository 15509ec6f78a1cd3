//! The application and the server around it.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use utoipa_actix_web::AppExt;

use super::spa::Files;
use super::{compress, document, layer, tls};
use crate::problem::Problem;
use crate::state::State;

/// Alive: the process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// Ready: the database answers, its migrations have run, and nobody asked the server to stop. Being busy is no reason to be
/// taken out: the others would get that work besides, and go down in their turn.
async fn readyz(state: Data<State>) -> HttpResponse {
    let current = state
        .look(|conn| crate::db::migrations::are_current(conn).map_err(Problem::internal))
        .await
        .unwrap_or(false);
    if current && !state.is_leaving() {
        HttpResponse::Ok().content_type("text/plain").body("ready")
    } else {
        HttpResponse::ServiceUnavailable().content_type("text/plain").body("not ready")
    }
}

/// Whatever no operation answers: 405 when the path exists, else 404.
pub(super) async fn otherwise(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.path().strip_prefix("/v1").unwrap_or_default();
    match document::methods_of(path) {
        methods if methods.is_empty() => Err(Problem::not_found()),
        methods => {
            let problem = if document::is_case(path) && request.method() == actix_web::http::Method::DELETE {
                crate::cases::never_deleted()
            } else {
                document::method_not_allowed()
            };
            let mut response = actix_web::ResponseError::error_response(&problem);
            if let Ok(allow) = methods.join(", ").parse() {
                response.headers_mut().insert(actix_web::http::header::ALLOW, allow);
            }
            Ok(response)
        }
    }
}

/// How long requests that are under way may take when the server stops.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long a connection without requests is kept: longer than proxies do (a minute at the most), so that it is they who
/// end it. Where the server does, a request may just be on its way, and nobody can tell whether it was done.
const KEPT: Duration = Duration::from_secs(75);

/// Starts listening, with TLS when there is a certificate. Stopping is up to the caller: signals do nothing here.
pub fn start(state: State, bind: SocketAddr) -> Result<(Server, SocketAddr), String> {
    let tls = state.config.tls.as_ref().map(tls::configuration).transpose()?;
    let files = Data::new(Files::read(&state.config.web_root));
    let state = Data::new(state);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(files.clone())
            .app_data(web::PayloadConfig::new(super::body::LARGEST_BODY))
            .wrap(from_fn(compress::answers))
            .wrap(Compress::default())
            .wrap(from_fn(layer::around))
            .route("/healthz", web::get().to(healthz))
            .route("/readyz", web::get().to(readyz))
            .route("/v1/openapi.json", web::get().to(document::json))
            .service(document::pages())
            .into_utoipa_app()
            .service(
                utoipa_actix_web::scope("/v1").configure(super::routes).default_service(web::to(otherwise)),
            )
            .into_app()
            .default_service(web::get().to(super::spa::serve))
    })
    .tcp_nodelay(true)
    .keep_alive(KEPT)
    .disable_signals()
    .shutdown_timeout(PATIENCE.as_secs());
    let server = match tls {
        Some(tls) => server.bind_rustls_0_23(bind, tls),
        None => server.bind(bind),
    };
    let server = server.map_err(|error| error.to_string())?;
    let address = server.addrs().first().copied().unwrap_or(bind);
    Ok((server.run(), address))
}
