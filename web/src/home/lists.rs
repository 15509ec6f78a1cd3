//! Mijn taken, Mijn zaken, Mijn werkbakken.

use contract::{CaseState, CaseSummary, Task, Tray};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::cases::{self, CaseFilter};
use crate::client::tasks;
use crate::i18n::{t, tn, words};
use crate::trays::keep_fresh;
use crate::ui::bits::{Column, Due, Empty, Table};
use crate::ui::listing::Listing;

/// How many there are, as far as known: "12", or "50+".
fn count<T: serde::de::DeserializeOwned + Clone + Send + Sync + 'static>(listing: Listing<T>) -> AnyView {
    (move || {
        let count = listing.items().with(Vec::len);
        let more = if listing.has_more() { "+" } else { "" };
        (count > 0).then(|| view! { <span class="count">{format!("{count}{more}")}</span> })
    })
    .into_any()
}

fn stay_fresh<T: serde::de::DeserializeOwned + Clone + Send + Sync + 'static>(listing: Listing<T>) {
    keep_fresh(move || {
        spawn_local(async move {
            listing.refresh().await;
        });
    });
}

#[component]
pub fn MyTasks() -> impl IntoView {
    let tasks = Listing::new(tasks::list_my_tasks);
    stay_fresh(tasks);
    view! {
        <section aria-labelledby="my-tasks">
            <div class="section-header">
                <h2 id="my-tasks">{t!(home.tasks)} " " {count(tasks)}</h2>
            </div>
            {tasks.view(
                |items| view! {
                    <Table label=t!(home.tasks) head=vec![
                        Column::new(t!(home.case)),
                        Column::new(t!(home.task)),
                        Column::new(t!(home.due)),
                    ]>
                        <For each=move || items.get() key=|task| (task.id, task.version) children=task_row/>
                    </Table>
                },
                || view! { <Empty text=t!(home.no_tasks)/> },
            )}
        </section>
    }
    .into_any()
}

fn task_row(task: Task) -> AnyView {
    view! {
        <tr>
            <td class="number"><a href=format!("/zaken/{}", task.of_case.id)>{task.of_case.number}</a></td>
            <th scope="row"><a href=format!("/taken/{}", task.id)>{task.title}</a></th>
            <td><Due day=task.due_date/></td>
        </tr>
    }
    .into_any()
}

#[component]
pub fn MyCases() -> impl IntoView {
    let cases = Listing::new(|cursor| {
        let filter = CaseFilter { mine: true, state: Some(CaseState::Open), ..CaseFilter::default() };
        cases::list_cases(&filter, cursor)
    });
    stay_fresh(cases);
    view! {
        <section aria-labelledby="my-cases">
            <div class="section-header">
                <h2 id="my-cases">{t!(home.cases)} " " {count(cases)}</h2>
                <a href="/zaken">{t!(home.all_cases)}</a>
            </div>
            {cases.view(
                |items| view! {
                    <Table label=t!(home.cases) head=vec![
                        Column::new(t!(home.case)),
                        Column::new(t!(home.case_title)),
                        Column::wide_only(t!(home.part)),
                        Column::new(t!(home.deadline)),
                    ]>
                        <For each=move || items.get() key=|case| case.id children=case_row/>
                    </Table>
                },
                || view! { <Empty text=t!(home.no_cases)/> },
            )}
        </section>
    }
    .into_any()
}

fn case_row(case: CaseSummary) -> AnyView {
    view! {
        <tr>
            <td class="number">{case.number}</td>
            <th scope="row">
                <a href=format!("/zaken/{}", case.id)>{case.title}</a>
                <span class="cell-detail">{case.case_type.name}</span>
            </th>
            <td class="wide-only">{case.my_part.map(words::case_part)}</td>
            <td><Due day=case.deadline/></td>
        </tr>
    }
    .into_any()
}

#[component]
pub fn MyTrays() -> impl IntoView {
    let trays = Listing::new(|_| tasks::list_trays());
    stay_fresh(trays);
    view! {
        <section aria-labelledby="my-trays">
            <div class="section-header">
                <h2 id="my-trays">{t!(home.trays)}</h2>
            </div>
            {trays.view(
                |items| view! {
                    <ul class="cards">
                        <For each=move || items.get() key=|tray| (tray.group.id, tray.open_tasks, tray.overdue_tasks) children=tray_card/>
                    </ul>
                },
                || view! { <Empty text=t!(home.no_trays)/> },
            )}
        </section>
    }
    .into_any()
}

fn tray_card(tray: Tray) -> AnyView {
    let overdue = (tray.overdue_tasks > 0).then(
        || view! { <span class="late">{tn!(tray.overdue_tasks, trays.one_overdue, trays.overdue)}</span> },
    );
    view! {
        <li>
            <a class="card" href=format!("/werkbakken/{}", tray.group.id)>
                <span class="card__name">{tray.group.name}</span>
                <span class="card__detail">{tn!(tray.open_tasks, trays.one_task, trays.tasks)} {overdue}</span>
            </a>
        </li>
    }
    .into_any()
}
