//! Signing in (S1, S2, S4, S5, S7).

pub mod going_on;
pub mod handlers;
pub mod hash_threads;
pub mod hashing;
pub mod limits;
pub mod opened;
pub mod policy;
pub mod rates;
pub mod resets;
pub mod store;
pub mod tokens;
pub mod usage;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::sign_in)
        .service(going_on::refresh)
        .service(going_on::sign_out)
        .service(resets::ask_password_reset);
}
