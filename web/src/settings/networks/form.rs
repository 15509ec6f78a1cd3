//! The list of networks, and whether it counts.

use contract::{NetworksChange, OfficeNetworks};
use leptos::prelude::*;

use super::value::{self, Entry};
use crate::app::use_root;
use crate::client::networks;
use crate::i18n::t;
use crate::ui::bits::{Column, Table};
use crate::ui::button::IconButton;
use crate::ui::focus;
use crate::ui::form::{CheckBox, Field, Form, FormView, SaveButton, TextArea};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::rows::{Row, rows};

#[component]
pub fn NetworksForm(form: Form, kept: RwSignal<OfficeNetworks>, entries: Field<Vec<Entry>>) -> impl IntoView {
    let root = use_root();
    let start = kept.get_untracked();
    let enforced = form.field("enforced", start.enforced);
    let outside = form.field("outsideText", start.outside_text);
    form.when_stale(move |current: OfficeNetworks| {
        entries.rebase(value::entries(current.networks.clone()));
        enforced.rebase(current.enforced);
        outside.rebase(current.outside_text.clone());
        kept.set(current);
    });
    let save = move |()| {
        let change = NetworksChange {
            enforced: enforced.now(),
            networks: value::networks(&entries.now()),
            outside_text: outside.now(),
        };
        let version = kept.with_untracked(|kept| kept.version);
        form.submit(
            change,
            |change| networks::update_networks(version, change),
            move |saved: OfficeNetworks| {
                entries.saved(value::entries(saved.networks.clone()));
                enforced.saved(saved.enforced);
                outside.saved(saved.outside_text.clone());
                kept.set(saved);
                root.toasts.done(t!(networks.saved));
            },
        );
    };
    html! {
        <FormView form on_submit=save class="form form--wide panel">
            <CheckBox field=enforced label=t!(networks.enforced)/>
            <p class="faint">{t!(networks.enforced_text)}</p>
            <Entries form entries/>
            <TextArea field=outside label=t!(networks.outside) hint=t!(networks.outside_hint) optional=true/>
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}

#[component]
fn Entries(form: Form, entries: Field<Vec<Entry>>) -> impl IntoView {
    let list = Signal::derive(move || {
        let row = |entry: Entry| Row::new(entry.key.to_string(), move || row(form, entries, entry.key));
        entries.get().into_iter().map(row).collect::<Vec<_>>()
    });
    let none = Memo::new(move |_| entries.get().is_empty());
    let table = live(move || {
        if none.get() {
            return html! { <p class="faint">{t!(networks.none)}</p> };
        }
        html! {
            <Table label=t!(networks.list) head=vec![
                Column::new(t!(networks.label)),
                Column::new(t!(networks.cidr)),
                Column::unseen(t!(networks.remove_column)),
            ]>
                {rows(list)}
            </Table>
        }
    });
    let add = move |_| {
        let key = value::new_key(&entries.now());
        entries.update(|entries| entries.push(Entry { key, label: String::new(), cidr: String::new() }));
        focus::to_id(&input_id(entries, key, "label"));
    };
    html! {
        <fieldset class="sub-form">
            <legend>{t!(networks.list)}</legend>
            {table}
            <div class="buttons">
                <button type="button" class="button" id=format!("{}-add", entries.dom_id()) on:click=add>
                    <Icon shape=Shape::Add/>
                    {t!(networks.add)}
                </button>
            </div>
        </fieldset>
    }
}

fn input_id(entries: Field<Vec<Entry>>, key: u32, part: &str) -> String {
    format!("{}-{key}-{part}", entries.dom_id())
}

fn row(form: Form, entries: Field<Vec<Entry>>, key: u32) -> AnyView {
    let label = cell(form, entries, key, "label", t!(networks.label), |entry| &mut entry.label);
    let cidr = cell(form, entries, key, "cidr", t!(networks.cidr), |entry| &mut entry.cidr);
    let remove = move |()| {
        // Errors name places in the list as it was sent.
        form.clear_notices();
        entries.update(|entries| entries.retain(|entry| entry.key != key));
        // The row is gone, and the keyboard was in it.
        focus::to_id(&format!("{}-add", entries.dom_id()));
    };
    html! {
        <tr>
            <td>{label}</td>
            <td>{cidr}</td>
            <td class="cell-actions"><IconButton shape=Shape::Close label=t!(networks.remove) on_click=remove/></td>
        </tr>
    }
}

/// One input, and what is wrong with it.
fn cell(
    form: Form,
    entries: Field<Vec<Entry>>,
    key: u32,
    part: &'static str,
    name: &'static str,
    of: fn(&mut Entry) -> &mut String,
) -> AnyView {
    let id = input_id(entries, key, part);
    let error_id = format!("{id}-error");
    let value = move || {
        let mut entries = entries.get();
        entries.iter_mut().find(|entry| entry.key == key).map(|entry| of(entry).clone()).unwrap_or_default()
    };
    let errors = Memo::new(move |_| {
        let position = entries.get().iter().position(|entry| entry.key == key);
        position.map(|position| form.errors_at(&format!("networks[{position}].{part}"))).unwrap_or_default()
    });
    let wrong = move || !errors.with(Vec::is_empty);
    let described = error_id.clone();
    let change = move |event| {
        let typed = event_target_value(&event);
        entries.update(|entries| {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
                *of(entry) = typed;
            }
        });
    };
    html! {
        <input
            id=id
            type="text"
            class="input"
            autocomplete="off"
            aria-label=name
            aria-invalid=move || wrong().then_some("true")
            aria-describedby=move || wrong().then(|| described.clone())
            prop:value=value
            on:input=change
        />
        {live(move || wrong().then(|| html! {
            <p class="field__error" id=error_id.clone()>
                <Icon shape=Shape::Warning/>
                {errors.get().join(" ")}
            </p>
        }))}
    }
    .into_any()
}
