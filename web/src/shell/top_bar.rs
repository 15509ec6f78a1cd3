//! The bar at the top: where one is, where one can go, who one is.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::avatar::Avatar;
use crate::app::use_root;
use crate::i18n::t;

#[component]
pub fn TopBar() -> impl IntoView {
    let session = use_root().session;
    let office = move || session.me().map(|me| me.office.name);
    // Who may set nothing finds colleagues and teams there.
    let settings = move || {
        let manages = session.me().is_some_and(|me| me.may.administer || me.may.manage_accounts);
        if manages { t!(shell.settings).to_owned() } else { t!(shell.colleagues).to_owned() }
    };
    view! {
        <header class="top-bar">
            <a class="top-bar__product" href="/" aria-label=t!(shell.to_home)>"Werkbak"</a>
            <span class="top-bar__office">{office}</span>
            <nav class="top-bar__nav" aria-label=t!(shell.main_navigation)>
                <NavLink href="/" exact=true text=t!(shell.home).to_owned()/>
                <NavLink href="/werkbakken" text=t!(shell.trays).to_owned()/>
                <NavLink href="/zaken" text=t!(shell.cases).to_owned()/>
                <NavLink href="/dossiers" text=t!(shell.dossiers).to_owned()/>
                <NavLink href="/instellingen" text=Signal::derive(settings)/>
            </nav>
            <Avatar/>
        </header>
    }
    .into_any()
}

/// A link of a navigation; says when it leads to where one is.
#[component]
pub fn NavLink(
    #[prop(into)] href: String,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] exact: bool,
) -> impl IntoView {
    let path = use_location().pathname;
    let current = {
        let href = href.clone();
        move || {
            path.with(|path| {
                if path == &href {
                    return Some("page");
                }
                let below =
                    !exact && path.strip_prefix(href.as_str()).is_some_and(|rest| rest.starts_with('/'));
                below.then_some("true")
            })
        }
    };
    view! { <a class="nav-link" href=href aria-current=current>{move || text.get()}</a> }.into_any()
}
