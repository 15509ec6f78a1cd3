//! A forgotten password (S4): by username; whether there is such an account nobody is told.

use contract::{NewPasswordReset, PasswordResetAsked};
use leptos::prelude::*;

use crate::client::sessions;
use crate::i18n::t;
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::page::LoneHeading;
use crate::ui::watch::watch;

/// Asks for a temporary password for `username`, which was perhaps typed already; `back` is the way to signing in.
#[component]
pub fn Forgotten(
    username: String,
    on_outside: Callback<()>,
    #[prop(into)] back: Callback<()>,
) -> impl IntoView {
    let form = Form::new("");
    let username = form.field("username", username);
    let asked = RwSignal::new(None::<u32>);
    watch(move || {
        if form.failure().get().is_some_and(|failure| failure.is_untrusted()) {
            on_outside.run(());
        }
    });
    let submit = move |()| {
        let reset = NewPasswordReset { username: username.now() };
        form.submit(reset, sessions::ask_password_reset, move |answer: PasswordResetAsked| {
            asked.set(Some(answer.valid_minutes));
        });
    };
    live(move || {
        let content = match asked.get() {
            Some(minutes) => html! {
                <LoneHeading text=t!(sign_in.asked)/>
                <p>{t!(sign_in.asked_text, minutes = minutes)}</p>
                <p>{t!(sign_in.asked_none)}</p>
            },
            None => html! {
                <LoneHeading text=t!(sign_in.forgotten)/>
                <p>{t!(sign_in.forgotten_text)}</p>
                <FormView form on_submit=submit class="form">
                    <TextInput field=username label=t!(sign_in.username) hint=t!(sign_in.username_hint) autocomplete="username" required=true/>
                    <div class="buttons"><SaveButton form label=t!(sign_in.ask)/></div>
                </FormView>
            },
        };
        html! {
            {content}
            <p>
                <button type="button" class="link" on:click=move |_| back.run(())>{t!(sign_in.back)}</button>
            </p>
        }
    })
}
