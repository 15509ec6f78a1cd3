//! Who may open cases of a type, and see the closed steps of all of them (C2, C6).

use contract::{Authorisations, AuthorisationsChange, CaseTypeId, GroupId};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::case_types;
use crate::i18n::t;
use crate::ui::choice::{Choice, choices};
use crate::ui::combobox::Search;
use crate::ui::form::{ChoicesInput, Form, FormView, SaveButton};
use crate::ui::html::html;
use crate::ui::remote::Remote;

#[component]
pub fn AuthorisationsPanel(id: CaseTypeId) -> impl IntoView {
    let remote = Remote::new(move || case_types::find_authorisations(id));
    html! {
        <section class="panel" aria-labelledby="authorisations-heading">
            <h2 id="authorisations-heading">{t!(case_types.authorisations)}</h2>
            <p class="faint">{t!(case_types.authorisations_text)}</p>
            {remote.view(move |authorisations| html! { <AuthorisationsForm id authorisations/> })}
        </section>
    }
}

#[component]
fn AuthorisationsForm(id: CaseTypeId, authorisations: RwSignal<Authorisations>) -> impl IntoView {
    let root = use_root();
    let start = authorisations.get_untracked();
    let form = Form::new(format!("authorisations:{id}"));
    let groups = form.field("groupIds", choices(start.groups));
    let employees = form.field("employeeIds", choices(start.employees));
    form.when_stale(move |current: Authorisations| {
        groups.rebase(choices(current.groups.clone()));
        employees.rebase(choices(current.employees.clone()));
        authorisations.set(current);
    });
    let save = move |()| {
        let change = AuthorisationsChange {
            group_ids: groups.now().iter().map(|choice| GroupId(choice.id)).collect(),
            employee_ids: employees.now().iter().map(Choice::employee_id).collect(),
        };
        let version = authorisations.with_untracked(|authorisations| authorisations.version);
        form.submit(
            change,
            |change| case_types::update_authorisations(id, version, change),
            move |saved: Authorisations| {
                groups.saved(choices(saved.groups.clone()));
                employees.saved(choices(saved.employees.clone()));
                authorisations.set(saved);
                root.toasts.done(t!(case_types.authorisations_saved));
            },
        );
    };
    html! {
        <FormView form on_submit=save class="form">
            <ChoicesInput field=groups search=Search::Groups label=t!(case_types.groups) optional=true/>
            <ChoicesInput field=employees search=Search::Employees label=t!(case_types.employees) optional=true/>
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}
