//! Completing a task, with what came of it (T4).

use contract::{Completion, Task};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::tasks;
use crate::i18n::t;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::html;

#[component]
pub fn CompleteForm(task: RwSignal<Task>) -> impl IntoView {
    let root = use_root();
    let id = task.with_untracked(|task| task.id);
    let form = Form::new(format!("task:{id}:completion"));
    let result = form.field("result", String::new());
    let submit = move |()| {
        form.submit(
            Completion { result: result.now() },
            |completion| tasks::complete_task(id, completion),
            move |completed: Task| {
                root.toasts.done(t!(tasks.completed, title = completed.title.as_str()));
                task.set(completed);
            },
        );
    };
    html! {
        <section class="panel" aria-labelledby="complete-heading">
            <h2 id="complete-heading">{t!(tasks.complete)}</h2>
            <FormView form on_submit=submit class="form form--wide">
                <TextArea field=result label=t!(tasks.result) required=true/>
                <div class="buttons"><SaveButton form label=t!(tasks.complete)/></div>
            </FormView>
        </section>
    }
}
