//! `cargo xtask bench …`: what is promised about speed, measured on this machine.
//!
//! Absolute figures say more about a machine than about Werkbak, so a figure is compared with another of the same run.

mod client;
mod report;
mod sign_in;

pub use sign_in::sign_in;
