//! Start: what is on one's plate.

mod lists;
mod locked;

use leptos::prelude::*;

use crate::app::use_root;
use crate::i18n::t;
use crate::ui::html::html;
use crate::ui::page::Heading;
use lists::{MyCases, MyTasks, MyTrays};
use locked::Locked;

#[component]
pub fn HomePage() -> impl IntoView {
    let session = use_root().session;
    let me = untrack(move || session.me());
    let manages = me.as_ref().is_some_and(|me| me.may.manage_accounts);
    let first_name =
        me.and_then(|me| me.name.split_whitespace().next().map(str::to_owned)).unwrap_or_default();
    html! {
        <div class="page">
            <Heading text=t!(home.title, name = first_name)/>
            {manages.then(|| html! { <Locked/> })}
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
