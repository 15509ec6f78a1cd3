//! Medewerkersgroepen (G1 to G4).

mod form;
mod list;
mod page;

pub use list::GroupsPage;
