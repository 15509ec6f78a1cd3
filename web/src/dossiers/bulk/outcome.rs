//! What became of each dossier.

use contract::{ItemOutcome, RuleOrderItem};
use leptos::prelude::*;

use super::{Done, called};
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::ui::bits::{Badge, Column, Table, Tone};
use crate::ui::choice::Choice;
use crate::ui::focus;
use crate::ui::html::html;

pub fn outcome(done: Done, again: Callback<()>) -> AnyView {
    let Done { items, dossiers } = done;
    let total = items.len();
    let changed = items.iter().filter(|item| item.outcome == ItemOutcome::Changed).count();
    let rows = items.into_iter().map(|item| row(item, &dossiers)).collect_view();
    let heading = focus::new_id("outcome");
    // It takes the place of the form.
    focus::to_id(&heading);
    html! {
        <section class="stack stack--close">
            <h2 id=heading tabindex="-1">{t!(bulk.done, changed = changed, total = total)}</h2>
            <Table label=t!(bulk.outcomes) head=vec![Column::new(t!(bulk.dossier)), Column::new(t!(bulk.outcome))]>
                {rows}
            </Table>
            <div class="buttons">
                <a class="button" href=Page::Dossiers.to_string()>{t!(bulk.to_list)}</a>
                <button type="button" class="button" on:click=move |_| {
                    again.run(());
                    // The form begins where the heading is.
                    focus::to("main h1".to_owned());
                }>
                    {t!(bulk.again)}
                </button>
            </div>
        </section>
    }
}

fn row(item: RuleOrderItem, dossiers: &[Choice]) -> AnyView {
    let name = called(&item, dossiers);
    let tone = match item.outcome {
        ItemOutcome::Changed => Tone::Good,
        ItemOutcome::Unchanged => Tone::Neutral,
        ItemOutcome::NotFound | ItemOutcome::Forbidden | ItemOutcome::Archived => Tone::Attention,
    };
    let name = if item.outcome == ItemOutcome::NotFound {
        name.into_any()
    } else {
        html! { <a href=Page::Dossier(item.dossier_id).to_string()>{name}</a> }
    };
    let detail = item.detail.map(|detail| html! { <span class="cell-detail">{detail}</span> });
    html! {
        <tr>
            <th scope="row">{name}</th>
            <td><Badge text=words::item_outcome(item.outcome) tone/> {detail}</td>
        </tr>
    }
}
