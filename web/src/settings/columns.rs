//! Two columns: what there is on the left with a button for a new one above it, the form on the right (G1).

use contract::ExportList;
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::download::list_export;
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::button::AddLink;
use crate::ui::download::DownloadButton;
use crate::ui::focus;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::watch::watch;

/// Lets the form on the right tell the list on the left that something changed.
#[derive(Debug, Clone, Copy)]
pub struct Changed {
    count: RwSignal<u32>,
    search: RwSignal<String>,
}

impl Changed {
    /// To be made by the left column, which outlives the right one.
    pub fn provide(search: RwSignal<String>) -> Self {
        let changed = Self { count: RwSignal::new(0), search };
        provide_context(changed);
        changed
    }

    pub fn from_context() -> Option<Self> {
        use_context()
    }

    pub fn note(self) {
        self.count.update(|count| *count += 1);
    }

    /// Something new is there, which what was searched for may hide.
    pub fn note_new(self) {
        self.search.set(String::new());
        self.note();
    }

    pub fn track(self) {
        self.count.track();
    }
}

/// The two columns. `search` filters `list`; `children` is the right one.
#[component]
pub fn Columns(
    title: &'static str,
    new: Page,
    new_label: &'static str,
    search_label: &'static str,
    search: RwSignal<String>,
    export: ExportList,
    list: AnyView,
    children: Children,
) -> impl IntoView {
    let session = use_root().session;
    let administers = move || session.me().is_some_and(|me| me.may.administer);
    // Lists as a file are for the office's own (P3).
    let visiting = move || session.me().is_some_and(|me| me.support.is_some());
    let typed = RwSignal::new(String::new());
    let mut follow = debounce(std::time::Duration::from_millis(250), move |text: String| search.set(text));
    watch(move || {
        if search.with(String::is_empty) {
            typed.set(String::new());
        }
    });
    let id = focus::new_id("search");
    let path = Signal::derive(move || list_export(export, &search.get(), ""));
    html! {
        <div class="page">
            <Heading text=title.to_owned()>
                {move || (!visiting()).then(|| html! {
                    <DownloadButton path label=t!(common.export_csv) filename="werkbak.csv"/>
                })}
            </Heading>
            <div class="columns">
                <div class="columns__list">
                    {move || administers().then(|| html! { <AddLink page=new label=new_label/> })}
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
                    <nav aria-label=title>{list}</nav>
                </div>
                <div class="columns__form">
                    {children()}
                </div>
            </div>
        </div>
    }
}

/// The right column before anything is chosen.
pub fn nothing_chosen() -> AnyView {
    html! { <p class="faint columns__none">{t!(settings.choose)}</p> }
}
