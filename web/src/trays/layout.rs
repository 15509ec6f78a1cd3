//! The trays on the left, the tasks of one on the right.

use contract::{GroupId, Page as ListPage, Tray};
use leptos::prelude::*;

use super::keep_fresh;
use super::tray::TrayTasks;
use crate::client::tasks;
use crate::i18n::{t, tn};
use crate::pages::Page;
use crate::shell::{NavLink, use_go};
use crate::ui::bits::Empty;
use crate::ui::html::{html, live};
use crate::ui::page::{Heading, detail_not_found};
use crate::ui::remote::Remote;
use crate::ui::rows::{Row, rows};
use crate::ui::watch::watch;

/// The trays, for what stands beside them.
#[derive(Clone, Copy)]
pub struct Trays {
    list: RwSignal<ListPage<Tray>>,
    remote: Remote<ListPage<Tray>>,
}

impl Trays {
    pub fn find(self, id: GroupId) -> Option<Tray> {
        self.list.with(|trays| trays.items.iter().find(|tray| tray.group.id == id).cloned())
    }

    /// Brings the numbers up to date.
    pub fn refresh(self) {
        self.remote.refresh();
    }
}

#[component]
pub fn TraysPage(tray: Memo<Option<GroupId>>) -> impl IntoView {
    let remote = Remote::new(tasks::list_trays);
    keep_fresh(move |asked| remote.keep_up(asked));
    let content = remote.view(move |list| html! { <TheTrays trays=Trays { list, remote } tray/> });
    html! {
        <div class="page">
            <Heading text=t!(trays.title).to_owned()/>
            {content}
        </div>
    }
}

#[component]
fn TheTrays(trays: Trays, tray: Memo<Option<GroupId>>) -> impl IntoView {
    let go = use_go();
    // Most people have one tray, and everyone comes to see what is in it.
    watch(move || {
        let first = trays.list.with(|trays| trays.items.first().map(|tray| tray.group.id));
        if let (None, Some(first)) = (tray.get(), first) {
            go.instead(Page::Trays(Some(first)));
        }
    });
    let chosen = Memo::new(move |_| tray.get().map(|id| (id, trays.find(id).is_some())));
    let none = Memo::new(move |_| trays.list.with(|trays| trays.items.is_empty()));
    let entries = Signal::derive(move || trays.list.get().items.into_iter().map(tray_row).collect());
    live(move || {
        if none.get() {
            return html! { <Empty text=t!(trays.none)/> };
        }
        html! {
            <div class="columns">
                <nav class="columns__list" aria-label=t!(trays.title)>
                    <ul class="nav-list">{rows(entries)}</ul>
                </nav>
                <div class="columns__form">
                    {move || chosen.get().map(|(id, there)| {
                        if there { html! { <TrayTasks id trays/> } } else { detail_not_found() }
                    })}
                </div>
            </div>
        }
    })
}

fn tray_row(tray: Tray) -> Row {
    let key = format!("{} {} {} {}", tray.group.id, tray.group.name, tray.open_tasks, tray.overdue_tasks);
    Row::new(key, move || {
        html! {
            <li>
                <NavLink page=Page::Trays(Some(tray.group.id)) text=tray.group.name.clone()/>
                <span class="nav-list__detail">{counts(&tray)}</span>
            </li>
        }
    })
}

/// "7 taken 2 te laat".
pub fn counts(tray: &Tray) -> AnyView {
    let overdue = (tray.overdue_tasks > 0).then(|| {
        html! { <span class="late">{tn!(tray.overdue_tasks, trays.one_overdue, trays.overdue)}</span> }
    });
    html! {
        <span>{tn!(tray.open_tasks, trays.one_task, trays.tasks)}</span>
        {overdue}
    }
}
