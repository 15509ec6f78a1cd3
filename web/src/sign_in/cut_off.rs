//! The connection left the trusted networks while someone was working (S8): nothing on the page is lost, and nothing works
//! until they are back.

use leptos::prelude::*;

use super::outside::Outside;
use super::sign_out::SignOutLink;
use crate::app::use_root;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::html::html;

#[component]
pub fn OutsideDialog() -> impl IntoView {
    let session = use_root().session;
    html! {
        <Dialog open=Signal::derive(move || session.is_outside()) on_close=|()| () title=t!(outside.dialog) insistent=true>
            <div class="stack stack--close"><Told/></div>
        </Dialog>
    }
}

#[component]
fn Told() -> impl IntoView {
    let session = use_root().session;
    let office = untrack(move || session.me()).map(|me| me.office.code).unwrap_or_default();
    html! {
        <Outside office retry=move |()| session.come_back()/>
        <SignOutLink label=t!(shell.sign_out)/>
    }
}
