//! How many there are of each outcome, and which of them are on screen.

use contract::{ImportCounts, ImportOutcome};
use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::bits::{Badge, Tone};
use crate::ui::focus;
use crate::ui::html::html;
use crate::ui::rows::{Row, rows};

/// How many rows are shown at a time: a file has thousands.
const AT_ONCE: usize = 100;

/// What is wrong comes first.
const ORDER: [ImportOutcome; 4] =
    [ImportOutcome::Rejected, ImportOutcome::Create, ImportOutcome::Change, ImportOutcome::Unchanged];

const fn count(counts: ImportCounts, outcome: ImportOutcome) -> u32 {
    match outcome {
        ImportOutcome::Create => counts.create,
        ImportOutcome::Change => counts.change,
        ImportOutcome::Unchanged => counts.unchanged,
        ImportOutcome::Rejected => counts.rejected,
    }
}

fn word(outcome: ImportOutcome) -> &'static str {
    match outcome {
        ImportOutcome::Create => t!(imports.outcome_create),
        ImportOutcome::Change => t!(imports.outcome_change),
        ImportOutcome::Unchanged => t!(imports.outcome_unchanged),
        ImportOutcome::Rejected => t!(imports.outcome_rejected),
    }
}

#[component]
pub fn OutcomeBadge(outcome: ImportOutcome) -> impl IntoView {
    let tone = match outcome {
        ImportOutcome::Create => Tone::Good,
        ImportOutcome::Change => Tone::Attention,
        ImportOutcome::Unchanged => Tone::Neutral,
        ImportOutcome::Rejected => Tone::Bad,
    };
    html! { <Badge text=word(outcome) tone/> }
}

/// Everything in a report, by outcome; `table` goes around those on screen.
pub fn by_outcome(
    counts: ImportCounts,
    everything: &'static str,
    all: Vec<(ImportOutcome, Row)>,
    table: impl Fn(AnyView) -> AnyView,
) -> AnyView {
    // What is wrong is what one came for; else everything.
    let first = (counts.rejected > 0).then_some(ImportOutcome::Rejected);
    let shown = RwSignal::new(first);
    let most = RwSignal::new(AT_ONCE);
    let total = all.len();
    let all = StoredValue::new(all);
    let chosen = Memo::new(move |_| {
        let shown = shown.get();
        shown.map_or(total, |outcome| count(counts, outcome) as usize)
    });
    let on_screen = Signal::derive(move || {
        let (shown, most) = (shown.get(), most.get());
        all.with_value(|all| {
            let fits = all.iter().filter(|(outcome, _)| shown.is_none_or(|shown| shown == *outcome));
            fits.take(most).map(|(_, row)| row.clone()).collect()
        })
    });
    let name = focus::new_id("outcome");
    let option = |outcome: Option<ImportOutcome>, count: usize, text: &'static str| {
        let name = name.clone();
        html! {
            <label class="outcome">
                <input type="radio" name=name prop:checked=move || shown.get() == outcome
                    on:change=move |_| {
                        most.set(AT_ONCE);
                        shown.set(outcome);
                    }/>
                <strong>{count}</strong>
                {text}
            </label>
        }
    };
    let there: Vec<_> = ORDER.into_iter().filter(|outcome| count(counts, *outcome) > 0).collect();
    // Of one kind only there is nothing to choose.
    let choice = (there.len() > 1).then(|| {
        let options = there
            .into_iter()
            .map(|outcome| option(Some(outcome), count(counts, outcome) as usize, word(outcome)))
            .collect_view();
        html! {
            <fieldset class="outcomes">
                <legend class="visually-hidden">{t!(imports.show)}</legend>
                {options}
                {option(None, total, everything)}
            </fieldset>
        }
    });
    let more = move || {
        let left = chosen.get().saturating_sub(most.get());
        (left > 0).then(|| {
            html! {
                <p class="more">
                    <button type="button" class="button" on:click=move |_| most.update(|most| *most += AT_ONCE)>
                        {t!(imports.more, count = left)}
                    </button>
                </p>
            }
        })
    };
    html! {
        {choice}
        {table(rows(on_screen))}
        {more}
    }
}
