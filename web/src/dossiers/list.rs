//! The list of dossiers the reader may see.

use contract::{DossierSort, DossierState, DossierSummary, ExportList};
use leptos::prelude::*;

use super::numbered::NothingOrNumbered;
use crate::app::use_root;
use crate::client::dossiers;
use crate::client::download::list_export;
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::ui::bits::{Badge, Column, Table, Tone};
use crate::ui::button::AddLink;
use crate::ui::download::DownloadButton;
use crate::ui::filter::{Filters, SearchFilter, SelectFilter};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

/// In the address: dossiers in every state. Without it: those in use.
const ALL: &str = "alle";

fn wanted(state: &str) -> Option<DossierState> {
    if state.is_empty() { Some(DossierState::Active) } else { state.parse().ok() }
}

#[component]
pub fn DossiersPage() -> impl IntoView {
    let session = use_root().session;
    let filters = Filters::new();
    let (q, state) = (filters.get("q"), filters.get("status"));
    let order = filters.get("volgorde");
    let dossiers = Listing::new(
        move |cursor| {
            let sort: Option<DossierSort> = order.get().parse().ok();
            dossiers::list_dossiers(&q.get(), wanted(&state.get()), sort, cursor)
        },
        row,
    );
    let export = Signal::derive(move || {
        let state = wanted(&state.get()).map(DossierState::as_str).unwrap_or_default();
        list_export(ExportList::Dossiers, &q.get(), state)
    });
    let may_create = move || session.me().is_some_and(|me| me.may.create_dossiers);
    let states = vec![
        ("", words::dossier_state(DossierState::Active)),
        (DossierState::Archived.as_str(), words::dossier_state(DossierState::Archived)),
        (ALL, t!(dossiers.all_states)),
    ];
    let orders = vec![
        ("", t!(common.newest_first)),
        (DossierSort::Oldest.as_str(), t!(common.oldest_first)),
        (DossierSort::Name.as_str(), t!(dossiers.by_name)),
    ];
    html! {
        <div class="page">
            <Heading text=t!(dossiers.title).to_owned()>
                <DownloadButton path=export label=t!(common.export_csv) filename="dossiers.csv"/>
                <a class="button" href=Page::DossiersAccess.to_string()>
                    <Icon shape=Shape::Lock/>
                    {t!(bulk.title)}
                </a>
                {move || may_create().then(|| html! { <AddLink page=Page::NewDossier label=t!(dossiers.new)/> })}
            </Heading>
            <div class="filters">
                <SearchFilter filters label=t!(dossiers.search)/>
                <SelectFilter filters name="status" label=t!(dossiers.state) options=states/>
                <SelectFilter filters name="volgorde" label=t!(common.order) options=orders/>
            </div>
            {dossiers.view(
                |rows| html! {
                    <Table label=t!(dossiers.title) head=vec![
                        Column::new(t!(dossiers.number)),
                        Column::new(t!(dossiers.name)),
                        Column::wide_only(t!(dossiers.manager)),
                        Column::wide_only(t!(dossiers.client_group)),
                        Column::new(t!(dossiers.visibility)),
                    ]>
                        {rows}
                    </Table>
                },
                move || html! { <NothingOrNumbered q/> },
            )}
        </div>
    }
}

fn row(dossier: DossierSummary) -> AnyView {
    let archived = (dossier.state == DossierState::Archived)
        .then(|| html! { " " <Badge text=words::dossier_state(dossier.state) tone=Tone::Neutral/> });
    html! {
        <tr>
            <td class="number">{dossier.number}</td>
            <th scope="row">
                <a href=Page::Dossier(dossier.id).to_string()>{dossier.name}</a>
                {archived}
            </th>
            <td class="wide-only">{dossier.manager.map(|manager| manager.name)}</td>
            <td class="wide-only">{dossier.client_group.map(|group| group.name)}</td>
            <td>{words::visibility(dossier.visibility)}</td>
        </tr>
    }
}
