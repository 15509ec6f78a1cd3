//! What an employee consists of, to fill in.

use contract::{Employee, GroupId, Language, Role};
use leptos::prelude::*;

use crate::i18n::{t, words};
use crate::ui::choice::{Choice, choices};
use crate::ui::combobox::Search;
use crate::ui::form::{CheckBox, ChoicesInput, Field, Form, SelectInput, TextInput};
use crate::ui::html::html;

/// The fields that a new and a known employee share.
#[derive(Clone, Copy)]
pub struct EmployeeFields {
    name: Field<String>,
    email: Field<String>,
    groups: Field<Vec<Choice>>,
    roles: StoredValue<Vec<(Role, Field<bool>)>>,
    language: Field<String>,
}

impl EmployeeFields {
    pub fn new(form: Form, employee: Option<&Employee>) -> Self {
        let account = employee.and_then(|employee| employee.account.as_ref());
        let roles = Role::ALL
            .iter()
            .map(|role| {
                let has = account.is_some_and(|account| account.roles.contains(role));
                (*role, form.field(format!("role.{role}"), has))
            })
            .collect();
        Self {
            name: form.field("name", employee.map(|employee| employee.name.clone()).unwrap_or_default()),
            email: form.field("email", account.map(|account| account.email.clone()).unwrap_or_default()),
            groups: form.field("groupIds", employee.map(groups_of).unwrap_or_default()),
            roles: StoredValue::new(roles),
            language: form
                .field("language", account.map(|account| account.language).unwrap_or_default().to_string()),
        }
    }

    pub fn rebase(self, current: &Employee) {
        self.name.rebase(current.name.clone());
        self.groups.rebase(groups_of(current));
        if let Some(account) = &current.account {
            self.email.rebase(account.email.clone());
            self.language.rebase(account.language.to_string());
            self.each_role(|role, field| field.rebase(account.roles.contains(&role)));
        }
    }

    pub fn saved(self, saved: &Employee) {
        self.name.saved(saved.name.clone());
        self.groups.saved(groups_of(saved));
        if let Some(account) = &saved.account {
            self.email.saved(account.email.clone());
            self.language.saved(account.language.to_string());
            self.each_role(|role, field| field.saved(account.roles.contains(&role)));
        }
    }

    fn each_role(self, mut act: impl FnMut(Role, Field<bool>)) {
        self.roles.with_value(|roles| roles.iter().for_each(|(role, field)| act(*role, *field)));
    }

    pub fn name(self) -> String {
        self.name.now()
    }

    pub fn email(self) -> String {
        self.email.now()
    }

    pub fn roles(self) -> Vec<Role> {
        let mut chosen = Vec::new();
        self.each_role(|role, field| {
            if field.now() {
                chosen.push(role);
            }
        });
        chosen
    }

    pub fn group_ids(self) -> Vec<GroupId> {
        self.groups.now().iter().map(|choice| GroupId(choice.id)).collect()
    }

    /// Whether they were put in or taken out of a group.
    pub fn moves(self) -> bool {
        self.groups.is_dirty()
    }

    /// Their groups; follows changes.
    pub fn following_group_ids(self) -> Vec<GroupId> {
        self.groups.get().iter().map(|choice| GroupId(choice.id)).collect()
    }

    pub fn language(self) -> Language {
        self.language.now().parse().unwrap_or_default()
    }

    pub fn view(self) -> AnyView {
        let roles = self.roles.with_value(|roles| {
            roles
                .iter()
                .map(|(role, field)| {
                    html! { <CheckBox field=*field label=words::role(*role) hint=words::role_explained(*role)/> }
                })
                .collect_view()
        });
        let languages = Language::ALL
            .iter()
            .map(|language| (language.to_string(), words::language(*language).to_owned()))
            .collect::<Vec<_>>();
        html! {
            <TextInput field=self.name label=t!(employees.name) required=true/>
            <TextInput field=self.email kind="email" label=t!(employees.email) required=true/>
            <ChoicesInput field=self.groups search=Search::Groups label=t!(employees.groups_field) optional=true/>
            <fieldset class="field">
                <legend class="field__label">{t!(employees.roles)}</legend>
                {roles}
            </fieldset>
            <SelectInput field=self.language label=t!(employees.language) options=languages/>
        }
    }
}

fn groups_of(employee: &Employee) -> Vec<Choice> {
    choices(employee.groups.clone())
}
