//! Where a task goes: to a colleague or to a team's tray, exactly one of the two (T1, T2).

use contract::{EmployeeId, GroupId};
use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::form::{ChoiceInput, Field, Form, RadioInput};
use crate::ui::html::{html, live};

const TRAY: &str = "tray";
const COLLEAGUE: &str = "colleague";

#[derive(Clone, Copy)]
pub struct Destination {
    kind: Field<String>,
    // Under the names the server uses, so that its errors find them.
    group: Field<Option<Choice>>,
    employee: Field<Option<Choice>>,
}

impl Destination {
    pub fn new(form: Form) -> Self {
        Self {
            kind: form.field("destination", TRAY.to_owned()),
            group: form.field("groupId", None),
            employee: form.field("employeeId", None),
        }
    }

    fn is_tray(self) -> bool {
        self.kind.now() == TRAY
    }

    pub fn group_id(self) -> Option<GroupId> {
        self.group.now().filter(|_| self.is_tray()).map(|choice| GroupId(choice.id))
    }

    pub fn employee_id(self) -> Option<EmployeeId> {
        self.employee.now().filter(|_| !self.is_tray()).map(|choice| choice.employee_id())
    }

    /// Whether one was chosen; says so where not.
    pub fn is_chosen(self) -> bool {
        let chosen = self.group_id().is_some() || self.employee_id().is_some();
        if !chosen {
            let missing = if self.is_tray() { self.group } else { self.employee };
            missing.form().require([missing.name()]);
        }
        chosen
    }

    pub fn view(self) -> AnyView {
        let kinds = vec![
            (TRAY.to_owned(), t!(tasks.to_tray).to_owned()),
            (COLLEAGUE.to_owned(), t!(tasks.to_colleague).to_owned()),
        ];
        let which = live(move || {
            if self.kind.get() == TRAY {
                html! { <ChoiceInput field=self.group search=Search::Groups label=t!(tasks.tray)/> }
            } else {
                html! { <ChoiceInput field=self.employee search=Search::Employees label=t!(tasks.colleague)/> }
            }
        });
        html! {
            <RadioInput field=self.kind label=t!(tasks.to_whom) options=kinds/>
            {which}
        }
    }
}
