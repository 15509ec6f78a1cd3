//! The session ended while someone was working: they sign in again where they are, and lose nothing.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::code::CodeForm;
use super::form::Credentials;
use crate::app::use_root;
use crate::i18n::t;
use crate::session::Interruption;
use crate::ui::dialog::Dialog;
use crate::ui::form::Form;
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

/// Asks to sign in again, whether the session is over or someone else's by now.
#[component]
pub fn InterruptionDialog() -> impl IntoView {
    let root = use_root();
    let session = root.session;
    tell_that_it_goes_on();
    // Another tab may have signed in again.
    let back = window_event_listener(ev::focus, move |_| spawn_local(session.look_again()));
    on_cleanup(move || back.remove());
    let over = Signal::derive(move || matches!(session.interruption(), Some(Interruption::Over(_))));
    let taken = Signal::derive(move || session.interruption() == Some(Interruption::SomeoneElse));
    let why = move || match session.interruption() {
        Some(Interruption::Over(why)) => why,
        _ => String::new(),
    };
    html! {
        <Dialog open=over on_close=|()| () title=t!(sign_in.expired_title) insistent=true>
            <p>{why}</p>
            <p>{t!(sign_in.expired_text)}</p>
            <AgainForm/>
            <p>
                <button type="button" class="link" on:click=move |_| spawn_local(session.give_up())>
                    {t!(sign_in.expired_leave)}
                </button>
            </p>
        </Dialog>
        <Dialog open=taken on_close=|()| () title=t!(sign_in.taken_title) insistent=true>
            <p>{t!(sign_in.taken_text)}</p>
            <AgainForm/>
            <p>
                <button type="button" class="link" on:click=move |_| session.start_over()>{t!(sign_in.taken_leave)}</button>
            </p>
        </Dialog>
    }
}

/// What was refused meanwhile was not done: who is back must know, and problems that are over go.
fn tell_that_it_goes_on() {
    let root = use_root();
    let before = StoredValue::new(untrack(move || root.session.renewals()));
    let refused = StoredValue::new(String::new());
    watch(move || {
        if let Some(Interruption::Over(why)) = root.session.interruption() {
            refused.set_value(why);
        }
        let renewals = root.session.renewals();
        if renewals != before.get_value() {
            before.set_value(renewals);
            root.toasts.retract(&refused.get_value());
            root.toasts.done(t!(sign_in.again));
        }
    });
}

#[component]
fn AgainForm() -> impl IntoView {
    let session = use_root().session;
    let form = Form::new("");
    let me = untrack(move || session.me());
    let known = me.map(|me| format!("{}@{}", me.username, me.office.code)).unwrap_or_default();
    let username = form.field("username", known);
    live(move || {
        if session.is_code_asked() {
            html! {
                <p>{t!(sign_in.code_text)}</p>
                <CodeForm/>
            }
        } else {
            html! { <Credentials form username/> }
        }
    })
}
