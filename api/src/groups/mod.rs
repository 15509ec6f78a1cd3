//! Employee groups: teams that share access and a tray (G1 to G6).

pub mod deletion;
pub mod handlers;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_groups)
        .service(handlers::create_group)
        .service(handlers::get_group)
        .service(handlers::update_group)
        .service(handlers::preview_group)
        .service(deletion::get_group_inventory)
        .service(deletion::preview_group_deletion)
        .service(deletion::delete_group);
}
