//! Klantengroepen: dossiers that share a mail address (D6, G4).

mod deletion;
mod list;
mod page;

pub use list::ClientGroupsPage;
