//! The steps of a case: to work in for its team, to look at for who is authorised for the type (C6, C8).

use contract::{Answer, Case, CaseState, Step, StepId, StepState};
use leptos::prelude::*;

use super::step::StepCard;
use crate::i18n::{dates, t, words};
use crate::ui::bits::{Badge, Empty, Prose, Tone};
use crate::ui::dialog::Dialog;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::rows::{Row, rows};

/// For the case's team. Each step is a card that opens and closes by itself.
#[component]
pub fn Steps(case: RwSignal<Case>) -> impl IntoView {
    // The first step that is still to do stands open.
    let first_open = case.with_untracked(current_step);
    let cards = Signal::derive(move || {
        let card = |step: &Step| {
            let id = step.id;
            let expanded = first_open == Some(id);
            Row::new(id.to_string(), move || html! { <StepCard case id expanded/> })
        };
        case.with(|case| case.steps.iter().map(card).collect())
    });
    let progress = live(move || {
        let (done, all) = case.with(|case| {
            (case.steps.iter().filter(|step| step.state != StepState::Open).count(), case.steps.len())
        });
        t!(steps.progress, done = done, all = all)
    });
    html! {
        <section aria-labelledby="steps-heading">
            <div class="section-header">
                <h2 id="steps-heading">{t!(steps.title)}</h2>
                <span class="faint">{progress}</span>
            </div>
            <ol class="steps">{rows(cards)}</ol>
        </section>
    }
}

/// For who may only see what is done: a list with a magnifier at each.
#[component]
pub fn ClosedSteps(case: RwSignal<Case>) -> impl IntoView {
    let looked_at = RwSignal::new(None::<Step>);
    let rows = live(move || {
        case.with(|case| case.steps.clone())
            .into_iter()
            .map(|step| {
                let name = format!("{}. {}", step.position, step.name);
                let label = t!(steps.look_at, name = step.name.as_str());
                let badge = state_badge(step.state, false);
                let finished = step.finished_at.map(|at| dates::day(dates::day_of(at)));
                html! {
                    <li class="step step--row">
                        <span class="step__name">{name}</span>
                        <span class="faint">{finished}</span>
                        {badge}
                        <button type="button" class="icon-button" aria-label=label.clone() title=label
                            on:click=move |_| looked_at.set(Some(step.clone()))>
                            <Icon shape=Shape::Magnifier/>
                        </button>
                    </li>
                }
            })
            .collect_view()
    });
    let none = live(move || {
        case.with(|case| case.steps.is_empty()).then(|| html! { <Empty text=t!(steps.none_closed)/> })
    });
    html! {
        <section aria-labelledby="steps-heading">
            <h2 id="steps-heading">{t!(steps.closed_title)}</h2>
            {none}
            <ol class="steps">{rows}</ol>
            <Dialog open=Signal::derive(move || looked_at.with(Option::is_some)) on_close=move |()| looked_at.set(None)
                title=t!(steps.closed_step) wide=true>
                {move || looked_at.get().map(|step| html! {
                    <h3>{format!("{}. {}", step.position, step.name)}</h3>
                    {read_only(step)}
                })}
            </Dialog>
        </section>
    }
}

/// The step to work in now: the first that is open, while the case is.
pub(super) fn current_step(case: &Case) -> Option<StepId> {
    let open = case.header.state == CaseState::Open;
    case.steps.iter().find(|step| open && step.state == StepState::Open).map(|step| step.id)
}

/// `current`: it is the step to work in now.
pub(super) fn state_badge(state: StepState, current: bool) -> AnyView {
    let tone = match state {
        StepState::Open if current => Tone::Attention,
        StepState::Open => Tone::Neutral,
        StepState::Closed => Tone::Good,
        StepState::Skipped => Tone::Neutral,
    };
    html! { <Badge text=words::step_state(state) tone/> }
}

/// A step that is done: answers, note, and who finished it when.
pub(super) fn read_only(step: Step) -> AnyView {
    let checks = step
        .checks
        .into_iter()
        .map(|check| {
            let answer = match check.answer {
                Some(Answer::Yes) => t!(steps.yes),
                Some(Answer::No) => t!(steps.no),
                None => t!(steps.unanswered),
            };
            html! { <div class="fact"><dt>{check.question}</dt><dd>{answer}</dd></div> }
        })
        .collect::<Vec<_>>();
    let finished = step.finished_by.zip(step.finished_at).map(|(by, at)| {
        let (name, at) = (by.name, dates::moment(at));
        match step.state {
            StepState::Skipped => t!(steps.skipped_by, name = name, at = at),
            StepState::Open | StepState::Closed => t!(steps.closed_by, name = name, at = at),
        }
    });
    html! {
        {(!step.explanation.is_empty()).then(|| html! { <Prose text=step.explanation/> })}
        {step.skip_reason.map(|reason| html! { <p><strong>{t!(steps.skip_reason)}</strong> " " {reason}</p> })}
        {(!checks.is_empty()).then(|| html! { <dl class="facts facts--questions">{checks}</dl> })}
        {(!step.note.is_empty()).then(|| html! {
            <h4>{t!(steps.note)}</h4>
            <Prose text=step.note/>
        })}
        {finished.map(|finished| html! { <p class="faint">{finished}</p> })}
    }
}
