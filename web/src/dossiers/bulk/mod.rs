//! Access to many dossiers for many colleagues and groups at once (D2).

mod gather;
mod gathering;
mod order;
mod outcome;

use contract::RuleOrderItem;
use leptos::prelude::*;

use super::new::back;
use crate::i18n::t;
use crate::ui::choice::Choice;
use crate::ui::html::{html, live};
use crate::ui::page::Heading;
use order::OrderForm;
use outcome::outcome;

/// What an order did, and what the dossiers are called.
#[derive(Clone)]
pub struct Done {
    pub items: Vec<RuleOrderItem>,
    pub dossiers: Vec<Choice>,
}

#[component]
pub fn DossiersAccessPage() -> impl IntoView {
    let done = RwSignal::new(None::<Done>);
    let content = live(move || match done.get() {
        Some(what) => outcome(what, Callback::new(move |()| done.set(None))),
        None => html! { <OrderForm on_done=move |what| done.set(Some(what))/> },
    });
    html! {
        <div class="page">
            <Heading text=t!(bulk.title).to_owned() above=back/>
            {content}
        </div>
    }
}

/// What a dossier is called: its number, and its name for who may know it.
pub fn called(item: &RuleOrderItem, dossiers: &[Choice]) -> String {
    let choice = dossiers.iter().find(|choice| choice.id == item.dossier_id.0);
    match (&item.number, choice) {
        (Some(number), Some(choice)) if choice.name != *number => format!("{number} · {}", choice.name),
        (Some(number), _) => number.clone(),
        (None, choice) => choice.map(|choice| choice.name.clone()).unwrap_or_default(),
    }
}
