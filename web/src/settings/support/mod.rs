//! Ondersteuning: the platform's helpdesk goes to an office, and an office sees who came (P3).

mod list;
mod open;

use leptos::prelude::*;

use crate::app::use_root;
use crate::i18n::t;
use crate::ui::html::html;
use crate::ui::page::Heading;
use list::Sessions;
use open::OpenSession;

#[component]
pub fn SupportPage() -> impl IntoView {
    let session = use_root().session;
    let may = untrack(move || session.me()).map(|me| me.may);
    let opens = may.as_ref().is_some_and(|may| may.open_support_sessions);
    let reads = may.is_some_and(|may| may.administer);
    html! {
        <div class="page">
            <Heading text=t!(support.title).to_owned()/>
            <div class="stack">
                {opens.then(|| html! { <OpenSession/> })}
                {reads.then(|| html! { <Sessions/> })}
            </div>
        </div>
    }
}
