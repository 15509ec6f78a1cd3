//! Before and around the work: starting, signing in, choosing one's own password.

mod again;
mod code;
mod forgotten;
mod form;
mod password;
mod required;
mod start;

pub use again::ExpiredDialog;
pub use code::CodeInput;
pub use form::SignIn;
pub use password::{OwnPassword, PasswordForm};
pub use required::RequiredSecondFactor;
pub use start::Start;
