//! The form of one client group, beside the column of client groups.

use contract::{ClientGroup, ClientGroupChange, ClientGroupId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::app::{Root, use_root};
use crate::client::client_groups;
use crate::i18n::t;
use crate::settings::columns::Changed;
use crate::shell::{NotFound, use_id};
use crate::ui::form::{Field, Form, FormView, SaveButton, TextInput};
use crate::ui::page::DetailHeading;
use crate::ui::remote::Remote;

#[derive(Clone, Copy)]
struct Fields {
    name: Field<String>,
    email: Field<String>,
}

impl Fields {
    fn new(form: Form, name: String, email: String) -> Self {
        Self { name: form.field("name", name), email: form.field("email", email) }
    }

    fn change(self) -> ClientGroupChange {
        ClientGroupChange { name: self.name.now(), email: self.email.now() }
    }

    fn view(self) -> AnyView {
        view! {
            <TextInput field=self.name label=t!(client_groups.name) required=true/>
            <TextInput field=self.email kind="email" label=t!(client_groups.email) hint=t!(client_groups.email_hint) required=true/>
        }
        .into_any()
    }
}

fn announce(root: Root, group: &ClientGroup) {
    root.toasts.done(t!(client_groups.saved, name = group.name.as_str()));
    for warning in &group.warnings {
        root.toasts.warn(warning.detail.clone());
    }
}

#[component]
pub fn NewClientGroupPage() -> impl IntoView {
    let root = use_root();
    let changed = Changed::from_context();
    let navigate = use_navigate();
    let form = Form::new("client-group:new");
    let fields = Fields::new(form, String::new(), String::new());
    let submit = move |()| {
        let navigate = navigate.clone();
        form.submit(fields.change(), client_groups::create_client_group, move |group: ClientGroup| {
            announce(root, &group);
            if let Some(changed) = changed {
                changed.note();
            }
            navigate(&format!("/instellingen/klantengroepen/{}", group.id), NavigateOptions::default());
        });
    };
    view! {
        <DetailHeading text=t!(client_groups.new).to_owned()/>
        <FormView form on_submit=submit class="form">
            {fields.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
    .into_any()
}

#[component]
pub fn ClientGroupPage() -> impl IntoView {
    let id = use_id::<ClientGroupId>();
    move || match id.get() {
        Some(id) => {
            let remote = Remote::new(move || client_groups::find_client_group(id));
            remote.view(|group| view! { <ClientGroupForm group/> })
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn ClientGroupForm(group: RwSignal<ClientGroup>) -> impl IntoView {
    let root = use_root();
    let changed = Changed::from_context();
    let start = group.get_untracked();
    let id = start.id;
    let form = Form::new(format!("client-group:{id}"));
    let fields = Fields::new(form, start.name, start.email);
    form.when_stale(move |current: ClientGroup| {
        fields.name.rebase(current.name.clone());
        fields.email.rebase(current.email.clone());
        group.set(current);
    });
    let save = move |()| {
        let version = group.with_untracked(|group| group.version);
        form.submit(
            fields.change(),
            |change| client_groups::update_client_group(id, version, change),
            move |saved: ClientGroup| {
                fields.name.saved(saved.name.clone());
                fields.email.saved(saved.email.clone());
                announce(root, &saved);
                group.set(saved);
                if let Some(changed) = changed {
                    changed.note();
                }
            },
        );
    };
    let name = move || group.with(|group| group.name.clone());
    view! {
        <DetailHeading text=Signal::derive(name)/>
        <FormView form on_submit=save class="form">
            {fields.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
    .into_any()
}
