//! What a group consists of: to fill in, and to read.

use contract::validation::FieldCode;
use contract::{EmployeeId, FieldError, Group};
use leptos::prelude::*;

use crate::i18n::{t, tn};
use crate::ui::bits::{Fact, Prose};
use crate::ui::choice::{Choice, choices};
use crate::ui::combobox::Search;
use crate::ui::form::{ChoicesInput, Field, Form, NumberInput, TextArea, TextInput};
use crate::ui::html::html;

/// The fields of a group (G1, G4).
#[derive(Clone, Copy)]
pub struct GroupFields {
    form: Form,
    pub name: Field<String>,
    members: Field<Vec<Choice>>,
    pub work_agreements: Field<String>,
    reminder: Field<String>,
}

impl GroupFields {
    pub fn new(form: Form, group: Option<&Group>) -> Self {
        let text = |read: fn(&Group) -> String| group.map(read).unwrap_or_default();
        Self {
            form,
            name: form.field("name", text(|group| group.name.clone())),
            members: form.field("memberIds", group.map(members_of).unwrap_or_default()),
            work_agreements: form.field("workAgreements", text(|group| group.work_agreements.clone())),
            reminder: form.field("reminderHours", text(hours_of)),
        }
    }

    pub fn rebase(self, current: &Group) {
        self.name.rebase(current.name.clone());
        self.members.rebase(members_of(current));
        self.work_agreements.rebase(current.work_agreements.clone());
        self.reminder.rebase(hours_of(current));
    }

    pub fn saved(self, saved: &Group) {
        self.name.saved(saved.name.clone());
        self.members.saved(members_of(saved));
        self.work_agreements.saved(saved.work_agreements.clone());
        self.reminder.saved(hours_of(saved));
    }

    pub fn member_ids(self) -> Vec<EmployeeId> {
        self.members.now().iter().map(Choice::employee_id).collect()
    }

    /// Whether people were put in or taken out.
    pub fn moves_members(self) -> bool {
        self.members.is_dirty()
    }

    /// Everyone chosen; follows changes.
    pub fn following_member_ids(self) -> Vec<EmployeeId> {
        self.members.get().iter().map(Choice::employee_id).collect()
    }

    /// The hours, if any; says so and gives nothing when it is no number.
    pub fn reminder_hours(self) -> Option<Option<u32>> {
        let typed = self.reminder.now();
        let typed = typed.trim();
        if typed.is_empty() {
            return Some(None);
        }
        let hours = typed.parse().ok();
        if hours.is_none() {
            let detail = t!(groups.reminder_malformed).to_owned();
            self.form.refuse(vec![FieldError {
                field: self.reminder.name(),
                code: FieldCode::Malformed,
                detail,
            }]);
        }
        hours.map(Some)
    }

    pub fn view(self) -> AnyView {
        html! {
            <TextInput field=self.name label=t!(groups.name) required=true/>
            <ChoicesInput field=self.members search=Search::Employees label=t!(groups.members) optional=true/>
            <TextArea field=self.work_agreements label=t!(groups.work_agreements) hint=t!(groups.work_agreements_hint) rows=6 optional=true/>
            <NumberInput field=self.reminder label=t!(groups.reminder) unit=t!(groups.hours) hint=t!(groups.reminder_hint) optional=true/>
        }
    }
}

fn members_of(group: &Group) -> Vec<Choice> {
    choices(group.members.clone())
}

fn hours_of(group: &Group) -> String {
    group.reminder_hours.map(|hours| hours.to_string()).unwrap_or_default()
}

/// A group for who may not change it.
#[component]
pub fn GroupFacts(group: Group) -> impl IntoView {
    let members = group.members.iter().map(|member| html! { <li>{member.name.clone()}</li> }).collect_view();
    let agreements = if group.work_agreements.is_empty() {
        html! { <p class="faint">{t!(groups.no_agreements)}</p> }
    } else {
        html! { <Prose text=group.work_agreements/> }
    };
    html! {
        <dl class="facts facts--wide">
            <Fact term=t!(groups.members)>
                {if group.members.is_empty() {
                    html! { <p class="faint">{t!(groups.no_members)}</p> }
                } else {
                    html! { <ul class="plain">{members}</ul> }
                }}
            </Fact>
            <Fact term=t!(groups.work_agreements)>{agreements}</Fact>
            <Fact term=t!(groups.reminder)>
                {group.reminder_hours.map_or_else(
                    || t!(groups.no_reminder).to_owned(),
                    |hours| tn!(hours, groups.after_one_hour, groups.after_hours),
                )}
            </Fact>
        </dl>
    }
}
