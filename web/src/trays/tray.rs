//! What waits in one tray.

use contract::{GroupId, Task, TaskSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::agreements::Agreements;
use super::keep_fresh;
use super::layout::Trays;
use crate::client::download::tray_export;
use crate::client::tasks;
use crate::i18n::{dates, t};
use crate::pages::Page;
use crate::tasks::{Claim, ForwardDialog};
use crate::ui::bits::{Column, Due, Empty, Table};
use crate::ui::download::DownloadButton;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::DetailHeading;

#[component]
pub fn TrayTasks(id: GroupId, trays: Trays) -> impl IntoView {
    let tray = Memo::new(move |_| trays.find(id));
    let name = Signal::derive(move || {
        tray.with(|tray| tray.as_ref().map(|tray| tray.group.name.clone())).unwrap_or_default()
    });
    let agreements = Memo::new(move |_| {
        tray.with(|tray| tray.as_ref().map(|tray| tray.work_agreements.clone())).unwrap_or_default()
    });
    let forwarding = RwSignal::new(None::<TaskSummary>);
    // What happens after a task moved, known once the list is.
    let after = StoredValue::new(None::<Callback<()>>);
    let changed = Callback::new(move |_: Option<Task>| {
        if let Some(after) = after.get_value() {
            after.run(());
        }
        trays.refresh();
    });
    let tasks = Listing::new(
        move |cursor| tasks::list_tray_tasks(id, cursor),
        move |task| row(task, forwarding, changed),
    );

    let refresh = move |asked| {
        spawn_local(async move {
            tasks.keep_up(asked).await;
        });
    };
    keep_fresh(refresh);
    after.set_value(Some(Callback::new(move |()| refresh(true))));
    html! {
        <DetailHeading text=name>
            <DownloadButton path=tray_export(id) label=t!(common.export_csv) filename="werkbak.csv"/>
        </DetailHeading>
        <Agreements text=agreements/>
        {tasks.view(
            move |rows| html! {
                <Table label=t!(trays.tasks_of, name = name.get_untracked()) head=vec![
                    Column::new(t!(trays.case)),
                    Column::new(t!(trays.task)),
                    Column::new(t!(trays.due)),
                    Column::wide_only(t!(trays.since)),
                    Column::unseen(t!(trays.actions)),
                ]>
                    {rows}
                </Table>
            },
            || html! { <Empty text=t!(trays.empty)/> },
        )}
        <ForwardDialog task=forwarding then=changed/>
    }
}

fn row(
    task: TaskSummary,
    forwarding: RwSignal<Option<TaskSummary>>,
    changed: Callback<Option<Task>>,
) -> AnyView {
    let (id, title) = (task.id, task.title.clone());
    let forward = {
        let label = t!(trays.not_for_me, title = title.as_str());
        let seen = task.clone();
        task.may.forward.then(|| {
            html! {
                <button type="button" class="icon-button" aria-label=label.clone() title=label
                    on:click=move |_| forwarding.set(Some(seen.clone()))>
                    <Icon shape=Shape::Forward/>
                </button>
            }
        })
    };
    let claim = task.may.claim.then(|| html! { <Claim id title=title.clone() then=changed/> });
    let since = format!("{} ({})", dates::day(dates::day_of(task.created_at)), dates::ago(task.created_at));
    html! {
        <tr>
            <td class="number"><a href=Page::Case(task.of_case.id).to_string() title=task.of_case.title>{task.of_case.number}</a></td>
            <th scope="row"><a href=Page::Task(id).to_string()>{title}</a></th>
            <td><Due day=task.due_date/></td>
            <td class="wide-only">{since}</td>
            <td class="cell-actions">
                {claim}
                {forward}
            </td>
        </tr>
    }
}
