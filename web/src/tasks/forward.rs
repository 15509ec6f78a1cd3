//! Passing a task on (T2).

use contract::{Forward, Task, TaskId};
use leptos::prelude::*;

use super::destination::Destination;
use crate::app::use_root;
use crate::client::tasks;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::html;

/// A dialog that is there while `task` is one. `then` gets the task, if who did it still sees it.
#[component]
pub fn ForwardDialog(
    task: RwSignal<Option<(TaskId, String)>>,
    then: Callback<Option<Task>>,
) -> impl IntoView {
    let open = Signal::derive(move || task.with(Option::is_some));
    html! {
        <Dialog open on_close=move |()| task.set(None) title=t!(tasks.forward)>
            {move || task.get().map(|(id, title)| html! { <ForwardForm id title task then/> })}
        </Dialog>
    }
}

#[component]
fn ForwardForm(
    id: TaskId,
    title: String,
    task: RwSignal<Option<(TaskId, String)>>,
    then: Callback<Option<Task>>,
) -> impl IntoView {
    let root = use_root();
    let form = Form::new(format!("task:{id}:forward"));
    let destination = Destination::new(form);
    let note = form.field("note", String::new());
    let name = title.clone();
    let submit = move |()| {
        if !destination.is_chosen() {
            return;
        }
        let forward = Forward {
            employee_id: destination.employee_id(),
            group_id: destination.group_id(),
            note: note.now(),
        };
        let name = name.clone();
        form.submit(
            forward,
            |forward| tasks::forward_task(id, forward),
            move |moved| {
                root.toasts.done(t!(tasks.forwarded, title = name.as_str()));
                task.set(None);
                then.run(moved);
            },
        );
    };
    html! {
        <FormView form on_submit=submit class="form">
            <p><strong>{title}</strong></p>
            {destination.view()}
            <TextArea field=note label=t!(tasks.note) hint=t!(tasks.note_hint) rows=3/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| task.set(None)>{t!(common.cancel)}</button>
                <SaveButton form label=t!(tasks.forward)/>
            </div>
        </FormView>
    }
}
