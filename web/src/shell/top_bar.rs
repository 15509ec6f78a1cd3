//! The bar at the top: where one is, where one can go, who one is.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::avatar::Avatar;
use crate::app::use_root;
use crate::i18n::t;
use crate::pages::{Chosen, Page, SETTINGS};
use crate::ui::html::{html, live};

#[component]
pub fn TopBar() -> impl IntoView {
    let session = use_root().session;
    let office = live(move || session.me().map(|me| me.office.name));
    // Who may set nothing finds colleagues and teams there.
    let settings = move || {
        let manages = session.me().is_some_and(|me| me.may.administer || me.may.manage_accounts);
        if manages { t!(shell.settings).to_owned() } else { t!(shell.colleagues).to_owned() }
    };
    html! {
        <header class="top-bar">
            <a class="top-bar__product" href="/" aria-label=t!(shell.to_home)>"Werkbak"</a>
            <span class="top-bar__office">{office}</span>
            <nav class="top-bar__nav" aria-label=t!(shell.main_navigation)>
                <NavLink page=Page::Home text=t!(shell.home).to_owned()/>
                <NavLink page=Page::Trays(None) text=t!(shell.trays).to_owned()/>
                <NavLink page=Page::Cases text=t!(shell.cases).to_owned()/>
                <NavLink page=Page::Dossiers text=t!(shell.dossiers).to_owned()/>
                <NavLink page=Page::Groups(Chosen::Nothing) settings=true text=Signal::derive(settings)/>
            </nav>
            <Avatar/>
        </header>
    }
}

/// A link of a navigation; says when it leads to where one is.
#[component]
pub fn NavLink(
    page: Page,
    #[prop(into)] text: Signal<String>,
    /// Also where one is when any of the settings is in sight.
    #[prop(optional)]
    settings: bool,
) -> impl IntoView {
    let path = use_location().pathname;
    let href = page.to_string();
    // The settings begin with the groups.
    let within = if settings { SETTINGS.to_owned() } else { href.clone() };
    let current = move || {
        path.with(|path| {
            let rest = path.strip_prefix(within.as_str())?;
            let below = page != Page::Home && rest.starts_with('/');
            if rest.is_empty() { Some("page") } else { below.then_some("true") }
        })
    };
    html! { <a class="nav-link" href=href aria-current=current>{move || text.get()}</a> }
}
