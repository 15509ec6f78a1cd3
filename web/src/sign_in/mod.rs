//! Before and around the work: starting, signing in, choosing one's own password.

mod again;
mod cut_off;
mod forgotten;
mod form;
mod outside;
mod password;
mod start;

pub use again::ExpiredDialog;
pub use cut_off::OutsideDialog;
pub use form::SignIn;
pub use password::{OwnPassword, PasswordForm};
pub use start::Start;
