//! One step of a case, for its team.

use contract::{Case, Step, StepId, StepState};
use leptos::prelude::*;

use super::reason::{WithReason, Wording};
use super::step_form::StepForm;
use super::steps::{current_step, read_only, state_badge};
use crate::client::cases;
use crate::i18n::t;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// Puts a step as it is now in its case.
pub(super) fn put(case: RwSignal<Case>, step: Step) {
    case.update(|case| {
        if let Some(place) = case.steps.iter_mut().find(|known| known.id == step.id) {
            *place = step;
        }
    });
}

#[component]
pub fn StepCard(case: RwSignal<Case>, id: StepId, expanded: bool) -> impl IntoView {
    let expanded = RwSignal::new(expanded);
    let step = Memo::new(move |_| case.with(|case| case.steps.iter().find(|step| step.id == id).cloned()));
    let state = Memo::new(move |_| step.with(|step| step.as_ref().map(|step| step.state)));
    let current = Memo::new(move |_| case.with(current_step) == Some(id));
    let editable = Memo::new(move |_| case.with(|case| case.may.edit));
    let title =
        move || step.with(|step| step.as_ref().map(|step| format!("{}. {}", step.position, step.name)));
    let body_id = format!("step-{id}");
    let body = {
        let body_id = body_id.clone();
        live(move || {
            let (state, editable) = (state.get()?, editable.get());
            if !expanded.get() {
                return None;
            }
            let content = if state == StepState::Open && editable {
                html! { <StepForm case step/> }
            } else {
                html! { <Done case step editable/> }
            };
            Some(html! { <div class="step__body" id=body_id.clone()>{content}</div> })
        })
    };
    let controls = move || expanded.get().then(|| body_id.clone());
    html! {
        <li class="step">
            <h3 class="step__header">
                <button type="button" class="step__toggle"
                    aria-expanded=move || if expanded.get() { "true" } else { "false" }
                    aria-controls=controls
                    on:click=move |_| expanded.update(|expanded| *expanded = !*expanded)>
                    <Icon shape=Shape::Expand/>
                    <span class="step__name">{title}</span>
                    {move || state.get().map(|state| state_badge(state, current.get()))}
                </button>
            </h3>
            {body}
        </li>
    }
}

/// Read-only, with the way back for the team.
#[component]
fn Done(case: RwSignal<Case>, step: Memo<Option<Step>>, editable: bool) -> impl IntoView {
    let reopen = live(move || {
        let step = step.get().filter(|step| editable && step.state != StepState::Open)?;
        let (case_id, id, version) = (case.with_untracked(|case| case.header.id), step.id, step.version);
        let wording = Wording { action: t!(steps.reopen), text: t!(steps.reopen_text) };
        Some(html! {
            <div class="buttons">
                <WithReason
                    key=format!("step:{id}:reopening")
                    wording
                    call=move |reason| cases::reopen_step(case_id, id, version, reason)
                    then=move |step: Step| put(case, step)
                />
            </div>
        })
    });
    html! {
        {move || step.get().map(read_only)}
        {reopen}
    }
}
