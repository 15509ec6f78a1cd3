//! What surrounds every page of who is signed in: the top bar, and which page an address shows.

pub mod areas;
mod avatar;
mod go;
mod not_found;
mod support;
mod top_bar;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub use go::use_go;
pub use not_found::NotFound;
pub use top_bar::NavLink;

use crate::app::use_root;
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::remote::loading;
use crate::ui::watch::watch;
use support::SupportBanner;
use top_bar::TopBar;

#[component]
pub fn Shell() -> impl IntoView {
    let session = use_root().session;
    let visiting = untrack(move || session.me()).is_some_and(|me| me.support.is_some());
    let go = use_go();
    let path = use_location().pathname;
    let page = Memo::new(move |_| Page::at(&path.get()));
    // What a list's right column shows changes within the page.
    let whole = Memo::new(move |_| page.get().without_choice());
    let mut shown = None;
    watch(move || {
        let now = (whole.get(), page.get());
        if visiting && !now.0.is_for_support() {
            go.instead(Page::Employees);
        }
        // A page that is new expects its heading itself, before it is made.
        if shown.replace(now).is_some_and(|before| before.0 == now.0) {
            focus::expect_heading();
        }
    });
    let mut first = true;
    let content = live(move || {
        let whole = whole.get();
        if !std::mem::take(&mut first) {
            focus::expect_heading();
        }
        if visiting && !whole.is_for_support() { loading() } else { areas::show(whole, page) }
    });
    let skip = |event: web_sys::MouseEvent| {
        // Not for the router, which would take it for a page.
        event.prevent_default();
        focus::to_id("main");
    };
    html! {
        <a class="skip" href="#main" on:click=skip>{t!(shell.skip)}</a>
        <TopBar/>
        <SupportBanner/>
        <main id="main" tabindex="-1">{content}</main>
    }
}
