//! Medewerkersgroepen (G1 to G6).

mod deletion;
mod form;
mod list;
mod page;

pub use list::GroupsPage;
