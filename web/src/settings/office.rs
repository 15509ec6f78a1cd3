//! The office's own settings.

use contract::{Contact, Office, OfficeChange, Visibility};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::second_factor::RequirementPanel;
use crate::app::use_root;
use crate::client::{me, office};
use crate::i18n::{t, words};
use crate::ui::bits::Fact;
use crate::ui::form::{CheckBox, Field, Form, FormView, RadioInput, SaveButton, TextInput};
use crate::ui::html::html;
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn OfficePage() -> impl IntoView {
    let remote = Remote::new(office::find_office);
    html! {
        <div class="page page--narrow">
            <Heading text=t!(office.title).to_owned()/>
            <div class="stack">
                {remote.view(|office| html! { <OfficeForm office/> })}
                <RequirementPanel/>
            </div>
        </div>
    }
}

#[component]
fn OfficeForm(office: RwSignal<Office>) -> impl IntoView {
    let root = use_root();
    let start = office.get_untracked();
    let form = Form::new("office");
    let name = form.field("name", start.name);
    let email = form.field("email", start.email);
    let visibility = form.field("defaultVisibility", start.default_visibility.to_string());
    let only_administrators =
        form.field("onlyAdministratorsCreateDossiers", start.only_administrators_create_dossiers);
    let contact = ContactFields::new(form, start.contact);
    form.when_stale(move |current: Office| {
        name.rebase(current.name.clone());
        email.rebase(current.email.clone());
        visibility.rebase(current.default_visibility.to_string());
        only_administrators.rebase(current.only_administrators_create_dossiers);
        contact.rebase(current.contact.clone());
        office.set(current);
    });
    let save = move |()| {
        let change = OfficeChange {
            name: name.now(),
            email: email.now(),
            default_visibility: visibility.now().parse().unwrap_or(Visibility::Restricted),
            only_administrators_create_dossiers: only_administrators.now(),
            contact: contact.now(),
        };
        let version = office.with_untracked(|office| office.version);
        form.submit(
            change,
            |change| office::update_office(version, change),
            move |saved: Office| {
                name.saved(saved.name.clone());
                email.saved(saved.email.clone());
                visibility.saved(saved.default_visibility.to_string());
                only_administrators.saved(saved.only_administrators_create_dossiers);
                contact.saved(saved.contact.clone());
                office.set(saved);
                root.toasts.done(t!(office.saved));
                // The top bar shows the name, and the settings decide what one may.
                spawn_local(async move {
                    if let Ok(me) = root.api().send(me::find_me()).await {
                        root.session.update_me(me);
                    }
                });
            },
        );
    };
    let visibilities = Visibility::ALL
        .iter()
        .map(|visibility| (visibility.to_string(), words::visibility(*visibility).to_owned()))
        .collect::<Vec<_>>();
    html! {
        <FormView form on_submit=save class="form panel">
            <dl class="facts">
                <Fact term=t!(office.code)>{start.code.clone()}</Fact>
            </dl>
            <TextInput field=name label=t!(office.name) required=true/>
            <TextInput field=email kind="email" label=t!(office.email) hint=t!(office.email_hint) required=true/>
            <RadioInput field=visibility label=t!(office.visibility) options=visibilities/>
            <CheckBox field=only_administrators label=t!(office.only_administrators)/>
            <fieldset class="sub-form">
                <legend>{t!(office.contact)}</legend>
                <p class="faint">{t!(office.contact_text)}</p>
                <TextInput field=contact.name label=t!(office.contact_name) hint=t!(office.contact_name_hint) optional=true/>
                <TextInput field=contact.phone kind="tel" label=t!(office.contact_phone) optional=true/>
                <TextInput field=contact.email kind="email" label=t!(office.contact_email) hint=t!(office.contact_email_hint) optional=true/>
            </fieldset>
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}

/// Whom people ask who cannot sign in (S6).
#[derive(Clone, Copy)]
struct ContactFields {
    name: Field<String>,
    phone: Field<String>,
    email: Field<String>,
}

impl ContactFields {
    fn new(form: Form, contact: Contact) -> Self {
        Self {
            name: form.field("contact.name", contact.name),
            phone: form.field("contact.phone", contact.phone),
            email: form.field("contact.email", contact.email),
        }
    }

    fn now(self) -> Contact {
        Contact { name: self.name.now(), phone: self.phone.now(), email: self.email.now() }
    }

    fn rebase(self, contact: Contact) {
        self.name.rebase(contact.name);
        self.phone.rebase(contact.phone);
        self.email.rebase(contact.email);
    }

    fn saved(self, contact: Contact) {
        self.name.saved(contact.name);
        self.phone.saved(contact.phone);
        self.email.saved(contact.email);
    }
}
