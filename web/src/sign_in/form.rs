//! Signing in (S1).

use std::time::Duration;

use contract::{Language, NewSession, SignInHelp};
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::code::CodeForm;
use super::forgotten::Forgotten;
use super::outside::{Outside, whom_to_ask};
use super::sign_out::problem_notice;
use crate::app::use_root;
use crate::client::networks::find_sign_in_help;
use crate::i18n::{self, t, words};
use crate::ui::form::{Field, Form, FormView, PasswordInput, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::page::LoneHeading;
use crate::ui::watch::watch;

/// Who is still typing the office's code need not know yet whom to ask.
const PAUSE: Duration = Duration::from_millis(400);

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Credentials,
    Forgotten,
    /// For who named this office from outside its networks (S8).
    Outside(String),
}

/// The office's code in a username.
fn office_of(username: &str) -> String {
    username.rsplit_once('@').map(|(_, office)| office.trim().to_owned()).unwrap_or_default()
}

#[component]
pub fn SignIn() -> impl IntoView {
    let session = use_root().session;
    let form = Form::new("");
    let username = form.field("username", String::new());
    let shown = RwSignal::new(Shown::Credentials);
    let back = move |()| shown.set(Shown::Credentials);
    let on_outside = Callback::new(move |()| shown.set(Shown::Outside(office_of(&username.now()))));
    let content = live(move || match shown.get() {
        _ if session.is_code_asked() => html! {
            <LoneHeading text=t!(sign_in.code_title)/>
            <p>{t!(sign_in.code_text)}</p>
            <CodeForm/>
            <p class="faint">{t!(sign_in.code_help)}</p>
        },
        Shown::Forgotten => html! { <Forgotten username=username.now() on_outside back/> },
        Shown::Outside(office) => html! { <Outside office retry=back/> },
        Shown::Credentials => html! {
            <LoneHeading text=t!(sign_in.title)/>
            <Credentials form username on_outside/>
            <p>
                <button type="button" class="link" on:click=move |_| shown.set(Shown::Forgotten)>{t!(sign_in.forgot)}</button>
            </p>
            <Help username/>
        },
    });
    html! {
        <main class="lone">
            <h1 class="wordmark">"Werkbak"</h1>
            <div class="panel">{content}</div>
            <Languages/>
        </main>
    }
}

/// Whom to ask when it does not work: of the office in the username, once that is typed (S6).
#[component]
fn Help(username: Field<String>) -> impl IntoView {
    let api = use_root().api();
    let help = RwSignal::new(None::<SignInHelp>);
    let office = Memo::new(move |_| office_of(&username.get()));
    let asked = RwSignal::new(office.get_untracked());
    let mut ask = debounce(PAUSE, move |office: String| asked.set(office));
    watch(move || ask(office.get()));
    watch(move || {
        let office = asked.get();
        spawn_local_scoped_with_cancellation(async move {
            // Without an answer the page says what it can say by itself.
            help.set(api.send(find_sign_in_help(&office)).await.ok());
        });
    });
    let told = live(move || {
        let (office, platform) = help.get().map(|help| (help.office, help.platform)).unwrap_or_default();
        whom_to_ask(office, platform)
    });
    html! {
        <section class="help" aria-labelledby="help-heading">
            <h3 id="help-heading">{t!(sign_in.help_title)}</h3>
            {told}
        </section>
    }
}

/// Username, password and button; also in the dialog for signing in again.
#[component]
pub(super) fn Credentials(
    form: Form,
    username: Field<String>,
    /// Instead of saying it: what happens for who is outside the trusted networks (S8).
    #[prop(optional)]
    on_outside: Option<Callback<()>>,
) -> impl IntoView {
    let session = use_root().session;
    let password = form.field("password", String::new());
    let submit = move |()| {
        let mut credentials = NewSession { username: username.now(), password: password.now() };
        if form.check(&mut credentials) {
            let work = async move {
                let outcome = session.sign_in(&credentials).await.map(|()| String::new());
                if let (Err(failure), Some(on_outside)) = (&outcome, on_outside)
                    && failure.is_untrusted()
                {
                    on_outside.run(());
                }
                outcome
            };
            form.perform(work.boxed_local(), Box::new(|_| Ok(())));
        }
    };
    html! {
        {live(move || session.said().map(problem_notice))}
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
