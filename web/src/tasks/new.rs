//! A new task (T1).

use contract::{CaseId, NewTask, Task};
use leptos::prelude::*;

use super::destination::Destination;
use crate::app::use_root;
use crate::client::tasks;
use crate::i18n::t;
use crate::ui::form::{DateInput, Form, FormView, SaveButton, TextArea, TextInput};
use crate::ui::html::html;

/// The form, within a dialog that `open` closes.
#[component]
pub fn NewTaskForm(case: CaseId, open: RwSignal<bool>, added: Callback<()>) -> impl IntoView {
    let root = use_root();
    let form = Form::new(format!("case:{case}:task"));
    let title = form.field("title", String::new());
    let description = form.field("description", String::new());
    let due_date = form.field("dueDate", String::new());
    let destination = Destination::new(form);
    let submit = move |()| {
        let new = NewTask {
            title: title.now(),
            description: description.now(),
            due_date: due_date.now().parse().ok(),
            employee_id: destination.employee_id(),
            group_id: destination.group_id(),
        };
        if !title.now().trim().is_empty() && !destination.is_chosen() {
            return;
        }
        form.submit(
            new,
            |new| tasks::create_task(case, new),
            move |task: Task| {
                root.toasts.done(t!(tasks.added, title = task.title.as_str()));
                added.run(());
            },
        );
    };
    html! {
        <FormView form on_submit=submit class="form">
            <TextInput field=title label=t!(tasks.task_title) required=true/>
            <TextArea field=description label=t!(tasks.description) optional=true/>
            <DateInput field=due_date label=t!(tasks.due) optional=true/>
            {destination.view()}
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form label=t!(tasks.create)/>
            </div>
        </FormView>
    }
}
