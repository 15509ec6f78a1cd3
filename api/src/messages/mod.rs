//! Messages about a dossier: to exactly one address, with the mail saying only that there is one (D6, D8).

pub mod handlers;
pub mod policy;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::get_recipient)
        .service(handlers::list_messages)
        .service(handlers::send_message)
        .service(handlers::get_message);
}
