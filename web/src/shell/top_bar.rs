//! The bar at the top: where one is, where one can go, who one is.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::avatar::Avatar;
use crate::app::use_root;
use crate::i18n::t;
use crate::pages::{Chosen, Page, SETTINGS};
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::watch::watch;

const MENU: &str = "menu";

#[component]
pub fn TopBar() -> impl IntoView {
    let session = use_root().session;
    // Where one acts: during a support session the office that is helped, whose accounts and groups are all there is (P3).
    let office =
        live(move || session.me().map(|me| me.support.map_or(me.office, |support| support.office).name));
    let visiting = untrack(move || session.me()).is_some_and(|me| me.support.is_some());
    let work = (!visiting).then(|| {
        html! {
            <NavLink page=Page::Home text=t!(shell.home).to_owned()/>
            <NavLink page=Page::Trays(None) text=t!(shell.trays).to_owned()/>
            <NavLink page=Page::Cases text=t!(shell.cases).to_owned()/>
            <NavLink page=Page::Dossiers text=t!(shell.dossiers).to_owned()/>
        }
    });
    // Who may set nothing finds colleagues and teams there.
    let settings = move || {
        let manages = session.me().is_some_and(|me| me.may.administer || me.may.manage_accounts);
        if manages { t!(shell.settings).to_owned() } else { t!(shell.colleagues).to_owned() }
    };
    // Where the screen is narrow, the links stand in a menu.
    let open = RwSignal::new(false);
    let path = use_location().pathname;
    watch(move || {
        path.track();
        open.set(false);
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
            focus::to_id(MENU);
        }
    };
    html! {
        <header class="top-bar" on:keydown=escape>
            <button
                type="button"
                id=MENU
                class="top-bar__menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="main-navigation"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon shape=Shape::Menu/>
                {t!(shell.menu)}
            </button>
            <a class="top-bar__product" href="/" aria-label=t!(shell.to_home)>"Werkbak"</a>
            <span class="top-bar__office">{office}</span>
            <nav id="main-navigation" class="top-bar__nav" class:top-bar__nav--open=open aria-label=t!(shell.main_navigation)>
                {work}
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
