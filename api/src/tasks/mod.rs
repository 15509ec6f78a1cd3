//! Tasks and the trays of teams (T1 to T7).

pub mod create;
pub mod handlers;
pub mod moves;
pub mod policy;
pub mod store;
pub mod tray;
pub mod withdraw;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(create::list_case_tasks)
        .service(create::create_task)
        .service(handlers::list_my_tasks)
        .service(handlers::get_task)
        .service(handlers::update_task)
        .service(moves::claim_task)
        .service(moves::release_task)
        .service(moves::forward_task)
        .service(moves::complete_task)
        .service(handlers::list_trays)
        .service(handlers::list_tray_tasks);
}
