//! Dossiers: the list, one dossier with all that is about it, and who has access (D1 to D8).

mod archive;
mod bulk;
mod cases;
mod edit;
mod everyone;
mod list;
mod messages;
mod new;
mod number;
mod numbered;
mod page;
mod parties;
mod parts;
mod reads;
mod rules;
mod rules_read;
mod rules_value;
mod why;

pub use bulk::DossiersAccessPage;
pub use list::DossiersPage;
pub use new::NewDossierPage;
pub use page::DossierPage;
