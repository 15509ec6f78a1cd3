//! The rules of a dossier to read: of one that is archived.

use contract::AccessRules;
use leptos::prelude::*;

use super::rules_value::{Subject, rules_of};
use crate::i18n::{t, words};
use crate::ui::bits::{Column, Table};
use crate::ui::choice::Choice;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// The rules to read.
pub fn as_they_are(rules: RwSignal<AccessRules>) -> AnyView {
    live(move || {
        let rules = rules_of(rules.get().rules);
        if rules.is_empty() {
            return html! { <p class="faint">{t!(rules.none)}</p> };
        }
        let rows = rules
            .into_iter()
            .map(|rule| {
                html! {
                    <tr>
                        <th scope="row">{who(rule.subject, &rule.choice)}</th>
                        <td>{words::effect(rule.effect)}</td>
                    </tr>
                }
            })
            .collect_view();
        html! {
            <Table label=t!(rules.title) head=vec![Column::new(t!(rules.who)), Column::new(t!(rules.access))]>
                {rows}
            </Table>
        }
    })
}

/// Whom a rule is about.
pub fn who(subject: Subject, choice: &Choice) -> AnyView {
    let (shape, kind) = match subject {
        Subject::Group => (Shape::Group, t!(rules.group)),
        Subject::Employee => (Shape::Person, t!(rules.employee)),
    };
    html! {
        <span class="with-icon">
            <Icon shape/>
            <span>{choice.name.clone()} " " <span class="faint">{kind}</span></span>
        </span>
    }
}
