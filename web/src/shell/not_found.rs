//! An address that leads nowhere.

use leptos::prelude::*;

use crate::ui::html::html;
use crate::ui::page::not_found;

#[component]
pub fn NotFound() -> impl IntoView {
    html! { <div class="page">{not_found()}</div> }
}
