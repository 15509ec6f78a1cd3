//! The office and its settings (P1).

pub mod handlers;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes.service(handlers::get_office).service(handlers::update_office);
}
