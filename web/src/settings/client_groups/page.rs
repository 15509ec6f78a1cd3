//! The form of one client group, beside the column of client groups.

use contract::{ClientGroup, ClientGroupChange, ClientGroupId};
use leptos::prelude::*;

use super::deletion::DeleteClientGroup;
use crate::app::{Root, use_root};
use crate::client::client_groups;
use crate::i18n::t;
use crate::pages::{Chosen, Page};
use crate::settings::columns::Changed;
use crate::shell::use_go;
use crate::ui::bits::Fact;
use crate::ui::form::{Field, Form, FormView, SaveButton, TextInput};
use crate::ui::html::html;
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
        html! {
            <TextInput field=self.name label=t!(client_groups.name) required=true/>
            <TextInput field=self.email kind="email" label=t!(client_groups.email) hint=t!(client_groups.email_hint) required=true/>
        }
    }
}

fn announce(root: Root, group: &ClientGroup) {
    root.toasts.done(t!(client_groups.saved, name = group.name.as_str()));
    for warning in &group.warnings {
        root.toasts.warn(warning.detail.clone());
    }
}

#[component]
pub fn NewClientGroupForm() -> impl IntoView {
    let root = use_root();
    let changed = Changed::from_context();
    let go = use_go();
    let form = Form::new("client-group:new");
    let fields = Fields::new(form, String::new(), String::new());
    let submit = move |()| {
        form.submit(fields.change(), client_groups::create_client_group, move |group: ClientGroup| {
            announce(root, &group);
            if let Some(changed) = changed {
                changed.note_new();
            }
            go.to(Page::ClientGroups(Chosen::One(group.id)));
        });
    };
    html! {
        <DetailHeading text=t!(client_groups.new).to_owned()/>
        <FormView form on_submit=submit class="form">
            {fields.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}

#[component]
pub fn ClientGroupForm(id: ClientGroupId) -> impl IntoView {
    let remote = Remote::new(move || client_groups::find_client_group(id));
    remote.detail(|group| html! { <ClientGroupDetail group/> })
}

#[component]
fn ClientGroupDetail(group: RwSignal<ClientGroup>) -> impl IntoView {
    let session = use_root().session;
    let administers = untrack(move || session.me()).is_some_and(|me| me.may.administer);
    let name = move || group.with(|group| group.name.clone());
    html! {
        <DetailHeading text=Signal::derive(name)/>
        {if administers {
            html! { <KnownClientGroup group/> }
        } else {
            html! {
                <dl class="facts">
                    <Fact term=t!(client_groups.email)>{move || group.with(|group| group.email.clone())}</Fact>
                </dl>
            }
        }}
        <DeleteClientGroup group/>
    }
}

#[component]
fn KnownClientGroup(group: RwSignal<ClientGroup>) -> impl IntoView {
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
    html! {
        <FormView form on_submit=save class="form">
            {fields.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}
