//! Zaaktypen (C1) and who is authorised for them (C2).

mod authorisations;
mod list;
mod page;

pub use list::CaseTypesPage;
pub use page::CaseTypePage;
