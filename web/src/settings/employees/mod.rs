//! Medewerkers: who works here, their groups (G3), and their accounts (S3, P4).

mod account;
mod form;
mod list;
mod page;

pub use list::EmployeesPage;
pub use page::{EmployeePage, NewEmployeePage};
