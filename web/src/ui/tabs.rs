//! Parts of a page of which one is in sight. Each has an address, so they are links.

use leptos::prelude::*;

use crate::ui::html::html;

/// One part: where it is, what it is called, and whether it is in sight.
pub struct Tab {
    pub href: String,
    pub text: &'static str,
    pub current: Signal<bool>,
}

#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|Tab { href, text, current }| {
            html! { <li><a href=href aria-current=move || current.get().then_some("page")>{text}</a></li> }
        })
        .collect_view();
    html! { <nav class="tabs" aria-label=label><ul>{tabs}</ul></nav> }
}
