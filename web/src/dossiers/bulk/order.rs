//! Which dossiers, for whom, and what becomes of their rules; what it would do stands beside it (G5).

use contract::{
    AccessRulesOrder, AccessRulesPreview, AccessRulesResult, DossierId, GroupId, HandOverPlan, ItemOutcome,
    RuleAction,
};
use leptos::prelude::*;

use super::gathering::Gathering;
use super::{Done, called};
use crate::app::use_root;
use crate::client::dossiers;
use crate::consequences::Consequences;
use crate::hand_over::HandOverDialog;
use crate::i18n::{t, words};
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::form::{ChoicesInput, Field, Form, FormView, RadioInput, SaveButton};
use crate::ui::html::{html, live};

#[derive(Clone, Copy)]
struct Fields {
    dossiers: Field<Vec<Choice>>,
    groups: Field<Vec<Choice>>,
    employees: Field<Vec<Choice>>,
    action: Field<String>,
}

impl Fields {
    fn new(form: Form) -> Self {
        Self {
            dossiers: form.field("dossierIds", Vec::new()),
            groups: form.field("groupIds", Vec::new()),
            employees: form.field("employeeIds", Vec::new()),
            action: form.field("action", RuleAction::Allow.to_string()),
        }
    }

    /// Whether there is something to tell the consequences of.
    fn complete(self) -> bool {
        let whom = self.groups.get().len() + self.employees.get().len();
        whom > 0 && !self.dossiers.get().is_empty()
    }

    /// What is chosen; follows changes.
    fn following(self) -> AccessRulesOrder {
        AccessRulesOrder {
            dossier_ids: self.dossiers.get().iter().map(|choice| DossierId(choice.id)).collect(),
            employee_ids: self.employees.get().iter().map(Choice::employee_id).collect(),
            group_ids: self.groups.get().iter().map(|choice| GroupId(choice.id)).collect(),
            action: self.action.get().parse().unwrap_or(RuleAction::Allow),
            hand_over: HandOverPlan::default(),
            preview: None,
        }
    }
}

#[component]
pub fn OrderForm(#[prop(into)] on_done: Callback<Done>) -> impl IntoView {
    let root = use_root();
    let form = Form::new("dossiers:access");
    let fields = Fields::new(form);
    let complete = Memo::new(move |_| fields.complete());
    let consequences = Consequences::new(
        form,
        move || complete.get(),
        move |of| dossiers::preview_access_rules_order(of, &fields.following()),
    )
    .with_also(move |preview| spared(preview, fields.dossiers));
    let save = Callback::new(move |hand_over: HandOverPlan| {
        let preview = consequences.digest();
        if complete.get_untracked() && preview.is_none() && hand_over.items.is_empty() {
            return root.toasts.warn(t!(bulk.wait));
        }
        let dossiers = fields.dossiers.now();
        let order = AccessRulesOrder { hand_over, preview, ..untrack(|| fields.following()) };
        form.submit(order, dossiers::order_access_rules, move |result: AccessRulesResult| {
            on_done.run(Done { items: result.items, dossiers });
        });
    });
    let actions = RuleAction::ALL
        .iter()
        .map(|action| (action.to_string(), words::rule_action(*action).to_owned()))
        .collect::<Vec<_>>();
    let nothing_yet = live(move || {
        (!complete.get()).then(|| {
            html! {
                <div class="empty">
                    <p>{t!(bulk.nothing_yet)}</p>
                </div>
            }
        })
    });
    html! {
        <FormView form on_submit=move |()| save.run(HandOverPlan::default()) class="form form--wide">
            <div class="side-by-side">
                <div class="stack">
                    <section class="panel form" aria-labelledby="which-heading">
                        <h2 id="which-heading">{t!(bulk.which)}</h2>
                        <ChoicesInput field=fields.dossiers search=Search::Dossiers label=t!(bulk.dossiers)/>
                        <Gathering form dossiers=fields.dossiers/>
                    </section>
                    <section class="panel form" aria-labelledby="whom-heading">
                        <h2 id="whom-heading">{t!(bulk.whom)}</h2>
                        <ChoicesInput field=fields.groups search=Search::Groups label=t!(bulk.groups)/>
                        <ChoicesInput field=fields.employees search=Search::Employees label=t!(bulk.employees)/>
                        <RadioInput field=fields.action label=t!(bulk.action) options=actions hint=t!(bulk.action_hint)/>
                    </section>
                </div>
                <div class="stack side-by-side__beside">
                    {nothing_yet}
                    {consequences.view()}
                    <div class="buttons"><SaveButton form/></div>
                </div>
            </div>
        </FormView>
        <HandOverDialog form on_plan=save/>
    }
}

/// The dossiers that stay as they are, and why.
fn spared(preview: RwSignal<AccessRulesPreview>, chosen: Field<Vec<Choice>>) -> AnyView {
    live(move || {
        let all = preview.with(|preview| preview.items.clone());
        let (total, chosen) = (all.len(), chosen.now());
        let spared: Vec<_> = all.into_iter().filter(|item| item.outcome != ItemOutcome::Changed).collect();
        let changed = total - spared.len();
        let rows = spared
            .into_iter()
            .map(|item| {
                let why = words::item_outcome(item.outcome).to_owned();
                html! { <li>{called(&item, &chosen)} ": " {item.detail.unwrap_or(why)}</li> }
            })
            .collect_view();
        let any = changed < total;
        html! {
            <p>{t!(bulk.rules_change, changed = changed, total = total)}</p>
            {any.then(|| html! { <ul class="inventory">{rows}</ul> })}
        }
    })
}
