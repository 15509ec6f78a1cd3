//! What every page has: a title for the browser and one heading.

use leptos::prelude::*;

use super::focus;
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::html::html;
use crate::ui::watch::watch;

/// The heading of a page. Sets the browser's title, and gets the keyboard when the page is navigated to.
#[component]
pub fn Heading(
    #[prop(into)] text: Signal<String>,
    /// Above it, where this belongs: a link back.
    #[prop(optional, into)]
    above: ViewFnOnce,
    /// Beside it: buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    watch(move || set_title(&text.get()));
    let id = focus::new_id("heading");
    focus::arrive(&id);
    html! {
        <header class="page-header">
            {above.run()}
            <div class="page-header__line">
                <h1 id=id tabindex="-1">{move || text.get()}</h1>
                {children.map(|children| html! { <div class="buttons">{children()}</div> })}
            </div>
        </header>
    }
}

/// The heading of the part of a page that changes while the rest stays: the form beside a list.
#[component]
pub fn DetailHeading(
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    watch(move || set_title(&text.get()));
    let id = focus::new_id("heading");
    focus::arrive(&id);
    html! {
        <div class="page-header__line">
            <h2 id=id class="detail-heading" tabindex="-1">{move || text.get()}</h2>
            {children.map(|children| html! { <div class="buttons">{children()}</div> })}
        </div>
    }
}

/// The heading of the panel that is all there is: signing in.
#[component]
pub fn LoneHeading(#[prop(into)] text: String) -> impl IntoView {
    set_title(&text);
    let id = focus::new_id("heading");
    focus::arrive(&id);
    html! { <h2 id=id tabindex="-1">{text}</h2> }
}

/// Leads nowhere, or to something this person may not see: the two look the same.
pub fn not_found() -> AnyView {
    html! {
        <Heading text=t!(shell.not_found).to_owned()/>
        {nothing_there()}
    }
}

/// The same, beside a list that is there.
pub fn detail_not_found() -> AnyView {
    html! {
        <DetailHeading text=t!(shell.not_found).to_owned()/>
        {nothing_there()}
    }
}

fn nothing_there() -> AnyView {
    html! {
        <div class="stack stack--close">
            <p>{t!(shell.not_found_text)}</p>
            <p><a href=Page::Home.to_string()>{t!(shell.to_home)}</a></p>
        </div>
    }
}

/// The browser's title of this page.
pub fn set_title(text: &str) {
    document().set_title(&if text.is_empty() { "Werkbak".to_owned() } else { format!("{text} – Werkbak") });
}
