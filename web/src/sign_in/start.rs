//! While the app finds out whether an earlier session goes on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::outside::Outside;
use super::sign_out::SignOutLink;
use crate::app::use_root;
use crate::client::Failure;
use crate::i18n::t;
use crate::session::remembered_office;
use crate::ui::html::html;
use crate::ui::page::set_title;
use crate::ui::remote::{failed, loading};

#[component]
pub fn Start(#[prop(optional)] failure: Option<Failure>) -> impl IntoView {
    let session = use_root().session;
    set_title("");
    let content = match failure {
        None => loading(),
        Some(failure) if failure.is_untrusted() => html! {
            <div class="panel"><Outside office=remembered_office() retry=move |()| spawn_local(session.start())/></div>
            <SignOutLink label=t!(shell.sign_out)/>
        },
        Some(failure) => failed(&failure, Callback::new(move |()| spawn_local(session.start()))),
    };
    html! { <main class="lone"><h1 class="wordmark">"Werkbak"</h1>{content}</main> }
}
