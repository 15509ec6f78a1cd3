//! One's second factor: a code from an app on one's telephone, besides the password.

mod begin;
mod page;
mod panel;
mod recovery;
mod remove;
mod renew;
mod scan;
mod setting_up;

pub use page::SecondFactorPage;
pub use panel::SecondFactorPanel;
pub use setting_up::SettingUp;
