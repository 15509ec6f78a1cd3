//! The first step: that it is oneself who does this.

use contract::{NewSecondFactor, SecondFactorSetup};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::client::{Failure, second_factor};
use crate::i18n::t;
use crate::sign_in::CodeInput;
use crate::ui::form::{Form, FormView, PasswordInput, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::remote::{failed, loading};

/// Asks for the password, and a code of the one that is on.
#[component]
pub fn Begin(replaces: bool, begun: Callback<SecondFactorSetup>) -> impl IntoView {
    let form = Form::new("");
    let password = form.field("currentPassword", String::new());
    let code = form.field("code", String::new());
    let submit = move |()| {
        let new =
            NewSecondFactor { current_password: Some(password.now()), code: replaces.then(|| code.now()) };
        form.submit(new, second_factor::begin_second_factor, move |setup| begun.run(setup));
    };
    html! {
        <FormView form on_submit=submit class="form form--wide">
            <p>{t!(second_factor.explained)}</p>
            {replaces.then(|| html! { <p>{t!(second_factor.replaces)}</p> })}
            <PasswordInput field=password label=t!(sign_in.current_password) autocomplete="current-password"/>
            {replaces.then(|| html! {
                <CodeInput field=code label=t!(second_factor.current_code) hint=t!(second_factor.code_or_recovery) or_recovery=true/>
            })}
            <div class="buttons"><SaveButton form label=t!(second_factor.go_on)/></div>
        </FormView>
    }
}

/// Goes on at once: the password was just given.
#[component]
pub fn BeginAtOnce(begun: Callback<SecondFactorSetup>) -> impl IntoView {
    let root = use_root();
    let failure = RwSignal::new(None::<Failure>);
    let begin = Callback::new(move |()| {
        failure.set(None);
        let new = NewSecondFactor { current_password: None, code: None };
        spawn_local(async move {
            match root.api().send(second_factor::begin_second_factor(&new)).await {
                // Who waits may have left.
                Ok(setup) => drop(begun.try_run(setup)),
                Err(problem) => drop(failure.try_set(Some(problem))),
            }
        });
    });
    begin.run(());
    live(move || match failure.get() {
        None => loading(),
        Some(failure) => failed(&failure, begin),
    })
}
