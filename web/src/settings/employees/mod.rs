//! Medewerkers: who works here, their groups (G3), their accounts (S3, P4), what they see (D5), hold and read (E2).

mod access;
mod account;
mod edit;
mod form;
mod list;
mod locked;
mod new;
mod page;
mod reactivate;
mod reads;
mod second_factor;
mod work;

pub use list::EmployeesPage;
pub use new::NewEmployeePage;
pub use page::EmployeePage;
