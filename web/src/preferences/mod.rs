//! Personal settings, at the avatar: language, tray mails (T5), one's password and second factor, and where one is signed in.

mod form;
mod sessions;

use leptos::prelude::*;

use crate::app::use_root;
use crate::client::me;
use crate::i18n::t;
use crate::second_factor::SecondFactorPanel;
use crate::sign_in::PasswordForm;
use crate::ui::html::html;
use crate::ui::page::Heading;
use crate::ui::remote::Remote;
use form::PreferencesForm;
use sessions::Sessions;

#[component]
pub fn PreferencesPage() -> impl IntoView {
    let root = use_root();
    let remote = Remote::new(me::find_preferences);
    let sessions = Remote::new(me::list_sessions);
    let done = move |()| {
        root.toasts.done(t!(sign_in.password_saved));
        // All others ended.
        sessions.refresh();
    };
    html! {
        <div class="page page--narrow">
            <Heading text=t!(preferences.title).to_owned()/>
            <div class="stack">
                {remote.view(|preferences| html! { <PreferencesForm preferences/> })}
                <section class="panel" aria-labelledby="password-heading">
                    <h2 id="password-heading">{t!(preferences.password)}</h2>
                    <PasswordForm ask_current=true done/>
                </section>
                <SecondFactorPanel/>
                <Sessions remote=sessions/>
            </div>
        </div>
    }
}
