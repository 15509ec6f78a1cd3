//! What every test stands on: an installation of its own, offices, and the people who act.

mod client;
mod database;
mod device;
pub mod plans;
mod program;
mod rows;
mod smtp;
mod statements;
mod stop;
mod tokens;
mod work;
mod world;

pub use client::{Anonymous, Person, Request, Response};
pub use database::{TestDatabase, on_postgres};
pub use device::{Device, step};
pub use program::Program;
pub use rows::{mail_rows, mails_are_due};
pub use smtp::{Answer, MailServer};
pub use tokens::Token;
pub use work::{Recorded, ids};
pub use world::{Mail, Office, World, group_rule, person_rule};

/// A password that passes every check.
pub const PASSWORD: &str = "lantaarn fiets oker dinsdag";
