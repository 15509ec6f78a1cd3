//! Kantoor/Instellingen: groups, client groups, employees, case types, imports and the office itself.

pub mod case_types;
pub mod client_groups;
mod columns;
pub mod employees;
pub mod groups;
pub mod imports;
mod layout;
mod office;

pub use layout::SettingsNav;
pub use office::OfficePage;
