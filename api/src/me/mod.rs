//! The person signed in: profile, password, preferences, sessions (S5, S7, T5).

pub mod handlers;
pub mod sessions;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::get_me)
        .service(handlers::set_password)
        .service(handlers::get_preferences)
        .service(handlers::update_preferences)
        .service(sessions::list_sessions)
        .service(sessions::end_session)
        .service(sessions::end_other_sessions);
}
