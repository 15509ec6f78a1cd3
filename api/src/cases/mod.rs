//! Cases: opening, team, steps, closing (C3 to C10).

pub mod closing;
pub mod handlers;
pub mod policy;
pub mod steps;
pub mod store;
pub mod team;
pub mod view;

use contract::ProblemCode;

use crate::http::Routes;
use crate::problem::Problem;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::list_cases)
        .service(handlers::open_case)
        .service(handlers::get_case)
        .service(handlers::update_case)
        .service(team::change_coordinator)
        .service(team::add_supporter)
        .service(team::remove_supporter)
        .service(steps::update_step)
        .service(steps::close_step)
        .service(steps::skip_step)
        .service(steps::reopen_step)
        .service(closing::close_case)
        .service(closing::reopen_case);
}

/// What DELETE answers for a case (C9).
pub fn never_deleted() -> Problem {
    Problem::new(
        ProblemCode::CaseNeverDeleted,
        "Een zaak wordt nooit verwijderd. Sluit haar als administratieve fout, met een toelichting.",
        "A case is never deleted. Close it as an administrative error instead, with a note.",
    )
}
