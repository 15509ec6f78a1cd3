//! Werkbakken: the trays of one's teams, and picking up what waits in them (T4).

mod agreements;
mod layout;
mod refresh;
mod tray;

pub use layout::{TraysPage, counts};
pub use refresh::keep_fresh;
