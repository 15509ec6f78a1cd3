//! One's own password (S5): after a temporary one, or from the personal settings.

use contract::validation::FieldCode;
use contract::{FieldError, NewPassword, Session};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::sign_out::SignOutLink;
use crate::app::use_root;
use crate::client::{me, sessions};
use crate::i18n::t;
use crate::ui::form::{Form, FormView, PasswordInput, SaveButton};
use crate::ui::html::html;
use crate::ui::page::LoneHeading;

/// The page for who signed in with a temporary password.
#[component]
pub fn OwnPassword() -> impl IntoView {
    let root = use_root();
    let done = move |()| {
        root.toasts.done(t!(sign_in.password_saved));
        spawn_local(root.session.enter());
    };
    html! {
        <main class="lone">
            <h1 class="wordmark">"Werkbak"</h1>
            <div class="panel">
                <LoneHeading text=t!(sign_in.own_password)/>
                <p>{t!(sign_in.own_password_text)}</p>
                <PasswordForm done/>
            </div>
            <SignOutLink label=t!(sign_in.not_now)/>
        </main>
    }
}

/// Asks for a new password twice. With `ask_current` also for the one in use.
#[component]
pub fn PasswordForm(#[prop(optional)] ask_current: bool, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let form = Form::new("");
    let current = form.field("currentPassword", String::new());
    let password = form.field("password", String::new());
    let repeated = form.field("repeated", String::new());
    let submit = move |()| {
        if password.now() != repeated.now() {
            let detail = t!(sign_in.not_the_same).to_owned();
            return form.refuse(vec![FieldError {
                field: "repeated".into(),
                code: FieldCode::Contradiction,
                detail,
            }]);
        }
        let change =
            NewPassword { current_password: ask_current.then(|| current.now()), password: password.now() };
        form.submit(change, me::update_password, move |session: Session| {
            sessions::keep_token(&session);
            for field in [current, password, repeated] {
                field.set(String::new());
            }
            done.run(());
        });
    };
    html! {
        <FormView form on_submit=submit class="form form--wide">
            {ask_current.then(|| html! { <PasswordInput field=current label=t!(sign_in.current_password) autocomplete="current-password"/> })}
            <PasswordInput field=password label=t!(sign_in.new_password) hint=t!(sign_in.password_hint) autocomplete="new-password"/>
            <PasswordInput field=repeated label=t!(sign_in.repeat_password) autocomplete="new-password"/>
            <div class="buttons"><SaveButton form label=t!(sign_in.save_password)/></div>
        </FormView>
    }
}
