//! The wire between Werkbak's server and its clients: what goes into and comes out of the REST API,
//! the typed ids, the problem codes and the validation both sides run.
//!
//! Only data and pure rules live here. The server and the app share it, so that a screen refuses the
//! same input the server refuses, with the same words.

pub mod case_types;
pub mod cases;
pub mod client_groups;
pub mod dossiers;
pub mod employees;
pub mod export;
pub mod exports;
pub mod groups;
pub mod hand_over;
pub mod ids;
pub mod imports;
pub mod language;
pub mod me;
pub mod messages;
pub mod networks;
pub mod offices;
pub mod page;
pub mod parties;
pub mod previews;
pub mod problem;
pub mod reads;
pub mod second_factor;
pub mod sign_in;
pub mod support;
pub mod tasks;
mod text_enum;
pub mod validation;

pub use case_types::*;
pub use cases::*;
pub use client_groups::*;
pub use dossiers::*;
pub use employees::*;
pub use export::*;
pub use exports::*;
pub use groups::*;
pub use hand_over::*;
pub use ids::*;
pub use imports::*;
pub use language::{Language, Text};
pub use me::*;
pub use messages::*;
pub use networks::*;
pub use offices::*;
pub use page::*;
pub use parties::*;
pub use previews::*;
pub use problem::*;
pub use reads::*;
pub use second_factor::*;
pub use sign_in::*;
pub use support::*;
pub use tasks::*;
pub use validation::{Errors, Validate};

/// A moment in UTC, RFC 3339 on the wire.
pub type Moment = chrono::DateTime<chrono::Utc>;
/// A calendar day, `2026-03-31` on the wire.
pub type Day = chrono::NaiveDate;
