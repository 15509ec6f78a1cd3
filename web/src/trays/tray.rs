//! What waits in one tray.

use contract::{GroupId, Task};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::agreements::Agreements;
use super::keep_fresh;
use super::layout::Trays;
use crate::client::tasks;
use crate::i18n::{dates, t};
use crate::shell::{NotFound, use_id};
use crate::tasks::{Claim, ForwardDialog};
use crate::ui::bits::{Column, Due, Empty, Table};
use crate::ui::focus;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::DetailHeading;

#[component]
pub fn TrayPage() -> impl IntoView {
    let id = use_id::<GroupId>();
    move || match id.get() {
        Some(id) => view! { <TrayTasks id/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn TrayTasks(id: GroupId) -> impl IntoView {
    let trays: Option<Trays> = use_context();
    let tray = Memo::new(move |_| {
        trays.and_then(|trays| {
            trays.items().with(|trays| trays.iter().find(|tray| tray.group.id == id).cloned())
        })
    });
    let name = Signal::derive(move || {
        tray.with(|tray| tray.as_ref().map(|tray| tray.group.name.clone())).unwrap_or_default()
    });
    let agreements = Memo::new(move |_| {
        tray.with(|tray| tray.as_ref().map(|tray| tray.work_agreements.clone())).unwrap_or_default()
    });
    let tasks = Listing::new(move |cursor| tasks::list_tray_tasks(id, cursor));
    let forwarding = RwSignal::new(None::<Task>);

    let refresh = move || {
        let before = focus::active();
        spawn_local(async move {
            if tasks.refresh().await {
                // The row that had the keyboard may be gone: a colleague took it.
                focus::keep_or(before, "tray-tasks");
            }
        });
    };
    keep_fresh(refresh);
    let changed = Callback::new(move |_: Option<Task>| {
        refresh();
        if let Some(trays) = trays {
            trays.refresh();
        }
    });
    let row = move |task: Task| row(task, forwarding, changed);
    view! {
        <DetailHeading text=name/>
        <Agreements text=agreements/>
        <div id="tray-tasks" tabindex="-1">
            {tasks.view(
                move |items| view! {
                    <Table label=t!(trays.tasks_of, name = name.get_untracked()) head=vec![
                        Column::new(t!(trays.case)),
                        Column::new(t!(trays.task)),
                        Column::new(t!(trays.due)),
                        Column::wide_only(t!(trays.since)),
                        Column::unseen(t!(trays.actions)),
                    ]>
                        <For each=move || items.get() key=|task| (task.id, task.version) children=row/>
                    </Table>
                },
                || view! { <Empty text=t!(trays.empty)/> },
            )}
        </div>
        <ForwardDialog task=forwarding then=changed/>
    }
    .into_any()
}

fn row(task: Task, forwarding: RwSignal<Option<Task>>, changed: Callback<Option<Task>>) -> AnyView {
    let (id, title) = (task.id, task.title.clone());
    let forward = {
        let label = t!(trays.not_for_me, title = title.as_str());
        let seen = task.clone();
        task.may.forward.then(|| {
            view! {
                <button type="button" class="icon-button" aria-label=label.clone() title=label
                    on:click=move |_| forwarding.set(Some(seen.clone()))>
                    <Icon shape=Shape::Forward/>
                </button>
            }
        })
    };
    let claim = task.may.claim.then(|| view! { <Claim id title=title.clone() then=changed/> });
    let since = format!("{} ({})", dates::day(dates::day_of(task.created_at)), dates::ago(task.created_at));
    view! {
        <tr>
            <td class="number"><a href=format!("/zaken/{}", task.of_case.id) title=task.of_case.title>{task.of_case.number}</a></td>
            <th scope="row"><a href=format!("/taken/{id}")>{title}</a></th>
            <td><Due day=task.due_date/></td>
            <td class="wide-only">{since}</td>
            <td class="cell-actions">
                {claim}
                {forward}
            </td>
        </tr>
    }
    .into_any()
}
