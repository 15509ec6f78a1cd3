//! The second factor: a code from an app on one's telephone, besides the password (S2, S5).
//!
//! The secret is kept encrypted, recovery codes as keyed hashes. A code works once. Wrong ones count as failed
//! attempts, which only a complete sign-in forgives: who knows a password does not guess codes for ever.

pub mod codes;
pub mod handlers;
pub mod office;
pub mod policy;
pub mod qr;
pub mod sealed;
pub mod setup;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::give_code)
        .service(setup::get_second_factor)
        .service(setup::begin_second_factor)
        .service(setup::confirm_second_factor)
        .service(handlers::renew_recovery_codes)
        .service(handlers::remove_second_factor)
        .service(handlers::reset_second_factor)
        .service(office::get_requirement)
        .service(office::update_requirement);
}
