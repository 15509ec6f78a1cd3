//! Dossiers and who has access to them (D1 to D5).

pub mod handlers;
pub mod policy;
pub mod rules;
pub mod saving;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations.
pub fn routes(routes: &mut ServiceConfig<'_>) {
    routes
        .service(handlers::list_dossiers)
        .service(handlers::create_dossier)
        .service(handlers::get_dossier)
        .service(handlers::update_dossier)
        .service(rules::get_access_rules)
        .service(rules::update_access_rules)
        .service(rules::explain_access);
}
