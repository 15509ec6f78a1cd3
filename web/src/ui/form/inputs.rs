//! The controls people type in or choose with.

use leptos::prelude::*;

use super::frame::{Wiring, invalid};
use super::{Field, FieldFrame};
use crate::i18n::{dates, t};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

#[expect(clippy::ptr_arg, reason = "fields give their value as it is kept")]
fn as_typed(value: &String) -> String {
    value.clone()
}

/// One line of text.
#[component]
pub fn TextInput(
    field: Field<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    #[prop(default = "text")] kind: &'static str,
    /// Which keys a telephone offers.
    #[prop(optional_no_strip)]
    inputmode: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] narrow: bool,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), optional);
    let id = wiring.id.clone();
    html! {
        <FieldFrame field label hint optional narrow words=as_typed>
            <input
                id=id
                type=kind
                inputmode=inputmode
                class="input"
                autocomplete=autocomplete
                aria-required=required.then_some("true")
                aria-invalid=move || invalid(field)
                aria-describedby=move || wiring.described_by(field)
                prop:value=move || field.get()
                on:input=move |event| field.set(event_target_value(&event))
            />
        </FieldFrame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    field: Field<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), optional);
    let id = wiring.id.clone();
    html! {
        <FieldFrame field label hint optional words=as_typed>
            <textarea
                id=id
                class="input"
                rows=rows
                aria-required=required.then_some("true")
                aria-invalid=move || invalid(field)
                aria-describedby=move || wiring.described_by(field)
                prop:value=move || field.get()
                on:input=move |event| field.set(event_target_value(&event))
            ></textarea>
        </FieldFrame>
    }
}

/// A day, as the browser lets people choose one; `2026-11-21` or empty.
#[component]
pub fn DateInput(
    field: Field<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), optional);
    let id = wiring.id.clone();
    let words = |value: &String| value.parse().map_or_else(|_| value.clone(), dates::day);
    html! {
        <FieldFrame field label hint optional narrow=true words>
            <input
                id=id
                type="date"
                class="input"
                aria-invalid=move || invalid(field)
                aria-describedby=move || wiring.described_by(field)
                prop:value=move || field.get()
                on:input=move |event| field.set(event_target_value(&event))
            />
        </FieldFrame>
    }
}

/// A whole number, with its unit after it.
#[component]
pub fn NumberInput(
    field: Field<String>,
    #[prop(into)] label: String,
    #[prop(into)] unit: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), optional);
    let id = wiring.id.clone();
    html! {
        <FieldFrame field label hint optional narrow=true words=as_typed>
            <span class="input-with-unit">
                <input
                    id=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    class="input"
                    aria-invalid=move || invalid(field)
                    aria-describedby=move || wiring.described_by(field)
                    prop:value=move || field.get()
                    on:input=move |event| field.set(event_target_value(&event))
                />
                <span>{unit}</span>
            </span>
        </FieldFrame>
    }
}

/// A password, which can be made visible.
#[component]
pub fn PasswordInput(
    field: Field<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    autocomplete: &'static str,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), false);
    let id = wiring.id.clone();
    let shown = RwSignal::new(false);
    let toggle = move || if shown.get() { t!(form.hide_password) } else { t!(form.show_password) };
    html! {
        <FieldFrame field label hint words=|_| String::new()>
            <span class="input-with-button">
                <input
                    id=id
                    type=move || if shown.get() { "text" } else { "password" }
                    class="input"
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-required="true"
                    aria-invalid=move || invalid(field)
                    aria-describedby=move || wiring.described_by(field)
                    prop:value=move || field.get()
                    on:input=move |event| field.set(event_target_value(&event))
                />
                <button type="button" class="icon-button" aria-label=toggle title=toggle
                    on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || html! { <Icon shape=if shown.get() { Shape::Hidden } else { Shape::Visible }/> }}
                </button>
            </span>
        </FieldFrame>
    }
}

/// A yes or no to one statement.
#[component]
pub fn CheckBox(
    field: Field<bool>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), false);
    let id = wiring.id.clone();
    let hint_id = format!("{id}-hint");
    html! {
        <div class="check">
            <input
                id=id.clone()
                type="checkbox"
                aria-describedby=move || wiring.described_by(field)
                prop:checked=move || field.get()
                on:change=move |event| field.set(event_target_checked(&event))
            />
            <label for=id>{label}</label>
            {hint.map(|hint| html! { <p class="field__hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A value and what people read for it.
pub type Options = Vec<(String, String)>;

/// What people read for a value.
fn words_of(options: &Options) -> impl Fn(&String) -> String + Send + Sync + 'static {
    let options = options.clone();
    move |value| {
        options
            .iter()
            .find(|(known, _)| known == value)
            .map_or_else(|| value.clone(), |(_, text)| text.clone())
    }
}

/// One of a few, in a list that drops down.
#[component]
pub fn SelectInput(
    field: Field<String>,
    #[prop(into)] label: String,
    options: Options,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let wiring = Wiring::new(field, hint.as_ref(), false);
    let id = wiring.id.clone();
    let words = words_of(&options);
    let shown = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value.clone();
            html! { <option value=value prop:selected=move || field.get() == selected>{text}</option> }
        })
        .collect_view();
    html! {
        <FieldFrame field label hint words>
            <select
                id=id
                class="input"
                aria-invalid=move || invalid(field)
                aria-describedby=move || wiring.described_by(field)
                on:change=move |event| field.set(event_target_value(&event))
            >
                {shown}
            </select>
        </FieldFrame>
    }
}

/// One of a few, all in sight.
#[component]
pub fn RadioInput(
    field: Field<String>,
    #[prop(into)] label: String,
    options: Options,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let id = field.dom_id();
    let words = words_of(&options);
    let shown = options
        .into_iter()
        .enumerate()
        .map(|(position, (value, text))| {
            let (checked, chosen) = (value.clone(), value.clone());
            let option_id = if position == 0 { id.clone() } else { format!("{id}-{position}") };
            html! {
                <label class="radio">
                    <input
                        id=option_id
                        type="radio"
                        name=id.clone()
                        value=value
                        prop:checked=move || field.get() == checked
                        on:change=move |_| field.set(chosen.clone())
                    />
                    {text}
                </label>
            }
        })
        .collect_view();
    html! {
        <FieldFrame field label hint optional group=true words>
            <div class="radios">{shown}</div>
        </FieldFrame>
    }
}
