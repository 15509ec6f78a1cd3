//! Buttons that are more than their text.

use leptos::prelude::*;

use super::icon::{Icon, Shape};

/// Turns while something is on its way. Says nothing: the text beside it does.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }.into_any()
}

/// A button of only an icon; `label` is what it does.
#[component]
pub fn IconButton(
    shape: Shape,
    #[prop(into)] label: String,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" aria-label=label.clone() title=label on:click=move |_| on_click.run(())>
            <Icon shape/>
        </button>
    }
    .into_any()
}

/// A link that looks like a button, to where something new is made.
#[component]
pub fn AddLink(#[prop(into)] href: String, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <a class="button button--primary" href=href>
            <Icon shape=Shape::Add/>
            {label}
        </a>
    }
    .into_any()
}
