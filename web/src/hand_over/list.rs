//! The work of a plan, kind by kind, to choose from.

use std::collections::BTreeSet;

use contract::{EmployeeId, StrandedWork, WorkKind};
use leptos::prelude::*;

use super::allocation::{Allocation, Going, Piece};
use crate::i18n::{t, words};
use crate::ui::button::IconButton;
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

pub fn view(allocation: Allocation) -> AnyView {
    let pieces = allocation.pieces.get_value();
    let holders: BTreeSet<EmployeeId> =
        pieces.iter().map(|piece| piece.work.with_value(|work| work.holder.id)).collect();
    // Who it is about is not said elsewhere, where a change strands the work of people that it did not name.
    let several = holders.len() > 1 || allocation.whole;
    let error_id = focus::new_id("error");
    let described_by = {
        let id = error_id.clone();
        Signal::derive(move || (!allocation.errors().is_empty()).then(|| id.clone()))
    };
    let errors = live(move || {
        let errors = allocation.errors();
        (!errors.is_empty()).then(|| problem(error_id.clone(), errors))
    });
    let kinds = WorkKind::ALL
        .iter()
        .filter_map(|kind| {
            let of_kind: Vec<(usize, Piece)> =
                pieces.iter().copied().enumerate().filter(|(_, piece)| piece.kind() == *kind).collect();
            (!of_kind.is_empty()).then(|| group(allocation, *kind, of_kind, several))
        })
        .collect_view();
    html! {
        <div class="allocation__list" role="group" aria-label=t!(hand_over.list)>
            <div class="allocation__all">
                {all(pieces, t!(hand_over.all).to_owned(), described_by)}
            </div>
            {kinds}
        </div>
        {errors}
    }
}

fn group(allocation: Allocation, kind: WorkKind, pieces: Vec<(usize, Piece)>, several: bool) -> AnyView {
    let label = format!("{} ({})", words::work_kind(kind), pieces.len());
    let of_kind: Vec<Piece> = pieces.iter().map(|(_, piece)| *piece).collect();
    let rows = pieces.into_iter().map(|(at, piece)| row(allocation, at, piece, several)).collect_view();
    html! {
        <div role="group" aria-label=words::work_kind(kind)>
            <div class="allocation__kind">{all(of_kind, label, Signal::derive(|| None))}</div>
            <ul>{rows}</ul>
        </div>
    }
}

/// A box that is ticked when all of these are, and ticks them all.
fn all(pieces: Vec<Piece>, label: String, described_by: Signal<Option<String>>) -> AnyView {
    let id = focus::new_id("all");
    let pieces = StoredValue::new(pieces);
    let chosen = Memo::new(move |_| {
        pieces.with_value(|pieces| {
            let chosen = pieces.iter().filter(|piece| piece.chosen.get()).count();
            (chosen > 0, chosen == pieces.len())
        })
    });
    html! {
        <div class="check">
            <input
                id=id.clone()
                type="checkbox"
                aria-invalid=move || described_by.get().map(|_| "true")
                aria-describedby=move || described_by.get()
                prop:checked=move || chosen.get().1
                prop:indeterminate=move || chosen.get() == (true, false)
                on:change=move |event| {
                    let all = event_target_checked(&event);
                    pieces.with_value(|pieces| pieces.iter().for_each(|piece| piece.chosen.set(all)));
                }
            />
            <label for=id>{label}</label>
        </div>
    }
}

fn row(allocation: Allocation, at: usize, piece: Piece, several: bool) -> AnyView {
    let id = focus::new_id("piece");
    let (going_id, error_id) = (format!("{id}-going"), format!("{id}-error"));
    let work = piece.work.get_value();
    let detail = detail(&work, several);
    let wrong = Memo::new(move |_| allocation.errors_of(at));
    let described_by = {
        let (going, error) = (going_id.clone(), error_id.clone());
        move || if wrong.with(Vec::is_empty) { going.clone() } else { format!("{going} {error}") }
    };
    let errors = live(move || {
        let errors = wrong.get();
        (!errors.is_empty()).then(|| problem(error_id.clone(), errors))
    });
    // What stays where it is has nothing to take back.
    let take_back = {
        let id = id.clone();
        live(move || {
            let decided = !allocation.whole && piece.going.get() != Going::Undecided;
            let id = id.clone();
            decided.then(|| {
                let (kind, number) =
                    piece.work.with_value(|work| (words::work_kind(work.kind), work.number.clone()));
                html! {
                    <IconButton
                        shape=Shape::Close
                        label=t!(hand_over.take_back, work = kind, number = number)
                        on_click=move |()| {
                            piece.going.set(Going::Undecided);
                            focus::to_id(&id);
                        }
                    />
                }
            })
        })
    };
    let going = move || said(allocation, piece);
    html! {
        <li>
            <div class="check">
                <input
                    id=id.clone()
                    type="checkbox"
                    aria-invalid=move || (!wrong.with(Vec::is_empty)).then_some("true")
                    aria-describedby=described_by
                    prop:checked=move || piece.chosen.get()
                    on:change=move |event| piece.chosen.set(event_target_checked(&event))
                />
                <label for=id>
                    <span class="visually-hidden">{words::work_kind(work.kind)} " "</span>
                    <span class="number">{work.number}</span>
                    {detail.map(|detail| html! { " " <span class="faint">{detail}</span> })}
                </label>
            </div>
            <span class="allocation__going">
                <span id=going_id class:faint=move || piece.going.get() == Going::Undecided>{going}</span>
                {take_back}
            </span>
            {errors}
        </li>
    }
}

/// What tells a piece from others with its number: its tray, and who holds it where several do.
fn detail(work: &StrandedWork, several: bool) -> Option<String> {
    let holder = several.then(|| t!(hand_over.with_holder, name = work.holder.name.as_str()));
    let tray = work.tray.as_ref().map(|tray| t!(hand_over.from_tray, tray = tray.name.as_str()));
    let details: Vec<String> = [holder, tray].into_iter().flatten().collect();
    (!details.is_empty()).then(|| details.join(", "))
}

/// Where it goes, in words.
fn said(allocation: Allocation, piece: Piece) -> String {
    piece.work.with_value(|work| match (piece.going.get(), work.kind, &work.tray) {
        (Going::To(choice), ..) => t!(hand_over.to_name, name = choice.name.as_str()),
        (Going::Undecided, ..) if allocation.whole => t!(hand_over.must).to_owned(),
        (Going::Undecided, ..) => t!(hand_over.stays).to_owned(),
        (Going::NoSuccessor, WorkKind::Supporter, _) => t!(hand_over.not_replaced).to_owned(),
        (Going::NoSuccessor, WorkKind::DossierManager, _) => t!(hand_over.no_manager).to_owned(),
        (Going::NoSuccessor, _, Some(tray)) => t!(hand_over.to_tray, tray = tray.name.as_str()),
        (Going::NoSuccessor, _, None) => t!(hand_over.must).to_owned(),
    })
}

fn problem(id: String, errors: Vec<String>) -> AnyView {
    html! {
        <p class="field__error" id=id>
            <Icon shape=Shape::Warning/>
            {errors.join(" ")}
        </p>
    }
}
