//! The session ended while someone was working: they sign in again where they are, and lose nothing.

use leptos::prelude::*;

use super::code::CodeForm;
use super::form::Credentials;
use crate::app::use_root;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::Form;
use crate::ui::html::{html, live};

#[component]
pub fn ExpiredDialog() -> impl IntoView {
    let session = use_root().session;
    html! {
        <Dialog open=Signal::derive(move || session.is_expired()) on_close=|()| () title=t!(sign_in.expired_title) insistent=true>
            <p>{t!(sign_in.expired_text)}</p>
            <AgainForm/>
            <p>
                <button type="button" class="link" on:click=move |_| session.close()>{t!(sign_in.expired_leave)}</button>
            </p>
        </Dialog>
    }
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
