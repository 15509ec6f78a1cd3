//! The tasks of a case, for its team (T1).

use contract::{Case, Task};
use leptos::prelude::*;

use crate::client::tasks;
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::tasks::NewTaskForm;
use crate::ui::bits::{Badge, Column, Due, Empty, Table, Tone};
use crate::ui::dialog::Dialog;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;

#[component]
pub fn CaseTasks(case: RwSignal<Case>, edit: bool) -> impl IntoView {
    let id = case.with_untracked(|case| case.header.id);
    let open = RwSignal::new(false);
    let tasks = Listing::new(move |cursor| tasks::list_case_tasks(id, cursor), row);
    let added = Callback::new(move |()| {
        open.set(false);
        tasks.reload();
    });
    html! {
        <section aria-labelledby="tasks-heading">
            <div class="section-header">
                <h2 id="tasks-heading">{t!(tasks.title)}</h2>
                {edit.then(|| html! {
                    <button type="button" class="button button--primary" on:click=move |_| open.set(true)>
                        <Icon shape=Shape::Add/>
                        {t!(tasks.new)}
                    </button>
                })}
            </div>
            {tasks.view(
                |rows| html! {
                    <Table label=t!(tasks.title) head=vec![
                        Column::new(t!(tasks.task)),
                        Column::new(t!(tasks.where_now)),
                        Column::new(t!(tasks.due)),
                        Column::new(t!(tasks.state)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(tasks.none_in_case)/> },
            )}
            <Dialog open on_close=move |()| open.set(false) title=t!(tasks.new)>
                <NewTaskForm case=id open added/>
            </Dialog>
        </section>
    }
}

fn row(task: Task) -> AnyView {
    let done = task.finished_at.is_some();
    let tone = if done { Tone::Neutral } else { Tone::Attention };
    html! {
        <tr>
            <th scope="row"><a href=Page::Task(task.id).to_string()>{task.title.clone()}</a></th>
            <td>{crate::tasks::place(task.holder.as_ref(), task.tray.as_ref())}</td>
            <td><Due day=task.due_date done/></td>
            <td><Badge text=words::task_state(task.state) tone/></td>
        </tr>
    }
}
