//! Fields that hold colleagues, groups or dossiers.

use leptos::prelude::*;
use uuid::Uuid;

use super::frame::Wiring;
use super::{Field, FieldFrame};
use crate::i18n::t;
use crate::ui::button::IconButton;
use crate::ui::choice::Choice;
use crate::ui::combobox::{ComboboxInput, Search};
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::Shape;
use crate::ui::watch::watch;

/// One thing, or none.
#[component]
pub fn ChoiceInput(
    field: Field<Option<Choice>>,
    search: Search,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    /// Whom not to suggest.
    #[prop(optional)]
    hidden: Vec<Uuid>,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), optional);
    let id = wiring.id.clone();
    let name = move || field.get().map(|choice| choice.name).unwrap_or_default();
    let text = RwSignal::new(untrack(name));
    // Also when it changes from outside: a draft restored, a colleague's choice taken over.
    watch(move || text.set(name()));
    let leave = move |()| {
        if text.with_untracked(|text| text.trim().is_empty()) {
            if field.now().is_some() {
                field.set(None);
            }
        } else {
            text.set(untrack(name));
        }
    };
    let clear = {
        let id = id.clone();
        live(move || {
            let id = id.clone();
            field.get().map(|_| {
                html! {
                    <IconButton shape=Shape::Close label=t!(common.clear) on_click=move |()| {
                        field.set(None);
                        focus::to_id(&id);
                    }/>
                }
            })
        })
    };
    html! {
        <FieldFrame field label hint optional words=name_of>
            <span class="input-with-button">
                <ComboboxInput
                    id
                    search
                    text
                    hidden
                    on_choose=Callback::new(move |choice: Choice| {
                        text.set(choice.name.clone());
                        field.set(Some(choice));
                    })
                    on_leave=leave
                    invalid=Signal::derive(move || !field.errors().is_empty())
                    described_by=Signal::derive(move || wiring.described_by(field))
                />
                {clear}
            </span>
        </FieldFrame>
    }
}

/// Any number of things, each with a button to take it out again.
#[component]
pub fn ChoicesInput(
    field: Field<Vec<Choice>>,
    search: Search,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), optional);
    let id = wiring.id.clone();
    let chips_label = label.clone();
    let text = RwSignal::new(String::new());
    let chips = {
        let id = id.clone();
        live(move || {
            let chosen = field.get();
            let id = id.clone();
            (!chosen.is_empty()).then(|| {
                let chips = chosen.into_iter().map(|choice| chip(field, choice, id.clone())).collect_view();
                html! { <ul class="chips" aria-label=t!(form.chosen, label = chips_label.as_str())>{chips}</ul> }
            })
        })
    };
    html! {
        <FieldFrame field label hint optional words=names>
            <ComboboxInput
                id
                search
                text
                hidden=Signal::derive(move || field.get().iter().map(|choice| choice.id).collect())
                on_choose=Callback::new(move |choice| {
                    text.set(String::new());
                    field.update(|chosen| chosen.push(choice));
                })
                on_leave=|()| ()
                invalid=Signal::derive(move || !field.errors().is_empty())
                described_by=Signal::derive(move || wiring.described_by(field))
            />
            {chips}
        </FieldFrame>
    }
}

#[expect(clippy::ref_option, reason = "the value of a field, whatever it is")]
fn name_of(choice: &Option<Choice>) -> String {
    choice.as_ref().map(|choice| choice.name.clone()).unwrap_or_default()
}

#[expect(clippy::ptr_arg, reason = "the value of a field, whatever it is")]
fn names(choices: &Vec<Choice>) -> String {
    choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn chip(field: Field<Vec<Choice>>, choice: Choice, input: String) -> AnyView {
    let id = choice.id;
    html! {
        <li class="chip">
            {choice.name.clone()}
            <IconButton shape=Shape::Close label=t!(form.take_out, name = choice.name.as_str()) on_click=move |()| {
                field.update(|chosen| chosen.retain(|choice| choice.id != id));
                focus::to_id(&input);
            }/>
        </li>
    }
}
