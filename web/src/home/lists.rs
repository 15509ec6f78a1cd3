//! Mijn taken, Mijn zaken, Mijn werkbakken.

use contract::{CaseState, CaseSummary, TaskSummary, Tray};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::cases::{self, CaseFilter};
use crate::client::tasks;
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::trays::{counts, keep_fresh};
use crate::ui::bits::{Column, Due, Empty, Table};
use crate::ui::html::{html, live};
use crate::ui::listing::Listing;
use crate::ui::remote::Remote;
use crate::ui::rows::{Row, rows};

pub(super) fn stay_fresh(listing: Listing) {
    keep_fresh(move |asked| {
        spawn_local(async move {
            listing.keep_up(asked).await;
        });
    });
}

#[component]
pub fn MyTasks() -> impl IntoView {
    let tasks = Listing::new(tasks::list_my_tasks, task_row);
    stay_fresh(tasks);
    html! {
        <section aria-labelledby="my-tasks">
            <div class="section-header">
                <h2 id="my-tasks">{t!(home.tasks)} " " {tasks.count()}</h2>
            </div>
            {tasks.view(
                |rows| html! {
                    <Table label=t!(home.tasks) head=vec![
                        Column::new(t!(home.case)),
                        Column::new(t!(home.task)),
                        Column::new(t!(home.due)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(home.no_tasks)/> },
            )}
        </section>
    }
}

fn task_row(task: TaskSummary) -> AnyView {
    html! {
        <tr>
            <td class="number"><a href=Page::Case(task.of_case.id).to_string()>{task.of_case.number}</a></td>
            <th scope="row"><a href=Page::Task(task.id).to_string()>{task.title}</a></th>
            <td><Due day=task.due_date/></td>
        </tr>
    }
}

#[component]
pub fn MyCases() -> impl IntoView {
    let cases = Listing::new(
        |cursor| {
            let filter = CaseFilter { mine: true, state: Some(CaseState::Open), ..CaseFilter::default() };
            cases::list_cases(&filter, cursor)
        },
        case_row,
    );
    stay_fresh(cases);
    html! {
        <section aria-labelledby="my-cases">
            <div class="section-header">
                <h2 id="my-cases">{t!(home.cases)} " " {cases.count()}</h2>
                <a href=Page::Cases.to_string()>{t!(home.all_cases)}</a>
            </div>
            {cases.view(
                |rows| html! {
                    <Table label=t!(home.cases) head=vec![
                        Column::new(t!(home.case)),
                        Column::new(t!(home.case_title)),
                        Column::wide_only(t!(home.part)),
                        Column::new(t!(home.deadline)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(home.no_cases)/> },
            )}
        </section>
    }
}

fn case_row(case: CaseSummary) -> AnyView {
    html! {
        <tr>
            <td class="number">{case.number}</td>
            <th scope="row">
                <a href=Page::Case(case.id).to_string()>{case.title}</a>
                <span class="cell-detail">{case.case_type.name}</span>
            </th>
            <td class="wide-only">{case.my_part.map(words::case_part)}</td>
            <td><Due day=case.deadline/></td>
        </tr>
    }
}

#[component]
pub fn MyTrays() -> impl IntoView {
    let trays = Remote::new(tasks::list_trays);
    keep_fresh(move |asked| trays.keep_up(asked));
    let list = trays.view(|trays| {
        let cards = Signal::derive(move || trays.get().items.into_iter().map(tray_card).collect());
        let none = Memo::new(move |_| trays.with(|trays| trays.items.is_empty()));
        live(move || {
            if none.get() {
                html! { <Empty text=t!(home.no_trays)/> }
            } else {
                html! { <ul class="cards">{rows(cards)}</ul> }
            }
        })
    });
    html! {
        <section aria-labelledby="my-trays">
            <div class="section-header">
                <h2 id="my-trays">{t!(home.trays)}</h2>
            </div>
            {list}
        </section>
    }
}

fn tray_card(tray: Tray) -> Row {
    let key = format!("{} {} {} {}", tray.group.id, tray.group.name, tray.open_tasks, tray.overdue_tasks);
    Row::new(key, move || {
        html! {
            <li>
                <a class="card" href=Page::Trays(Some(tray.group.id)).to_string()>
                    <span class="card__name">{tray.group.name.clone()}</span>
                    <span class="card__detail">{counts(&tray)}</span>
                </a>
            </li>
        }
    })
}
