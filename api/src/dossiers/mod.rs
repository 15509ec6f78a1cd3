//! Dossiers and who has access to them (D1 to D5).

pub mod archive;
pub mod handlers;
pub mod order;
pub mod overview;
pub mod policy;
pub mod rules;
pub mod saving;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_dossiers)
        .service(handlers::create_dossier)
        .service(handlers::get_dossier_by_number)
        .service(handlers::get_dossier)
        .service(handlers::update_dossier)
        .service(handlers::preview_dossier)
        .service(rules::get_access_rules)
        .service(rules::update_access_rules)
        .service(rules::preview_access_rules)
        .service(overview::list_access)
        .service(rules::explain_access)
        .service(overview::list_dossiers_of_employee)
        .service(overview::explain_access_by_number)
        .service(order::order_access_rules)
        .service(order::preview_access_rules_order)
        .service(archive::archive_dossier)
        .service(archive::restore_dossier);
}
