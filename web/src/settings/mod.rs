//! Kantoor/Instellingen: groups, client groups, employees, case types, imports, the office itself and who helped in it.

pub mod case_types;
pub mod client_groups;
mod columns;
pub mod employees;
pub mod groups;
pub mod imports;
mod layout;
pub mod networks;
mod office;
mod second_factor;
mod support;

pub use layout::SettingsNav;
pub use office::OfficePage;
pub use support::SupportPage;
