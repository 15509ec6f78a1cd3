//! One dossier.

use contract::{Dossier, DossierId, DossierState};
use leptos::prelude::*;

use super::edit::EditDossier;
use super::everyone::Everyone;
use super::new::back;
use super::rules::AccessRulesPanel;
use super::why::Why;
use crate::cases::case_row;
use crate::client::cases::{self, CaseFilter};
use crate::client::dossiers;
use crate::i18n::{dates, t, words};
use crate::pages::Page;
use crate::ui::bits::{Badge, Column, Empty, Fact, Table, Tone};
use crate::ui::button::AddLink;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn DossierPage(id: DossierId) -> impl IntoView {
    let remote = Remote::new(move || dossiers::find_dossier(id));
    let content = remote.page(move |dossier| {
        html! { <DossierDetail dossier reload=Callback::new(move |()| remote.refresh())/> }
    });
    html! { <div class="page">{content}</div> }
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
    let header = live(move || {
        let (_, edit, _) = may.get();
        html! {
            {archived().then(|| html! { <Badge text=words::dossier_state(DossierState::Archived) tone=Tone::Neutral/> })}
            {edit.then(|| html! { <EditDossier dossier/> })}
        }
    });
    html! {
        <Heading text=Signal::derive(title) above=back>{header}</Heading>
        {move || (!may.get().0).then(notice)}
        <div class="with-aside">
            <div class="stack">
                {move || may.get().0.then(|| html! { <Cases id/> })}
                {move || may.get().2.then(|| html! { <AccessRulesPanel id reload/> })}
            </div>
            <div class="stack">
                <Facts dossier/>
                {move || may.get().2.then(|| html! { <Why id/> <Everyone id/> })}
            </div>
        </div>
    }
}

/// For the local administrator who manages rules but may not read.
fn notice() -> AnyView {
    html! {
        <div class="notice notice--warning">
            <Icon shape=Shape::Lock/>
            <p>{t!(dossiers.no_access)}</p>
        </div>
    }
}

#[component]
fn Facts(dossier: RwSignal<Dossier>) -> impl IntoView {
    let facts = live(move || {
        let dossier = dossier.get();
        let none = || t!(dossiers.nobody).to_owned();
        html! {
            <dl class="facts">
                <Fact term=t!(dossiers.number)><span class="number">{dossier.number}</span></Fact>
                <Fact term=t!(dossiers.manager)>{dossier.manager.map_or_else(none, |manager| manager.name)}</Fact>
                {dossier.client_group.map(|group| html! { <Fact term=t!(dossiers.client_group)>{group.name}</Fact> })}
                <Fact term=t!(dossiers.visibility)>{words::visibility(dossier.visibility)}</Fact>
                <Fact term=t!(dossiers.created_at)>{dates::day(dates::day_of(dossier.created_at))}</Fact>
                <Fact term=t!(dossiers.my_access)>{dossier.my_access.explanation}</Fact>
            </dl>
        }
    });
    html! { <section class="panel" aria-label=t!(dossiers.facts)>{facts}</section> }
}

#[component]
fn Cases(id: DossierId) -> impl IntoView {
    let cases = Listing::new(
        move |cursor| cases::list_cases(&CaseFilter { dossier: Some(id), ..CaseFilter::default() }, cursor),
        |case| case_row(case, false),
    );
    html! {
        <section aria-labelledby="cases-heading">
            <div class="section-header">
                <h2 id="cases-heading">{t!(dossiers.cases)}</h2>
                <AddLink page=Page::NewCaseIn(id) label=t!(cases.new)/>
            </div>
            {cases.view(
                |rows| html! {
                    <Table label=t!(dossiers.cases) head=vec![
                        Column::new(t!(cases.number)),
                        Column::new(t!(cases.case_title)),
                        Column::wide_only(t!(cases.coordinator)),
                        Column::new(t!(cases.deadline)),
                        Column::new(t!(cases.state)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(dossiers.no_cases)/> },
            )}
        </section>
    }
}
