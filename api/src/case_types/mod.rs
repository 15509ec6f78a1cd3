//! Case types, in revisions, and who is authorised for them (C1, C2).

pub mod handlers;
pub mod import;
pub mod revise;
pub mod step_order;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_case_types)
        .service(handlers::get_case_type)
        .service(handlers::get_authorisations)
        .service(handlers::update_authorisations)
        .service(step_order::update_step_order);
}
