//! Lists as CSV for a spreadsheet: what the list shows, page by page, by the code of the list itself, so that
//! nobody exports what they do not see. An export is recorded before its first byte goes out (E1).

pub mod handlers;
mod lists;
mod store;
pub mod table;

use crate::http::Routes;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes.service(handlers::export_tray).service(handlers::export_list);
}
