//! A dossier that is not in the list, by its whole number: of a local administrator who may not see it (D4), or one in
//! another state than the list shows.

use contract::Dossier;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::number::is_whole;
use crate::app::use_root;
use crate::client::dossiers;
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::bits::Empty;
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

/// What stands where the list would be when it is empty.
#[component]
pub fn NothingOrNumbered(q: Memo<String>) -> impl IntoView {
    let api = use_root().api();
    let found = RwSignal::new(None::<Dossier>);
    watch(move || {
        let number = q.get().trim().to_owned();
        found.set(None);
        if is_whole(&number) {
            spawn_local_scoped_with_cancellation(async move {
                // Not there, or not for this person: then the list has said so already.
                found.set(api.send(dossiers::find_dossier_by_number(&number)).await.ok());
            });
        }
    });
    let shown = live(move || match found.get() {
        Some(dossier) => there(dossier),
        None => html! { <Empty text=t!(dossiers.none)/> },
    });
    html! { <div aria-live="polite">{shown}</div> }
}

fn there(dossier: Dossier) -> AnyView {
    let text = if dossier.may.read { t!(dossiers.elsewhere) } else { t!(dossiers.unseen) };
    let name = dossier.name.unwrap_or_else(|| t!(dossiers.nameless, number = dossier.number.as_str()));
    html! {
        <a class="card" href=Page::Dossier(dossier.id).to_string()>
            <span class="card__name">{name}</span>
            <span class="card__detail"><span class="number">{dossier.number}</span> <span>{text}</span></span>
        </a>
    }
}
