//! Filters that live in the address, so that a list can be kept, shared and gone back to.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::focus;
use super::icon::{Icon, Shape};
use crate::client::Query;
use crate::shell::use_go;
use crate::ui::html::html;

/// How long someone may pause while typing before the list follows.
const PAUSE: Duration = Duration::from_millis(300);

/// The filters of the page in the address.
#[derive(Clone, Copy)]
pub struct Filters {
    set: Callback<(String, String)>,
}

impl Filters {
    pub fn new() -> Self {
        let query = use_query_map();
        let path = use_location().pathname;
        let go = use_go();
        let set = Callback::new(move |(name, value): (String, String)| {
            let mut query = query.get_untracked();
            drop(query.remove(&name));
            let mut address = Query::new(path.get_untracked());
            for (name, value) in query.latest_values() {
                address = address.text(name, value);
            }
            go.rewrite(address.text(&name, &value).into());
        });
        Self { set }
    }

    /// What a filter is set to; empty when it is not.
    pub fn get(self, name: &'static str) -> Memo<String> {
        let query = use_query_map();
        Memo::new(move |_| query.with(|query| query.get(name)).unwrap_or_default())
    }

    pub fn set(self, name: &str, value: &str) {
        self.set.run((name.to_owned(), value.to_owned()));
    }
}

/// A field to search with; the list follows while one types.
#[component]
pub fn SearchFilter(filters: Filters, #[prop(into)] label: String) -> impl IntoView {
    let id = focus::new_id("search");
    let value = filters.get("q");
    let typed = RwSignal::new(value.get_untracked());
    let follow = debounce(PAUSE, move |text: String| filters.set("q", &text));
    let mut follow = follow;
    html! {
        <div class="filter">
            <label for=id.clone()>{label}</label>
            <span class="search">
                <Icon shape=Shape::Magnifier/>
                <input
                    id=id
                    type="search"
                    class="input"
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        typed.set(text.clone());
                        follow(text);
                    }
                />
            </span>
        </div>
    }
}

/// A choice of one value, or all.
#[component]
pub fn SelectFilter(
    filters: Filters,
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let id = focus::new_id("filter");
    let value = filters.get(name);
    let options = options
        .into_iter()
        .map(|(option, text)| html! { <option value=option prop:selected=move || value.get() == option>{text}</option> })
        .collect_view();
    html! {
        <div class="filter">
            <label for=id.clone()>{label}</label>
            <select id=id class="input" on:change=move |event| filters.set(name, &event_target_value(&event))>
                {options}
            </select>
        </div>
    }
}
