//! The list of dossiers the reader may see.

use contract::{DossierState, DossierSummary};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::dossiers;
use crate::i18n::{t, words};
use crate::ui::bits::{Badge, Column, Empty, Table, Tone};
use crate::ui::button::AddLink;
use crate::ui::filter::{Filters, SearchFilter, SelectFilter};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

#[component]
pub fn DossiersPage() -> impl IntoView {
    let session = use_root().session;
    let filters = Filters::new();
    let (q, state) = (filters.get("q"), filters.get("status"));
    let dossiers =
        Listing::new(move |cursor| dossiers::list_dossiers(&q.get(), state.get().parse().ok(), cursor));
    let may_create = move || session.me().is_some_and(|me| me.may.create_dossiers);
    let states = std::iter::once(("", t!(dossiers.all_states)))
        .chain(DossierState::ALL.iter().map(|state| (state.as_str(), words::dossier_state(*state))))
        .collect::<Vec<_>>();
    view! {
        <div class="page">
            <Heading text=t!(dossiers.title).to_owned()>
                {move || may_create().then(|| view! { <AddLink href="/dossiers/nieuw" label=t!(dossiers.new)/> })}
            </Heading>
            <div class="filters">
                <SearchFilter filters label=t!(dossiers.search)/>
                <SelectFilter filters name="status" label=t!(dossiers.state) options=states/>
            </div>
            {dossiers.view(
                |items| view! {
                    <Table label=t!(dossiers.title) head=vec![
                        Column::new(t!(dossiers.number)),
                        Column::new(t!(dossiers.name)),
                        Column::wide_only(t!(dossiers.manager)),
                        Column::wide_only(t!(dossiers.client_group)),
                        Column::new(t!(dossiers.visibility)),
                    ]>
                        <For each=move || items.get() key=|dossier| dossier.id children=row/>
                    </Table>
                },
                || view! { <Empty text=t!(dossiers.none)/> },
            )}
        </div>
    }
    .into_any()
}

fn row(dossier: DossierSummary) -> AnyView {
    let archived = (dossier.state == DossierState::Archived)
        .then(|| view! { " " <Badge text=words::dossier_state(dossier.state) tone=Tone::Neutral/> });
    view! {
        <tr>
            <td class="number">{dossier.number}</td>
            <th scope="row">
                <a href=format!("/dossiers/{}", dossier.id)>{dossier.name}</a>
                {archived}
            </th>
            <td class="wide-only">{dossier.manager.map(|manager| manager.name)}</td>
            <td class="wide-only">{dossier.client_group.map(|group| group.name)}</td>
            <td>{words::visibility(dossier.visibility)}</td>
        </tr>
    }
    .into_any()
}
