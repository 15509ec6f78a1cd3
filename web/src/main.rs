//! Werkbak's single-page app: Leptos in the browser, talking to the documented API and nothing else.

mod app;
mod client;
mod hand_over;
mod i18n;
mod session;
mod settings;
mod shell;
mod sign_in;
mod ui;

fn main() {
    ui::crash::install();
    leptos::mount::mount_to_body(app::App);
}
