//! The API, black-box over HTTP. The tree mirrors the routes; every test has its own database, on SQLite, or
//! on the PostgreSQL server of `TEST_DATABASE_URL`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

mod access_matrix;
mod access_orders;
mod access_property;
mod app_files;
mod busy;
mod case_closing;
mod case_steps;
mod case_types;
mod case_views;
mod case_ways;
mod cases;
mod compression;
mod database;
mod delivery;
mod document;
mod dossier_access;
mod dossier_archive;
mod dossiers;
mod employees;
mod entrance;
mod events;
mod export;
mod exports;
mod group_deletion;
mod groups;
mod hand_over;
mod hand_over_races;
mod imports;
mod keys;
mod leaks;
mod locks;
mod mail_server;
mod mailed;
mod messages;
mod networks;
mod own_sessions;
mod page_property;
mod parties;
mod password_resets;
mod polling;
mod problems;
mod promises;
mod proxies;
mod rate_limits;
mod reads;
mod second_factor;
mod second_factor_guessing;
mod second_factor_office;
mod seeded;
mod sign_in;
mod sign_in_attacks;
mod sorting;
mod start;
mod statements;
mod stopping;
mod support_sessions;
mod tasks;
mod tidy;
mod tls;
mod tokens;
mod trays;
