//! Cases (C3 to C10): the list, a new one, and one case with its steps, tasks and team.

mod close;
mod edit;
mod list;
mod new;
mod page;
mod reason;
mod row;
mod step;
mod step_form;
mod steps;
mod tasks;
mod team;

pub use list::CasesPage;
pub use new::NewCasePage;
pub use page::CasePage;
pub use reason::{WithReason, Wording};
pub use row::case_row;
