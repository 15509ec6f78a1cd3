//! Client groups: dossiers that share a mail address (G4, D6).

pub mod deletion;
pub mod handlers;
pub mod saving;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_client_groups)
        .service(handlers::create_client_group)
        .service(handlers::get_client_group)
        .service(handlers::update_client_group)
        .service(deletion::preview_client_group_deletion)
        .service(deletion::delete_client_group);
}
