//! The code that is asked after the password: of the app, or a recovery code.

use contract::SecondFactorCode;
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::i18n::t;
use crate::ui::focus;
use crate::ui::form::{Field, Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};

/// A field for a code of the app; the browser may offer it. A recovery code has letters, which not every telephone's keys
/// have.
#[component]
pub fn CodeInput(
    field: Field<String>,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    #[prop(optional)] or_recovery: bool,
) -> impl IntoView {
    let inputmode = (!or_recovery).then_some("numeric");
    html! { <TextInput field label hint autocomplete="one-time-code" inputmode narrow=true required=true/> }
}

/// Asks for it; also in the dialog for signing in again.
#[component]
pub(super) fn CodeForm() -> impl IntoView {
    let session = use_root().session;
    let form = Form::new("");
    let code = form.field("code", String::new());
    let recovery = RwSignal::new(false);
    let submit = move |()| {
        let mut given = SecondFactorCode { code: code.now() };
        if form.check(&mut given) {
            let work = async move {
                match session.give_code(&given).await {
                    // Too late, or once too often: this form goes, and the next says why.
                    Err(failure) if failure.is_signed_out() => {
                        session.ask_again().await;
                        session.say(failure.detail());
                        Ok(String::new())
                    }
                    given => given.map(|()| String::new()),
                }
            };
            form.perform(work.boxed_local(), Box::new(|_| Ok(())));
        }
    };
    let other_way = move |_| {
        form.clear_notices();
        code.set(String::new());
        recovery.update(|recovery| *recovery = !*recovery);
        focus::first_field(&form.dom_id());
    };
    let input = live(move || {
        if recovery.get() {
            html! {
                <TextInput field=code label=t!(sign_in.recovery_code) hint=t!(sign_in.recovery_code_hint) required=true/>
            }
        } else {
            html! { <CodeInput field=code label=t!(sign_in.code) hint=t!(sign_in.code_hint)/> }
        }
    });
    let other = move || if recovery.get() { t!(sign_in.use_app) } else { t!(sign_in.use_recovery_code) };
    html! {
        <FormView form on_submit=submit class="form">
            {input}
            <div class="buttons"><SaveButton form label=t!(sign_in.submit)/></div>
        </FormView>
        <p><button type="button" class="link" on:click=other_way>{other}</button></p>
        <p>
            <button type="button" class="link" on:click=move |_| spawn_local(session.ask_again())>
                {t!(sign_in.back)}
            </button>
        </p>
    }
}
