//! What surrounds every page of who is signed in: the top bar, and the routes.

mod avatar;
mod not_found;
mod param;
mod routes;
mod top_bar;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub use not_found::NotFound;
pub use param::use_id;
pub use top_bar::NavLink;

use crate::i18n::t;
use crate::ui::focus;
use routes::Pages;
use top_bar::TopBar;

#[component]
pub fn Shell() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            focus::expect_heading();
        }
        path
    });
    view! {
        <a class="skip" href="#main" on:click=|event| {
            // Not for the router, which would take it for a page.
            event.prevent_default();
            focus::to_id("main");
        }>{t!(shell.skip)}</a>
        <TopBar/>
        <main id="main" tabindex="-1">
            <Pages/>
        </main>
    }
    .into_any()
}
