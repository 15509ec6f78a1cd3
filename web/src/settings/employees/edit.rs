//! Who an employee is: the form for who administers, facts for colleagues.

use contract::{Employee, EmployeeChange, HandOverPlan};
use leptos::prelude::*;

use super::form::EmployeeFields;
use crate::app::use_root;
use crate::client::employees;
use crate::consequences::Consequences;
use crate::hand_over::HandOverDialog;
use crate::i18n::t;
use crate::pages::{Chosen, Page};
use crate::ui::bits::Fact;
use crate::ui::form::{Form, FormView, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

#[component]
pub fn EmployeeFacts(employee: RwSignal<Employee>) -> impl IntoView {
    let groups = live(move || {
        employee.with(|employee| {
            employee
                .groups
                .iter()
                .map(|group| {
                    let address = Page::Groups(Chosen::One(group.id)).to_string();
                    html! { <li><a href=address>{group.name.clone()}</a></li> }
                })
                .collect_view()
        })
    });
    html! {
        <dl class="facts panel">
            <Fact term=t!(employees.username)>{move || employee.with(|employee| employee.username.clone())}</Fact>
            <Fact term=t!(employees.groups_field)><ul class="plain">{groups}</ul></Fact>
        </dl>
    }
}

#[component]
pub fn EmployeeForm(employee: RwSignal<Employee>) -> impl IntoView {
    let root = use_root();
    let start = employee.get_untracked();
    let id = start.id;
    let form = Form::new(format!("employee:{id}"));
    let fields = EmployeeFields::new(form, Some(&start));
    form.when_stale(move |current: Employee| {
        fields.rebase(&current);
        employee.set(current);
    });
    // What the account panel did brings along what a colleague saved meanwhile: its version is saved with what it holds.
    watch(move || employee.with(|employee| fields.rebase(employee)));
    let consequences = Consequences::new(
        form,
        move || fields.moves(),
        move |of| {
            // As it is, but for the groups: nothing else of an employee decides what they see.
            let employee = employee.get();
            let account = employee.account;
            let change = EmployeeChange {
                name: employee.name,
                email: account.as_ref().map(|account| account.email.clone()).unwrap_or_default(),
                roles: account.as_ref().map(|account| account.roles.clone()).unwrap_or_default(),
                group_ids: fields.following_group_ids(),
                language: account.map(|account| account.language).unwrap_or_default(),
                hand_over: HandOverPlan::default(),
                preview: None,
            };
            employees::preview_employee(id, employee.version, of, &change)
        },
    );
    let save = move |hand_over: HandOverPlan| {
        let preview = consequences.digest();
        let change = EmployeeChange {
            name: fields.name(),
            email: fields.email(),
            roles: fields.roles(),
            group_ids: fields.group_ids(),
            language: fields.language(),
            hand_over,
            preview,
        };
        let version = employee.with_untracked(|employee| employee.version);
        form.submit(
            change,
            |change| employees::update_employee(id, version, change),
            move |saved: Employee| {
                fields.saved(&saved);
                root.toasts.done(t!(employees.saved, name = saved.name.as_str()));
                employee.set(saved);
            },
        );
    };
    html! {
        <FormView form on_submit=move |()| save(HandOverPlan::default()) class="form panel" label=t!(employees.edit)>
            {fields.view()}
            {consequences.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
        <HandOverDialog form on_plan=save/>
    }
}
