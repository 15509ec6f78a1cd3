//! The API, black-box over HTTP. The tree mirrors the routes; every test has its own database, on SQLite, or
//! on the PostgreSQL server of `TEST_DATABASE_URL`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

mod access_matrix;
mod case_views;
mod database;
mod delivery;
mod document;
mod dossier_access;
mod dossiers;
mod hand_over;
mod hand_over_races;
mod problems;
mod sign_in;
mod tasks;
