//! An address that leads nowhere, or to something this person may not see: the two look the same.

use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::html::html;
use crate::ui::page::Heading;

#[component]
pub fn NotFound() -> impl IntoView {
    html! {
        <div class="page">
            <Heading text=t!(shell.not_found).to_owned()/>
            <p>{t!(shell.not_found_text)}</p>
            <p><a href="/">{t!(shell.to_home)}</a></p>
        </div>
    }
}
