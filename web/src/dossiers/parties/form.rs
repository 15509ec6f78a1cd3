//! The form of a party: a new one, or one that is there.

use contract::{DossierId, Party, PartyChange, PartyKind};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::parties;
use crate::i18n::{t, words};
use crate::ui::button::IconButton;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Field, Form, FormView, RadioInput, SaveButton, TextArea, TextInput};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

#[derive(Clone, Copy)]
struct Fields {
    kind: Field<String>,
    name: Field<String>,
    role: Field<String>,
    email: Field<String>,
    phone: Field<String>,
    address: Field<String>,
}

impl Fields {
    fn new(form: Form, party: Option<Party>) -> Self {
        let party = values(party);
        Self {
            kind: form.field("kind", party.kind.to_string()),
            name: form.field("name", party.name),
            role: form.field("role", party.role),
            email: form.field("email", party.email.unwrap_or_default()),
            phone: form.field("phone", party.phone.unwrap_or_default()),
            address: form.field("address", party.address.unwrap_or_default()),
        }
    }

    fn rebase(self, current: Party) {
        let party = values(Some(current));
        self.kind.rebase(party.kind.to_string());
        self.name.rebase(party.name);
        self.role.rebase(party.role);
        self.email.rebase(party.email.unwrap_or_default());
        self.phone.rebase(party.phone.unwrap_or_default());
        self.address.rebase(party.address.unwrap_or_default());
    }

    fn now(self) -> PartyChange {
        PartyChange {
            kind: self.kind.now().parse().unwrap_or(PartyKind::Person),
            name: self.name.now(),
            role: self.role.now(),
            email: Some(self.email.now()),
            phone: Some(self.phone.now()),
            address: Some(self.address.now()),
        }
    }
}

fn values(party: Option<Party>) -> PartyChange {
    let nothing = PartyChange {
        kind: PartyKind::Person,
        name: String::new(),
        role: String::new(),
        email: None,
        phone: None,
        address: None,
    };
    party.map_or(nothing, |party| {
        let Party { kind, name, role, email, phone, address, .. } = party;
        PartyChange { kind, name, role, email, phone, address }
    })
}

/// The button, and the dialog it opens.
#[component]
pub fn AddParty(id: DossierId, on_change: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <button type="button" class="button button--primary" on:click=move |_| open.set(true)>
            <Icon shape=Shape::Add/>
            {t!(parties.add)}
        </button>
        <Dialog open on_close=move |()| open.set(false) title=t!(parties.add)>
            <PartyForm id party=None open on_change/>
        </Dialog>
    }
}

/// The button, and the dialog it opens.
#[component]
pub fn EditParty(id: DossierId, party: Party, on_change: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let label = t!(parties.edit_of, name = party.name.as_str());
    html! {
        <IconButton shape=Shape::Pencil label on_click=move |()| open.set(true)/>
        <Dialog open on_close=move |()| open.set(false) title=t!(parties.edit)>
            <PartyForm id party=Some(party.clone()) open on_change/>
        </Dialog>
    }
}

#[component]
fn PartyForm(
    id: DossierId,
    party: Option<Party>,
    open: RwSignal<bool>,
    on_change: Callback<()>,
) -> impl IntoView {
    let toasts = use_root().toasts;
    let known = StoredValue::new(party.as_ref().map(|party| (party.id, party.version)));
    let form = Form::new(match &party {
        Some(party) => format!("party:{}", party.id),
        None => format!("dossier:{id}:party"),
    });
    let fields = Fields::new(form, party);
    form.when_stale(move |current: Party| {
        known.set_value(Some((current.id, current.version)));
        fields.rebase(current);
    });
    let submit = move |()| {
        form.submit(
            fields.now(),
            |change| match known.get_value() {
                Some((party, version)) => parties::update_party(id, party, version, change),
                None => parties::add_party(id, change),
            },
            move |saved: Party| {
                toasts.done(t!(parties.saved, name = saved.name.as_str()));
                open.set(false);
                on_change.run(());
            },
        );
    };
    let kinds =
        PartyKind::ALL.iter().map(|kind| (kind.to_string(), words::party_kind(*kind).to_owned())).collect();
    html! {
        <FormView form on_submit=submit class="form">
            <RadioInput field=fields.kind label=t!(parties.kind) options=kinds/>
            <TextInput field=fields.name label=t!(parties.name) required=true/>
            <TextInput field=fields.role label=t!(parties.role) hint=t!(parties.role_hint) required=true/>
            <TextInput field=fields.email label=t!(parties.email) kind="email" optional=true/>
            <TextInput field=fields.phone label=t!(parties.phone) kind="tel" optional=true/>
            <TextArea field=fields.address label=t!(parties.address) rows=3 optional=true/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form/>
            </div>
        </FormView>
    }
}
