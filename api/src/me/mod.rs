//! The person signed in: profile, password, preferences (S5, T5).

pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations.
pub fn routes(routes: &mut ServiceConfig<'_>) {
    routes
        .service(handlers::get_me)
        .service(handlers::set_password)
        .service(handlers::get_preferences)
        .service(handlers::update_preferences);
}
