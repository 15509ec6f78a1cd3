//! Employees and their accounts (P2, P4, P5, S3).

pub mod handlers;
pub mod locked;
pub mod reactivation;
pub mod saving;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_employees)
        .service(handlers::create_employee)
        .service(handlers::get_employee)
        .service(handlers::update_employee)
        .service(handlers::preview_employee)
        .service(handlers::deactivate_employee)
        .service(reactivation::reactivate_employee)
        .service(locked::list_locked_accounts);
}
