//! Werkbak's server: who may see which dossier, who runs which case, which team picks up which task.
//!
//! ARCHITECTURE.md tells how the parts hang together.

pub mod access;
pub mod case_types;
pub mod cases;
pub mod cli;
pub mod client_groups;
pub mod clock;
pub mod config;
pub mod db;
pub mod dossiers;
pub mod employees;
pub mod events;
pub mod export;
pub mod exports;
pub mod groups;
pub mod hand_over;
pub mod http;
pub mod imports;
pub mod mail;
pub mod me;
pub mod messages;
pub mod networks;
pub mod offices;
pub mod parties;
pub mod problem;
pub mod reads;
pub mod second_factor;
pub mod secrets;
pub mod seed;
pub mod sign_in;
pub mod state;
pub mod support;
pub mod tasks;
pub mod text;
pub mod watch;
