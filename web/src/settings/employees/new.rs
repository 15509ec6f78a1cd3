//! Someone new.

use contract::{Employee, NewEmployee};
use leptos::prelude::*;

use super::form::EmployeeFields;
use super::page::back;
use crate::app::use_root;
use crate::client::employees;
use crate::i18n::t;
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::html::html;
use crate::ui::page::Heading;

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
