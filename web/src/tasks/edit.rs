//! Changing a task's text (C4).

use contract::{Task, TaskChange};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::tasks;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::{DateInput, Form, FormView, SaveButton, TextArea, TextInput};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

/// The button, and the dialog it opens.
#[component]
pub fn EditTask(task: RwSignal<Task>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            <Icon shape=Shape::Pencil/>
            {t!(tasks.edit)}
        </button>
        <Dialog open on_close=move |()| open.set(false) title=t!(tasks.edit_title)>
            <EditForm task open/>
        </Dialog>
    }
}

fn due_of(task: &Task) -> String {
    task.due_date.map(|day| day.to_string()).unwrap_or_default()
}

#[component]
fn EditForm(task: RwSignal<Task>, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let start = task.get_untracked();
    let id = start.id;
    let form = Form::new(format!("task:{id}"));
    let title = form.field("title", start.title.clone());
    let description = form.field("description", start.description.clone());
    let due_date = form.field("dueDate", due_of(&start));
    form.when_stale(move |current: Task| {
        title.rebase(current.title.clone());
        description.rebase(current.description.clone());
        due_date.rebase(due_of(&current));
        task.set(current);
    });
    let save = move |()| {
        let change = TaskChange {
            title: title.now(),
            description: description.now(),
            due_date: due_date.now().parse().ok(),
        };
        let version = task.with_untracked(|task| task.version);
        form.submit(
            change,
            |change| tasks::update_task(id, version, change),
            move |saved: Task| {
                title.saved(saved.title.clone());
                description.saved(saved.description.clone());
                due_date.saved(due_of(&saved));
                root.toasts.done(t!(tasks.saved));
                open.set(false);
                task.set(saved);
            },
        );
    };
    html! {
        <FormView form on_submit=save class="form">
            <TextInput field=title label=t!(tasks.task_title) required=true/>
            <TextArea field=description label=t!(tasks.description) optional=true/>
            <DateInput field=due_date label=t!(tasks.due) optional=true/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form/>
            </div>
        </FormView>
    }
}
