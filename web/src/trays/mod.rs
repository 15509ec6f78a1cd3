//! Werkbakken: the trays of one's teams, and picking up what waits in them (T4).

mod agreements;
mod layout;
mod refresh;
mod tray;

pub use layout::{TraysIndex, TraysLayout};
pub use refresh::keep_fresh;
pub use tray::TrayPage;
