//! Buttons that are more than their text.

use leptos::prelude::*;

use super::icon::{Icon, Shape};
use crate::pages::Page;
use crate::ui::html::html;

/// Turns while something is on its way. Says nothing: the text beside it does.
#[component]
pub fn Spinner() -> impl IntoView {
    html! { <span class="spinner" aria-hidden="true"></span> }
}

/// A button of only an icon; `label` is what it does.
#[component]
pub fn IconButton(
    shape: Shape,
    #[prop(into)] label: String,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    html! {
        <button type="button" class="icon-button" aria-label=label.clone() title=label on:click=move |_| on_click.run(())>
            <Icon shape/>
        </button>
    }
}

/// A link that looks like a button, to where something new is made.
#[component]
pub fn AddLink(page: Page, #[prop(into)] label: String) -> impl IntoView {
    html! {
        <a class="button button--primary" href=page.to_string()>
            <Icon shape=Shape::Add/>
            {label}
        </a>
    }
}
