//! Everything recorded about a dossier, as one file (D7).
//!
//! The file is written while it is read: a page of rows at a time, each on a connection of its own, so that
//! neither the size of a dossier nor a slow reader costs more than a page. That it was exported, and so read,
//! is recorded before the first byte.

pub mod handlers;
pub mod store;
pub mod stream;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes.service(handlers::export_dossier);
}
