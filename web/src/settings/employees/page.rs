//! One employee: the form for who administers, facts for colleagues, the account for who manages accounts.

use contract::{Employee, EmployeeChange, EmployeeId, HandOverPlan, NewEmployee};
use leptos::prelude::*;

use super::account::AccountPanel;
use super::form::EmployeeFields;
use super::list::StateBadge;
use crate::app::use_root;
use crate::client::employees;
use crate::consequences::Consequences;
use crate::hand_over::HandOverDialog;
use crate::i18n::t;
use crate::pages::{Chosen, Page};
use crate::shell::use_go;
use crate::ui::bits::Fact;
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

fn back() -> AnyView {
    html! {
        <a class="back" href=Page::Employees.to_string()>
            <Icon shape=Shape::Back/>
            {t!(employees.title)}
        </a>
    }
}

#[component]
pub fn NewEmployeePage() -> impl IntoView {
    let root = use_root();
    let go = use_go();
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
        form.submit(new, employees::create_employee, move |employee: Employee| {
            root.toasts.done(t!(employees.created, name = employee.name.as_str()));
            go.to(Page::Employees);
        });
    };
    html! {
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
}

#[component]
pub fn EmployeePage(id: EmployeeId) -> impl IntoView {
    let remote = Remote::new(move || employees::find_employee(id));
    let content = remote.page(move |employee| html! { <EmployeeDetail employee/> });
    html! { <div class="page">{content}</div> }
}

#[component]
fn EmployeeDetail(employee: RwSignal<Employee>) -> impl IntoView {
    let session = use_root().session;
    let me = untrack(move || session.me());
    let administers = me.as_ref().is_some_and(|me| me.may.administer);
    let manages = me.is_some_and(|me| me.may.administer || me.may.manage_accounts);
    let name = Signal::derive(move || employee.with(|employee| employee.name.clone()));
    html! {
        <Heading text=name above=back>
            {move || html! { <StateBadge state=employee.with(|employee| employee.state)/> }}
        </Heading>
        <div class="with-aside">
            <div>
                {if administers {
                    html! { <EmployeeForm employee/> }
                } else {
                    html! { <EmployeeFacts employee/> }
                }}
            </div>
            {manages.then(|| html! { <AccountPanel employee/> })}
        </div>
    }
}

#[component]
fn EmployeeFacts(employee: RwSignal<Employee>) -> impl IntoView {
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
