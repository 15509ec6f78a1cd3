//! One employee: the form for who administers, facts for colleagues, the account for who manages accounts.

use contract::{Employee, EmployeeChange, EmployeeId, HandOverPlan, NewEmployee};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::account::AccountPanel;
use super::form::EmployeeFields;
use super::list::StateBadge;
use crate::app::use_root;
use crate::client::employees;
use crate::hand_over::HandOverDialog;
use crate::i18n::t;
use crate::shell::{NotFound, use_id};
use crate::ui::bits::Fact;
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

fn back() -> AnyView {
    view! {
        <a class="back" href="/instellingen/medewerkers">
            <Icon shape=Shape::Back/>
            {t!(employees.title)}
        </a>
    }
    .into_any()
}

#[component]
pub fn NewEmployeePage() -> impl IntoView {
    let root = use_root();
    let navigate = use_navigate();
    let form = Form::new("employee:new");
    let username = form.field("username", String::new());
    let fields = EmployeeFields::new(form, None);
    let submit = move |()| {
        let new = NewEmployee {
            username: username.now(),
            name: fields.name(),
            email: fields.email(),
            roles: fields.roles(),
            group_ids: fields.group_ids(),
            language: fields.language(),
        };
        let navigate = navigate.clone();
        form.submit(new, employees::create_employee, move |employee: Employee| {
            root.toasts.done(t!(employees.created, name = employee.name.as_str()));
            navigate("/instellingen/medewerkers", NavigateOptions::default());
        });
    };
    view! {
        <div class="page page--narrow">
            <Heading text=t!(employees.new).to_owned() above=back/>
            <FormView form on_submit=submit class="form panel">
                <TextInput field=username label=t!(employees.username) hint=t!(employees.username_hint) required=true/>
                {fields.view()}
                <p class="faint">{t!(employees.invitation)}</p>
                <div class="buttons"><SaveButton form/></div>
            </FormView>
        </div>
    }
    .into_any()
}

#[component]
pub fn EmployeePage() -> impl IntoView {
    let id = use_id::<EmployeeId>();
    move || match id.get() {
        Some(id) => {
            let remote = Remote::new(move || employees::find_employee(id));
            view! {
                <div class="page">
                    {remote.view(|employee| view! { <EmployeeDetail employee/> })}
                </div>
            }
            .into_any()
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn EmployeeDetail(employee: RwSignal<Employee>) -> impl IntoView {
    let session = use_root().session;
    let me = untrack(move || session.me());
    let administers = me.as_ref().is_some_and(|me| me.may.administer);
    let manages = me.is_some_and(|me| me.may.administer || me.may.manage_accounts);
    let name = Signal::derive(move || employee.with(|employee| employee.name.clone()));
    view! {
        <Heading text=name above=back>
            {move || view! { <StateBadge state=employee.with(|employee| employee.state)/> }}
        </Heading>
        <div class="with-aside">
            <div>
                {if administers {
                    view! { <EmployeeForm employee/> }.into_any()
                } else {
                    view! { <EmployeeFacts employee/> }.into_any()
                }}
            </div>
            {manages.then(|| view! { <AccountPanel employee/> })}
        </div>
    }
    .into_any()
}

#[component]
fn EmployeeFacts(employee: RwSignal<Employee>) -> impl IntoView {
    let groups = move || {
        employee.with(|employee| {
            employee
                .groups
                .iter()
                .map(|group| {
                    let address = format!("/instellingen/medewerkersgroepen/{}", group.id);
                    view! { <li><a href=address>{group.name.clone()}</a></li> }
                })
                .collect_view()
        })
    };
    view! {
        <dl class="facts panel">
            <Fact term=t!(employees.username)>{move || employee.with(|employee| employee.username.clone())}</Fact>
            <Fact term=t!(employees.groups_field)><ul class="plain">{groups}</ul></Fact>
        </dl>
    }
    .into_any()
}

#[component]
fn EmployeeForm(employee: RwSignal<Employee>) -> impl IntoView {
    let root = use_root();
    let start = employee.get_untracked();
    let id = start.id;
    let form = Form::new(format!("employee:{id}"));
    let fields = EmployeeFields::new(form, Some(&start));
    form.when_stale(move |current: Employee| {
        fields.rebase(&current);
        employee.set(current);
    });
    let save = move |hand_over: HandOverPlan| {
        let change = EmployeeChange {
            name: fields.name(),
            email: fields.email(),
            roles: fields.roles(),
            group_ids: fields.group_ids(),
            language: fields.language(),
            hand_over,
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
    view! {
        <FormView form on_submit=move |()| save(HandOverPlan::default()) class="form panel" label=t!(employees.edit)>
            {fields.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
        <HandOverDialog form on_plan=save/>
    }
    .into_any()
}
