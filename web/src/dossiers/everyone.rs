//! Everyone with access to a dossier, and everyone explicitly denied it, with the rule that decides (D5).

use contract::{DossierId, EmployeeAccess};
use leptos::prelude::*;

use crate::client::dossiers;
use crate::i18n::t;
use crate::ui::bits::Empty;
use crate::ui::form::{Form, RadioInput};
use crate::ui::html::{html, live};
use crate::ui::listing::Listing;

/// Asked for with a button: most who open a dossier come for something else.
#[component]
pub fn Everyone(id: DossierId) -> impl IntoView {
    let open = RwSignal::new(false);
    let list = live(move || open.get().then(|| people(id)));
    html! {
        <section class="panel" aria-labelledby="everyone-heading">
            <h2 id="everyone-heading">{t!(why.everyone)}</h2>
            <button type="button" class="button" aria-controls="everyone-list"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)>
                {move || if open.get() { t!(why.hide) } else { t!(why.show) }}
            </button>
            <div id="everyone-list">{list}</div>
        </section>
    }
}

fn people(id: DossierId) -> AnyView {
    let form = Form::new("");
    let side = form.passing_field("side", "allowed".to_owned());
    let sides = vec![
        ("allowed".to_owned(), t!(why.with_access).to_owned()),
        ("denied".to_owned(), t!(why.denied).to_owned()),
    ];
    let listing =
        Listing::new(move |cursor| dossiers::list_access(id, side.get() == "denied", cursor), entry);
    html! {
        <RadioInput field=side label=t!(why.side) options=sides/>
        {listing.view(
            |rows| html! { <ul class="people">{rows}</ul> },
            || html! { <Empty text=t!(why.nobody)/> },
        )}
    }
}

fn entry(found: EmployeeAccess) -> AnyView {
    html! {
        <li>
            <strong>{found.employee.name}</strong>
            <span class="cell-detail">{found.access.explanation}</span>
        </li>
    }
}
