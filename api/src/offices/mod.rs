//! The office and its settings (P1).

pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations.
pub fn routes(routes: &mut ServiceConfig<'_>) {
    routes.service(handlers::get_office).service(handlers::update_office);
}
