//! One dossier.

use contract::{CaseSummary, Dossier, DossierId, DossierState};
use leptos::prelude::*;

use super::edit::EditDossier;
use super::new::back;
use super::rules::AccessRulesPanel;
use super::why::Why;
use crate::cases::case_row;
use crate::client::cases::{self, CaseFilter};
use crate::client::dossiers;
use crate::i18n::{dates, t, words};
use crate::shell::{NotFound, use_id};
use crate::ui::bits::{Badge, Column, Empty, Fact, Table, Tone};
use crate::ui::button::AddLink;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn DossierPage() -> impl IntoView {
    let id = use_id::<DossierId>();
    move || match id.get() {
        Some(id) => {
            let remote = Remote::new(move || dossiers::find_dossier(id));
            view! {
                <div class="page">
                    {remote.view(move |dossier| view! { <DossierDetail dossier reload=Callback::new(move |()| remote.refresh())/> })}
                </div>
            }
            .into_any()
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn DossierDetail(dossier: RwSignal<Dossier>, reload: Callback<()>) -> impl IntoView {
    let id = dossier.with_untracked(|dossier| dossier.id);
    // A local administrator without access gets no name (D4).
    let title = move || {
        dossier.with(|dossier| {
            dossier.name.clone().unwrap_or_else(|| t!(dossiers.nameless, number = dossier.number.as_str()))
        })
    };
    let may = Memo::new(move |_| {
        dossier.with(|dossier| (dossier.may.read, dossier.may.edit, dossier.may.manage_rules))
    });
    let archived = move || dossier.with(|dossier| dossier.state == DossierState::Archived);
    let header = move || {
        let (_, edit, _) = may.get();
        view! {
            {archived().then(|| view! { <Badge text=words::dossier_state(DossierState::Archived) tone=Tone::Neutral/> })}
            {edit.then(|| view! { <EditDossier dossier/> })}
        }
    };
    view! {
        <Heading text=Signal::derive(title) above=back>{header}</Heading>
        {move || (!may.get().0).then(notice)}
        <div class="with-aside">
            <div class="stack">
                {move || may.get().0.then(|| view! { <Cases id/> })}
                {move || may.get().2.then(|| view! { <AccessRulesPanel id reload/> })}
            </div>
            <div class="stack">
                <Facts dossier/>
                {move || may.get().2.then(|| view! { <Why id/> })}
            </div>
        </div>
    }
    .into_any()
}

/// For the local administrator who manages rules but may not read.
fn notice() -> AnyView {
    view! {
        <div class="notice notice--warning">
            <Icon shape=Shape::Lock/>
            <p>{t!(dossiers.no_access)}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Facts(dossier: RwSignal<Dossier>) -> impl IntoView {
    let facts = move || {
        let dossier = dossier.get();
        let none = || t!(dossiers.nobody).to_owned();
        view! {
            <dl class="facts">
                <Fact term=t!(dossiers.number)><span class="number">{dossier.number}</span></Fact>
                <Fact term=t!(dossiers.manager)>{dossier.manager.map_or_else(none, |manager| manager.name)}</Fact>
                {dossier.client_group.map(|group| view! { <Fact term=t!(dossiers.client_group)>{group.name}</Fact> })}
                <Fact term=t!(dossiers.visibility)>{words::visibility(dossier.visibility)}</Fact>
                <Fact term=t!(dossiers.created_at)>{dates::day(dates::day_of(dossier.created_at))}</Fact>
                <Fact term=t!(dossiers.my_access)>{dossier.my_access.explanation}</Fact>
            </dl>
        }
    };
    view! { <section class="panel" aria-label=t!(dossiers.facts)>{facts}</section> }.into_any()
}

#[component]
fn Cases(id: DossierId) -> impl IntoView {
    let cases = Listing::new(move |cursor| {
        cases::list_cases(&CaseFilter { dossier: Some(id), ..CaseFilter::default() }, cursor)
    });
    view! {
        <section aria-labelledby="cases-heading">
            <div class="section-header">
                <h2 id="cases-heading">{t!(dossiers.cases)}</h2>
                <AddLink href=format!("/zaken/nieuw?dossier={id}") label=t!(cases.new)/>
            </div>
            {cases.view(
                |items| view! {
                    <Table label=t!(dossiers.cases) head=vec![
                        Column::new(t!(cases.number)),
                        Column::new(t!(cases.case_title)),
                        Column::wide_only(t!(cases.coordinator)),
                        Column::new(t!(cases.deadline)),
                        Column::new(t!(cases.state)),
                    ]>
                        <For each=move || items.get() key=|case: &CaseSummary| case.id
                            children=|case| case_row(case, false)/>
                    </Table>
                },
                || view! { <Empty text=t!(dossiers.no_cases)/> },
            )}
        </section>
    }
    .into_any()
}
