//! Who has access and who has not: the rules of a dossier (D2, D4).

use contract::{AccessRules, AccessRulesChange, DossierId, Effect, HandOverPlan};
use leptos::prelude::*;

use super::rules_read::{as_they_are, who};
use super::rules_value::{Rule, Subject, rules_of};
use crate::app::use_root;
use crate::client::dossiers;
use crate::consequences::Consequences;
use crate::hand_over::HandOverDialog;
use crate::i18n::{t, words};
use crate::ui::bits::{Column, Table};
use crate::ui::button::IconButton;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::focus;
use crate::ui::form::{ChoiceInput, Field, Form, FormView, RadioInput, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::remote::Remote;
use crate::ui::rows::{Row, rows};

/// `active`: they can be changed.
#[component]
pub fn AccessRulesPanel(id: DossierId, active: bool, reload: Callback<()>) -> impl IntoView {
    let remote = Remote::new(move || dossiers::find_access_rules(id));
    let content = remote.view(move |rules| {
        if active {
            html! { <RulesForm id rules reload/> }
        } else {
            as_they_are(rules)
        }
    });
    html! {
        <section class="panel" aria-labelledby="rules-heading">
            <h2 id="rules-heading">{t!(rules.title)}</h2>
            <p class="faint">{t!(rules.text)}</p>
            {content}
        </section>
    }
}

#[component]
fn RulesForm(id: DossierId, rules: RwSignal<AccessRules>, reload: Callback<()>) -> impl IntoView {
    let root = use_root();
    let form = Form::new(format!("rules:{id}"));
    let field = form.field("rules", rules_of(rules.get_untracked().rules));
    form.when_stale(move |current: AccessRules| {
        field.rebase(rules_of(current.rules.clone()));
        rules.set(current);
    });
    let consequences = Consequences::new(
        form,
        move || field.is_dirty(),
        move |of| {
            let change = AccessRulesChange {
                rules: field.get().iter().map(Rule::to_new).collect(),
                hand_over: HandOverPlan::default(),
                preview: None,
            };
            dossiers::preview_access_rules(id, rules.with(|rules| rules.version), of, &change)
        },
    );
    let save = move |hand_over: HandOverPlan| {
        let preview = consequences.digest();
        let change =
            AccessRulesChange { rules: field.now().iter().map(Rule::to_new).collect(), hand_over, preview };
        let version = rules.with_untracked(|rules| rules.version);
        form.submit(
            change,
            |change| dossiers::update_access_rules(id, version, change),
            move |saved: AccessRules| {
                field.saved(rules_of(saved.rules.clone()));
                rules.set(saved);
                root.toasts.done(t!(rules.saved));
                // They may have changed what the reader may see.
                reload.run(());
            },
        );
    };
    let none = Memo::new(move |_| field.get().is_empty());
    // A row stays when its effect changes, and the keyboard in it.
    let entries = Signal::derive(move || {
        let entry = |rule: Rule| {
            Row::new(format!("{:?} {}", rule.subject, rule.choice.id), move || row(field, rule.clone()))
        };
        field.get().into_iter().map(entry).collect()
    });
    let table = live(move || {
        if none.get() {
            return html! { <p class="faint">{t!(rules.none)}</p> };
        }
        html! {
            <Table label=t!(rules.title) head=vec![
                Column::new(t!(rules.who)),
                Column::new(t!(rules.access)),
                Column::unseen(t!(rules.remove_column)),
            ]>
                {rows(entries)}
            </Table>
        }
    });
    let problems = live(move || {
        let errors = field.errors();
        (!errors.is_empty()).then(|| {
            html! {
                <p class="field__error" id=field.dom_id()>
                    <Icon shape=Shape::Warning/>
                    {errors.join(" ")}
                </p>
            }
        })
    });
    let unsaved =
        live(move || field.is_dirty().then(|| html! { <span class="faint">{t!(rules.unsaved)}</span> }));
    html! {
        <FormView form on_submit=move |()| save(HandOverPlan::default()) class="form form--wide">
            {table}
            {problems}
            <AddRule form field/>
            {consequences.view()}
            <div class="buttons"><SaveButton form/> {unsaved}</div>
        </FormView>
        <HandOverDialog form on_plan=save/>
    }
}

fn row(field: Field<Vec<Rule>>, rule: Rule) -> AnyView {
    let (subject, choice) = (rule.subject, rule.choice.clone());
    let effect = {
        let (choice, first) = (choice.clone(), rule.effect);
        Memo::new(move |_| {
            let rules = field.get();
            rules.iter().find(|rule| rule.is_about(subject, &choice)).map_or(first, |rule| rule.effect)
        })
    };
    let mark = live(move || {
        let shape = if effect.get() == Effect::Deny { Shape::Deny } else { Shape::Check };
        html! { <Icon shape/> }
    });
    let options = Effect::ALL
        .iter()
        .map(|&option| {
            let selected = move || effect.get() == option;
            html! { <option value=option.as_str() prop:selected=selected>{words::effect(option)}</option> }
        })
        .collect_view();
    let change = {
        let choice = choice.clone();
        move |event| {
            let Ok(effect) = event_target_value(&event).parse() else { return };
            field.update(|rules| {
                for rule in rules.iter_mut().filter(|rule| rule.is_about(subject, &choice)) {
                    rule.effect = effect;
                }
            });
        }
    };
    let id = focus::new_id("effect");
    html! {
        <tr>
            <th scope="row">{who(subject, &choice)}</th>
            <td>
                <label class="visually-hidden" for=id.clone()>{t!(rules.access_of, name = choice.name.as_str())}</label>
                <span class="effect" class:effect--deny=move || effect.get() == Effect::Deny>
                    {mark}
                    <select id=id class="input" on:change=change>{options}</select>
                </span>
            </td>
            <td class="cell-actions">
                <IconButton shape=Shape::Close label=t!(rules.remove, name = choice.name.as_str()) on_click=move |()| {
                    field.update(|rules| rules.retain(|rule| !rule.is_about(subject, &choice)));
                }/>
            </td>
        </tr>
    }
}

/// Fields for one more rule.
#[component]
fn AddRule(form: Form, field: Field<Vec<Rule>>) -> impl IntoView {
    let kind = form.passing_field("newRule.kind", "group".to_owned());
    let employee = form.passing_field("newRule.employee", None::<Choice>);
    let group = form.passing_field("newRule.group", None::<Choice>);
    let effect = form.passing_field("newRule.effect", Effect::Allow.to_string());
    let about_group = Memo::new(move |_| kind.get() == "group");
    let add = move |_| {
        let (subject, from) =
            if about_group.get_untracked() { (Subject::Group, group) } else { (Subject::Employee, employee) };
        let (Some(choice), Ok(effect)) = (from.now(), effect.now().parse()) else {
            return focus::to_id(&from.dom_id());
        };
        field.update(|rules| {
            rules.retain(|rule| !rule.is_about(subject, &choice));
            rules.push(Rule { subject, choice, effect });
        });
        from.set(None);
        focus::to_id(&from.dom_id());
    };
    let kinds = vec![
        ("group".to_owned(), t!(rules.group_option).to_owned()),
        ("employee".to_owned(), t!(rules.employee_option).to_owned()),
    ];
    let effects = Effect::ALL
        .iter()
        .map(|effect| (effect.to_string(), words::effect(*effect).to_owned()))
        .collect::<Vec<_>>();
    let who = live(move || {
        if about_group.get() {
            html! { <ChoiceInput field=group search=Search::Groups label=t!(rules.group_option)/> }
        } else {
            html! { <ChoiceInput field=employee search=Search::Employees label=t!(rules.employee_option)/> }
        }
    });
    html! {
        <fieldset class="sub-form">
            <legend>{t!(rules.add_title)}</legend>
            <div class="row">
                <RadioInput field=kind label=t!(rules.for_whom) options=kinds/>
                {who}
                <RadioInput field=effect label=t!(rules.access) options=effects/>
                <button type="button" class="button" on:click=add>
                    <Icon shape=Shape::Add/>
                    {t!(rules.add)}
                </button>
            </div>
        </fieldset>
    }
}
