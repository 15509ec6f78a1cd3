//! Dossiers: the list, one dossier with its cases, and who has access to it (D1 to D5).

mod edit;
mod everyone;
mod list;
mod new;
mod page;
mod rules;
mod rules_value;
mod why;

pub use list::DossiersPage;
pub use new::NewDossierPage;
pub use page::DossierPage;
