//! Whom a dossier concerns (D7).

mod form;
mod remove;

use contract::{DossierId, Party, PartyKind};
use leptos::prelude::*;

use crate::client::parties;
use crate::i18n::{t, words};
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use form::{AddParty, EditParty};
use remove::RemoveParty;

#[component]
pub fn Parties(id: DossierId, may_edit: bool) -> impl IntoView {
    let changed = RwSignal::new(0_u32);
    let on_change = Callback::new(move |()| changed.update(|count| *count += 1));
    let listing = Listing::new(
        move |cursor| {
            changed.track();
            parties::list_parties(id, cursor)
        },
        move |party| row(id, party, may_edit.then_some(on_change)),
    );
    html! {
        <section aria-labelledby="parties-heading">
            <div class="section-header">
                <h2 id="parties-heading">{t!(parties.title)}</h2>
                {may_edit.then(|| html! { <div class="buttons"><AddParty id on_change/></div> })}
            </div>
            {listing.view(
                move |rows| html! {
                    <Table label=t!(parties.title) head=head(may_edit)>{rows}</Table>
                },
                || html! { <Empty text=t!(parties.none)/> },
            )}
        </section>
    }
}

fn head(may_edit: bool) -> Vec<Column> {
    let mut head =
        vec![Column::new(t!(parties.name)), Column::new(t!(parties.role)), Column::new(t!(parties.contact))];
    if may_edit {
        head.push(Column::unseen(t!(parties.actions)));
    }
    head
}

fn row(id: DossierId, party: Party, on_change: Option<Callback<()>>) -> AnyView {
    let shape = match party.kind {
        PartyKind::Person => Shape::Person,
        PartyKind::Organisation => Shape::Group,
    };
    let kind = words::party_kind(party.kind);
    let contact = [party.email.clone(), party.phone.clone(), party.address.clone()]
        .into_iter()
        .flatten()
        .map(|line| html! { <span class="contact">{line}</span> })
        .collect_view();
    let actions = on_change.map(|on_change| {
        let party = party.clone();
        html! {
            <td class="cell-actions">
                <EditParty id party=party.clone() on_change/>
                <RemoveParty id party on_change/>
            </td>
        }
    });
    html! {
        <tr>
            <th scope="row">
                <span class="with-icon">
                    <Icon shape/>
                    <span>{party.name} <span class="visually-hidden">{format!(" ({kind})")}</span></span>
                </span>
            </th>
            <td>{party.role}</td>
            <td>{contact}</td>
            {actions}
        </tr>
    }
}
