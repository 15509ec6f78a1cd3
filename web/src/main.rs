//! Werkbak's single-page app: Leptos in the browser, talking to the documented API and nothing else.

mod app;
mod cases;
mod client;
mod consequences;
mod dossiers;
mod hand_over;
mod home;
mod i18n;
mod pages;
mod preferences;
mod second_factor;
mod session;
mod settings;
mod shell;
mod sign_in;
mod tasks;
mod trays;
mod ui;

fn main() {
    ui::crash::install();
    leptos::mount::mount_to_body(app::App);
}
