//! Start: what is on one's plate.

mod lists;

use leptos::prelude::*;

use crate::app::use_root;
use crate::i18n::t;
use crate::ui::html::html;
use crate::ui::page::Heading;
use lists::{MyCases, MyTasks, MyTrays};

#[component]
pub fn HomePage() -> impl IntoView {
    let session = use_root().session;
    let first_name = untrack(move || session.me())
        .and_then(|me| me.name.split_whitespace().next().map(str::to_owned))
        .unwrap_or_default();
    html! {
        <div class="page">
            <Heading text=t!(home.title, name = first_name)/>
            <div class="home">
                <div class="stack">
                    <MyTasks/>
                    <MyCases/>
                </div>
                <MyTrays/>
            </div>
        </div>
    }
}
