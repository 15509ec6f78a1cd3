//! Importeren: lists from a spreadsheet, and what every import has in common.

mod columns;
mod import;
mod list_report;
mod outcomes;
mod page;
mod verdict;

pub use import::Import;
pub use list_report::{lines_of, said};
pub use outcomes::{OutcomeBadge, by_outcome};
pub use page::ImportsPage;
pub use verdict::{ImportButton, Verdict, verdict};
