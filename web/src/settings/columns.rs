//! Two columns: what there is on the left with a button for a new one above it, the form on the right (G1).

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::app::use_root;
use crate::i18n::t;
use crate::ui::button::AddLink;
use crate::ui::focus;
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;

/// Lets the form on the right tell the list on the left that something changed.
#[derive(Debug, Clone, Copy)]
pub struct Changed(RwSignal<u32>);

impl Changed {
    /// To be made by the left column, which outlives the right one.
    pub fn provide() -> Self {
        let changed = Self(RwSignal::new(0));
        provide_context(changed);
        changed
    }

    pub fn from_context() -> Option<Self> {
        use_context()
    }

    pub fn note(self) {
        self.0.update(|count| *count += 1);
    }

    pub fn track(self) {
        self.0.track();
    }
}

/// The two columns. `search` filters the list, which `children` shows.
#[component]
pub fn Columns(
    title: &'static str,
    new_href: &'static str,
    new_label: &'static str,
    search_label: &'static str,
    search: RwSignal<String>,
    children: Children,
) -> impl IntoView {
    let session = use_root().session;
    let administers = move || session.me().is_some_and(|me| me.may.administer);
    let typed = RwSignal::new(String::new());
    let mut follow = debounce(std::time::Duration::from_millis(250), move |text: String| search.set(text));
    let id = focus::new_id("search");
    view! {
        <div class="page">
            <Heading text=title.to_owned()/>
            <div class="columns">
                <div class="columns__list">
                    {move || administers().then(|| view! { <AddLink href=new_href label=new_label/> })}
                    <label class="visually-hidden" for=id.clone()>{search_label}</label>
                    <span class="search">
                        <Icon shape=Shape::Magnifier/>
                        <input
                            id=id
                            type="search"
                            class="input"
                            autocomplete="off"
                            placeholder=search_label
                            prop:value=move || typed.get()
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                typed.set(text.clone());
                                follow(text);
                            }
                        />
                    </span>
                    <nav aria-label=title>{children()}</nav>
                </div>
                <div class="columns__form">
                    <Outlet/>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The right column before anything is chosen.
#[component]
pub fn NothingChosen() -> impl IntoView {
    view! { <p class="faint columns__none">{t!(settings.choose)}</p> }.into_any()
}
