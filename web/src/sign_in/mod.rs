//! Before and around the work: starting, signing in, choosing one's own password.

mod again;
mod code;
mod cut_off;
mod forgotten;
mod form;
mod lapse;
mod outside;
mod password;
mod required;
mod sign_out;
mod start;
mod still_here;

pub use again::InterruptionDialog;
pub use code::CodeInput;
pub use cut_off::OutsideDialog;
pub use form::SignIn;
pub use lapse::LapseWarning;
pub use password::{OwnPassword, PasswordForm};
pub use required::RequiredSecondFactor;
pub use start::Start;
pub use still_here::count_typing;
