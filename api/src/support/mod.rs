//! Support sessions: someone of the platform's helpdesk acts in an office for at most an hour, with the
//! helpdesk's rights there and nothing else (P3).
//!
//! While one runs, every request of that sign-in session is made in the office that is helped:
//! [`crate::access::Actor::office_id`] is that office, the only role is helpdesk, and
//! [`crate::access::Permission::IN_SUPPORT`] says of each permission whether it counts, which it does not
//! unless it says so.

pub mod handlers;
pub mod store;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::get_support_session)
        .service(handlers::end_support_session)
        .service(handlers::list_support_sessions)
        .service(handlers::open_support_session);
}
