//! Passing a task on (T2).

use contract::{Forward, Task, TaskSummary};
use leptos::prelude::*;

use super::destination::Destination;
use super::place;
use crate::app::use_root;
use crate::client::tasks;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::html;

/// A dialog that is there while `task` is one. `then` gets the task, if who did it still sees it.
#[component]
pub fn ForwardDialog(task: RwSignal<Option<TaskSummary>>, then: Callback<Option<Task>>) -> impl IntoView {
    let open = Signal::derive(move || task.with(Option::is_some));
    html! {
        <Dialog open on_close=move |()| task.set(None) title=t!(tasks.forward)>
            {move || task.get().map(|seen| html! { <ForwardForm seen task then/> })}
        </Dialog>
    }
}

#[component]
fn ForwardForm(
    seen: TaskSummary,
    task: RwSignal<Option<TaskSummary>>,
    then: Callback<Option<Task>>,
) -> impl IntoView {
    let root = use_root();
    let (id, title) = (seen.id, seen.title.clone());
    let seen = RwSignal::new(seen);
    let form = Form::new(format!("task:{id}:forward"));
    let destination = Destination::new(form);
    let note = form.field("note", String::new());
    // A colleague moved it meanwhile: it says where it is by now, and sending it on is a choice again.
    form.when_stale(move |current: Task| {
        seen.set(current.clone().into());
        then.run(Some(current));
    });
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
        let version = seen.with_untracked(|seen| seen.version);
        form.submit(
            forward,
            |forward| tasks::forward_task(id, version, forward),
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
            <p>{move || seen.with(|seen| place(seen.holder.as_ref(), seen.tray.as_ref()))}</p>
            {destination.view()}
            <TextArea field=note label=t!(tasks.note) hint=t!(tasks.note_hint) rows=3 optional=true/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| task.set(None)>{t!(common.cancel)}</button>
                <SaveButton form label=t!(tasks.forward)/>
            </div>
        </FormView>
    }
}
