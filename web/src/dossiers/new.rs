//! A new dossier.

use contract::{ClientGroupId, Dossier, NewDossier, Visibility};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::dossiers;
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::form::{ChoiceInput, Form, FormView, RadioInput, SaveButton, TextInput};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;

pub(super) fn back() -> AnyView {
    html! {
        <a class="back" href=Page::Dossiers.to_string()>
            <Icon shape=Shape::Back/>
            {t!(dossiers.title)}
        </a>
    }
}

#[component]
pub fn NewDossierPage() -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let form = Form::new("dossier:new");
    let myself = untrack(move || root.session.me()).map(|me| Choice::new(me.id, me.name));
    let name = form.field("name", String::new());
    let manager = form.field("managerId", myself);
    let client_group = form.field("clientGroupId", None::<Choice>);
    let visibility = form.field("visibility", String::new());
    let submit = move |()| {
        let new = NewDossier {
            name: name.now(),
            manager_id: manager.now().map(|choice| choice.employee_id()),
            client_group_id: client_group.now().map(|choice| ClientGroupId(choice.id)),
            visibility: visibility.now().parse().ok(),
        };
        form.submit(new, dossiers::create_dossier, move |dossier: Dossier| {
            root.toasts.done(t!(dossiers.created, number = dossier.number.as_str()));
            go.to(Page::Dossier(dossier.id));
        });
    };
    let visibilities = std::iter::once((String::new(), t!(dossiers.as_office).to_owned()))
        .chain(visibility_options())
        .collect::<Vec<_>>();
    html! {
        <div class="page page--narrow">
            <Heading text=t!(dossiers.new).to_owned() above=back/>
            <FormView form on_submit=submit class="form panel">
                <TextInput field=name label=t!(dossiers.name) required=true/>
                <ChoiceInput field=manager search=Search::Employees label=t!(dossiers.manager) hint=t!(dossiers.manager_hint) optional=true/>
                <ChoiceInput field=client_group search=Search::ClientGroups label=t!(dossiers.client_group) optional=true/>
                <RadioInput field=visibility label=t!(dossiers.visibility) options=visibilities/>
                <div class="buttons"><SaveButton form/></div>
            </FormView>
        </div>
    }
}

pub(super) fn visibility_options() -> impl Iterator<Item = (String, String)> {
    Visibility::ALL
        .iter()
        .map(|visibility| (visibility.to_string(), words::visibility(*visibility).to_owned()))
}
