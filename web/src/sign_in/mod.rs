//! Before and around the work: starting, signing in, choosing one's own password.

mod again;
mod forgotten;
mod form;
mod password;
mod start;

pub use again::ExpiredDialog;
pub use form::SignIn;
pub use password::{OwnPassword, PasswordForm};
pub use start::Start;
