//! Working in a step: answers, a note, closing and skipping (C8). Two people may do so at once (C10).

use contract::{Answer, Case, Check, CheckAnswer, CheckId, Step, StepChange};
use leptos::prelude::*;

use super::reason::{WithReason, Wording};
use super::step::put;
use crate::app::use_root;
use crate::client::cases;
use crate::i18n::t;
use crate::ui::bits::Prose;
use crate::ui::form::{Field, Form, FormView, RadioInput, SaveButton, TextArea};
use crate::ui::html::html;
use crate::ui::watch::watch;

/// The fields of a step: its note, and an answer per check; empty is unanswered.
#[derive(Clone, Copy)]
struct Fields {
    note: Field<String>,
    answers: StoredValue<Vec<(CheckId, Field<String>)>>,
}

fn answer_of(check: &Check) -> String {
    check.answer.map(|answer| answer.to_string()).unwrap_or_default()
}

impl Fields {
    fn new(form: Form, step: &Step) -> Self {
        let answer = |check: &Check| (check.id, form.field(check.id.to_string(), answer_of(check)));
        Self {
            note: form.field("note", step.note.clone()),
            answers: StoredValue::new(step.checks.iter().map(answer).collect()),
        }
    }

    fn answer_field(self, id: CheckId) -> Option<Field<String>> {
        self.answers
            .with_value(|answers| answers.iter().find(|(known, _)| *known == id).map(|(_, field)| *field))
    }

    fn each(self, step: &Step, act: impl Fn(Field<String>, String)) {
        act(self.note, step.note.clone());
        for check in &step.checks {
            if let Some(field) = self.answer_field(check.id) {
                act(field, answer_of(check));
            }
        }
    }

    fn change(self) -> StepChange {
        let answers = self.answers.with_value(|answers| {
            answers
                .iter()
                .map(|(id, field)| CheckAnswer { check_id: *id, answer: field.now().parse().ok() })
                .collect()
        });
        StepChange { note: self.note.now(), answers }
    }

    fn is_dirty(self) -> bool {
        let answers =
            self.answers.with_value(|answers| answers.iter().map(|(_, field)| *field).collect::<Vec<_>>());
        self.note.is_dirty_untracked() || answers.into_iter().any(Field::is_dirty_untracked)
    }
}

#[component]
pub fn StepForm(case: RwSignal<Case>, step: Memo<Option<Step>>) -> impl IntoView {
    let root = use_root();
    let Some(start) = step.get_untracked() else { return ().into_any() };
    let (case_id, id) = (case.with_untracked(|case| case.header.id), start.id);
    let form = Form::new(format!("step:{id}"));
    let fields = Fields::new(form, &start);
    let version = move || step.with_untracked(|step| step.as_ref().map_or(0, |step| step.version));
    form.when_stale(move |current: Step| {
        fields.each(&current, Field::rebase);
        put(case, current);
    });
    // A colleague's change may also come with the whole case.
    watch(move || {
        if let Some(step) = step.get() {
            untrack(|| fields.each(&step, Field::rebase));
        }
    });

    let save = move |then: Option<Callback<i64>>| {
        form.submit(
            fields.change(),
            |change| cases::update_step(case_id, id, version(), change),
            move |saved: Step| {
                fields.each(&saved, Field::saved);
                let version = saved.version;
                put(case, saved);
                match then {
                    Some(then) => then.run(version),
                    None => root.toasts.done(t!(steps.saved)),
                }
            },
        );
    };
    let close_version = Callback::new(move |version: i64| {
        form.send(cases::close_step(case_id, id, version), move |closed: Step| {
            root.toasts.done(t!(steps.closed, name = closed.name.as_str()));
            put(case, closed);
        });
    });
    // What was typed is saved on the way.
    let close = move |_| {
        if fields.is_dirty() {
            save(Some(close_version));
        } else {
            close_version.run(version());
        }
    };
    let checks =
        start.checks.iter().filter_map(|check| Some((check.clone(), fields.answer_field(check.id)?)));
    let checks = checks.map(|(check, field)| question(check, field)).collect_view();
    let wording = Wording { action: t!(steps.skip), text: t!(steps.skip_text) };
    html! {
        <FormView form on_submit=move |()| save(None) class="form form--wide" label=start.name.clone()>
            {(!start.explanation.is_empty()).then(|| html! { <Prose text=start.explanation.clone()/> })}
            {checks}
            <TextArea field=fields.note label=t!(steps.note) optional=true/>
            <div class="buttons">
                <SaveButton form/>
                <button type="button" class="button" aria-disabled=move || form.busy().then_some("true") on:click=close>
                    {t!(steps.close)}
                </button>
            </div>
        </FormView>
        <div class="buttons step__skip">
            <WithReason
                key=format!("step:{id}:skip")
                wording
                call=move |reason| cases::skip_step(case_id, id, version(), reason)
                then=move |step: Step| put(case, step)
            />
        </div>
    }
}

fn question(check: Check, field: Field<String>) -> AnyView {
    let answers = vec![
        (Answer::Yes.to_string(), t!(steps.yes).to_owned()),
        (Answer::No.to_string(), t!(steps.no).to_owned()),
        (String::new(), t!(steps.not_yet).to_owned()),
    ];
    html! { <RadioInput field label=check.question options=answers optional=!check.required/> }
}
