//! The settings' own navigation: only what this person may do something with.

use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};

use crate::app::use_root;
use crate::i18n::t;
use crate::shell::NavLink;

#[component]
pub fn SettingsLayout() -> impl IntoView {
    let session = use_root().session;
    let administers = move || session.me().is_some_and(|me| me.may.administer);
    let for_administrators = move || {
        administers().then(|| {
            view! {
                <NavLink href="/instellingen/klantengroepen" text=t!(settings.client_groups).to_owned()/>
                <NavLink href="/instellingen/zaaktypen" text=t!(settings.case_types).to_owned()/>
                <NavLink href="/instellingen/kantoor" text=t!(settings.office).to_owned()/>
            }
        })
    };
    view! {
        <nav class="sub-nav" aria-label=t!(settings.navigation)>
            <NavLink href="/instellingen/medewerkersgroepen" text=t!(settings.groups).to_owned()/>
            <NavLink href="/instellingen/medewerkers" text=t!(settings.employees).to_owned()/>
            {for_administrators}
        </nav>
        <Outlet/>
    }
    .into_any()
}

/// The settings begin with the groups.
#[component]
pub fn SettingsIndex() -> impl IntoView {
    view! { <Redirect path="/instellingen/medewerkersgroepen"/> }
}
