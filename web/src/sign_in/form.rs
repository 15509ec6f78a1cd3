//! Signing in (S1).

use contract::{Language, NewSession};
use futures::FutureExt;
use leptos::prelude::*;

use super::code::CodeForm;
use super::forgotten::Forgotten;
use crate::app::use_root;
use crate::i18n::{self, t, words};
use crate::ui::form::{Field, Form, FormView, PasswordInput, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::page::LoneHeading;

#[component]
pub fn SignIn() -> impl IntoView {
    let session = use_root().session;
    let form = Form::new("");
    let username = form.field("username", String::new());
    let forgotten = RwSignal::new(false);
    let content = live(move || {
        if session.is_code_asked() {
            return html! {
                <LoneHeading text=t!(sign_in.code_title)/>
                <p>{t!(sign_in.code_text)}</p>
                <CodeForm/>
                <p class="faint">{t!(sign_in.code_help)}</p>
            };
        }
        if forgotten.get() {
            return html! { <Forgotten username=username.now() back=move |()| forgotten.set(false)/> };
        }
        html! {
            <LoneHeading text=t!(sign_in.title)/>
            <Credentials form username/>
            <p>
                <button type="button" class="link" on:click=move |_| forgotten.set(true)>{t!(sign_in.forgot)}</button>
            </p>
            <p class="faint">{t!(sign_in.help)}</p>
        }
    });
    html! {
        <main class="lone">
            <h1 class="wordmark">"Werkbak"</h1>
            <div class="panel">{content}</div>
            <Languages/>
        </main>
    }
}

/// Username, password and button; also in the dialog for signing in again.
#[component]
pub(super) fn Credentials(form: Form, username: Field<String>) -> impl IntoView {
    let session = use_root().session;
    let password = form.field("password", String::new());
    let submit = move |()| {
        let mut credentials = NewSession { username: username.now(), password: password.now() };
        if form.check(&mut credentials) {
            let work = async move { session.sign_in(&credentials).await.map(|()| String::new()) };
            form.perform(work.boxed_local(), Box::new(|_| Ok(())));
        }
    };
    html! {
        <FormView form on_submit=submit class="form">
            <TextInput field=username label=t!(sign_in.username) hint=t!(sign_in.username_hint) autocomplete="username" required=true/>
            <PasswordInput field=password label=t!(sign_in.password) autocomplete="current-password"/>
            <div class="buttons"><SaveButton form label=t!(sign_in.submit)/></div>
        </FormView>
    }
}

/// A choice of language before anyone is known.
#[component]
fn Languages() -> impl IntoView {
    let session = use_root().session;
    let languages = Language::ALL
        .iter()
        .map(|&language| {
            let current = (i18n::language() == language).then_some("true");
            html! {
                <button type="button" class="link" lang=language.as_str() aria-current=current
                    on:click=move |_| session.speak(language)>
                    {words::language(language)}
                </button>
            }
        })
        .collect_view();
    html! { <div class="languages">{languages}</div> }
}
