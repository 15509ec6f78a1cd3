//! Zaaktypen (C1) and who is authorised for them (C2).

mod authorisations;
mod import;
mod import_item;
mod list;
mod page;
mod step_order;

pub use import::CaseTypeImportPage;
pub use list::CaseTypesPage;
pub use page::CaseTypePage;
