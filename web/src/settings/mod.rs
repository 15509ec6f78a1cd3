//! Kantoor/Instellingen: groups, client groups, employees, case types and the office itself.

pub mod case_types;
pub mod client_groups;
mod columns;
pub mod employees;
pub mod groups;
mod layout;
mod office;

pub use layout::SettingsNav;
pub use office::OfficePage;
