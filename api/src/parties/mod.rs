//! Whom a dossier concerns (D7).

pub mod handlers;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_parties)
        .service(handlers::add_party)
        .service(handlers::get_party)
        .service(handlers::update_party)
        .service(handlers::remove_party);
}
