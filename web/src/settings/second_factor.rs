//! Of whom the office requires a second factor.

use contract::{Role, SecondFactorRequirement, SecondFactorRequirementChange};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::second_factor;
use crate::i18n::{t, tn, words};
use crate::ui::form::{CheckBox, Field, Form, FormView, SaveButton};
use crate::ui::html::html;
use crate::ui::remote::Remote;

#[component]
pub fn RequirementPanel() -> impl IntoView {
    let remote = Remote::new(second_factor::find_requirement);
    html! {
        <section class="form panel" aria-labelledby="second-factor-heading">
            <h2 id="second-factor-heading">{t!(second_factor.title)}</h2>
            {remote.view(|requirement| html! { <RequirementForm requirement/> })}
        </section>
    }
}

fn without(count: u32) -> String {
    match count {
        0 => t!(second_factor.all_have).to_owned(),
        count => tn!(count, second_factor.one_without, second_factor.without),
    }
}

#[component]
fn RequirementForm(requirement: RwSignal<SecondFactorRequirement>) -> impl IntoView {
    let root = use_root();
    let start = requirement.get_untracked();
    let form = Form::new("second-factor-requirement");
    let everyone = form.field("everyone", start.everyone);
    let roles: Vec<(Role, Field<bool>)> = Role::ALL
        .iter()
        .map(|role| (*role, form.field(format!("roles.{role}"), start.roles.contains(role))))
        .collect();
    let boxes = start
        .without
        .iter()
        .filter_map(|one| Some((one, roles.iter().find(|(role, _)| *role == one.role)?.1)))
        .map(|(one, field)| {
            html! { <li><CheckBox field label=words::role(one.role) hint=without(one.count)/></li> }
        })
        .collect_view();
    let roles = StoredValue::new(roles);
    let each = move |now: &SecondFactorRequirement, act: fn(Field<bool>, bool)| {
        act(everyone, now.everyone);
        roles
            .with_value(|roles| roles.iter().for_each(|(role, field)| act(*field, now.roles.contains(role))));
    };
    form.when_stale(move |current: SecondFactorRequirement| {
        each(&current, Field::rebase);
        requirement.set(current);
    });
    let save = move |()| {
        let change = SecondFactorRequirementChange {
            everyone: everyone.now(),
            roles: roles.with_value(|roles| {
                roles.iter().filter(|(_, field)| field.now()).map(|(role, _)| *role).collect()
            }),
        };
        let version = requirement.with_untracked(|requirement| requirement.version);
        form.submit(
            change,
            |change| second_factor::update_requirement(version, change),
            move |saved: SecondFactorRequirement| {
                each(&saved, Field::saved);
                requirement.set(saved);
                root.toasts.done(t!(second_factor.requirement_saved));
            },
        );
    };
    html! {
        <FormView form on_submit=save class="form form--wide">
            <p>{t!(second_factor.requirement_text)}</p>
            <CheckBox field=everyone label=t!(second_factor.everyone) hint=without(start.everyone_without)/>
            <div role="group" aria-labelledby="required-roles">
                <p id="required-roles" class="field__label">{t!(second_factor.by_role)}</p>
                <ul class="tray-mails">{boxes}</ul>
            </div>
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}
