//! Medewerkersgroepen (G1 to G4).

mod form;
mod list;
mod page;

pub use list::GroupsLayout;
pub use page::{GroupPage, NewGroupPage};
