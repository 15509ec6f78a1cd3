//! The settings' own navigation: only what this person may do something with.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::app::use_root;
use crate::i18n::t;
use crate::pages::{Chosen, Page, SETTINGS};
use crate::shell::{NavLink, use_go};
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

#[component]
pub fn SettingsNav() -> impl IntoView {
    let session = use_root().session;
    let go = use_go();
    let path = use_location().pathname;
    watch(move || {
        // The settings begin with the groups.
        if path.get() == SETTINGS {
            go.instead(Page::Groups(Chosen::Nothing));
        }
    });
    let may = Memo::new(move |_| {
        session.me().map_or((false, false, false), |me| {
            let administers = me.may.administer;
            (administers, administers || me.may.manage_accounts, administers || me.may.open_support_sessions)
        })
    });
    let more = live(move || {
        let (administers, deletes, support) = may.get();
        html! {
            // The helpdesk deletes client groups (G6).
            {deletes.then(|| html! {
                <NavLink page=Page::ClientGroups(Chosen::Nothing) text=t!(settings.client_groups).to_owned()/>
            })}
            {administers.then(|| html! {
                <NavLink page=Page::CaseTypes text=t!(settings.case_types).to_owned()/>
                <NavLink page=Page::Imports text=t!(settings.imports).to_owned()/>
                <NavLink page=Page::Office text=t!(settings.office).to_owned()/>
                <NavLink page=Page::Networks text=t!(settings.networks).to_owned()/>
            })}
            {support.then(|| html! { <NavLink page=Page::Support text=t!(support.title).to_owned()/> })}
        }
    });
    html! {
        <nav class="sub-nav" aria-label=t!(settings.navigation)>
            <NavLink page=Page::Groups(Chosen::Nothing) text=t!(settings.groups).to_owned()/>
            <NavLink page=Page::Employees text=t!(settings.employees).to_owned()/>
            {more}
        </nav>
    }
}
