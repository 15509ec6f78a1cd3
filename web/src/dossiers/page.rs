//! One dossier.

use contract::{Dossier, DossierId, DossierState};
use leptos::prelude::*;

use super::archive::{ArchiveDossier, RestoreDossier};
use super::cases::Cases;
use super::edit::EditDossier;
use super::everyone::Everyone;
use super::messages::Messages;
use super::new::back;
use super::parties::Parties;
use super::parts::{Part, part_in_sight, tabs};
use super::reads::Reads;
use super::rules::AccessRulesPanel;
use super::why::Why;
use crate::client::dossiers;
use crate::i18n::{dates, t, words};
use crate::ui::bits::{Badge, Fact, Tone};
use crate::ui::download::DownloadButton;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
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
    let may = Memo::new(move |_| dossier.with(|dossier| dossier.may.clone()));
    let active = Memo::new(move |_| dossier.with(|dossier| dossier.state == DossierState::Active));
    let part = part_in_sight(may);
    let header = live(move || {
        let may = may.get();
        html! {
            {(!active.get()).then(|| html! { <Badge text=words::dossier_state(DossierState::Archived) tone=Tone::Neutral/> })}
            {may.export.then(|| html! {
                <DownloadButton path=dossiers::dossier_export(id) label=t!(dossiers.export) filename="dossier.json"/>
            })}
            {may.archive.then(|| html! { <ArchiveDossier dossier/> })}
            {may.restore.then(|| html! { <RestoreDossier dossier/> })}
            {may.edit.then(|| html! { <EditDossier dossier/> })}
        }
    });
    let content = live(move || {
        let active = active.get();
        part.get().map(|part| match part {
            Part::Cases => html! { <Cases id active/> },
            Part::Messages => html! { <Messages id may_send=may.get().send_messages/> },
            Part::Parties => html! { <Parties id may_edit=may.get().edit_parties/> },
            Part::Access => html! { <AccessRulesPanel id active reload/> },
            Part::Reads => html! { <Reads id may_read=may.get().read/> },
        })
    });
    html! {
        <Heading text=Signal::derive(title) above=back>{header}</Heading>
        <div class="notices">
            {move || (!may.get().read).then(|| notice("notice notice--warning", t!(dossiers.no_access)))}
            {move || (!active.get()).then(|| notice("notice notice--info", t!(dossiers.archived_notice)))}
        </div>
        {tabs(id, may, part)}
        <div class="with-aside">
            <div class="stack">{content}</div>
            <div class="stack">
                <Facts dossier/>
                {move || (part.get() == Some(Part::Access)).then(|| html! { <Why id/> <Everyone id/> })}
            </div>
        </div>
    }
}

/// What limits what one sees or can do here.
fn notice(class: &'static str, text: &'static str) -> AnyView {
    html! {
        <div class=class>
            <Icon shape=Shape::Lock/>
            <p>{text}</p>
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
