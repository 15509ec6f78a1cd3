//! The trays on the left, the tasks of one on the right.

use contract::Tray;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_navigate;

use super::keep_fresh;
use crate::client::tasks;
use crate::i18n::{t, tn};
use crate::shell::NavLink;
use crate::ui::bits::Empty;
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

/// The trays, for the page of one of them. Made by the layout, which outlives that page.
#[derive(Clone, Copy)]
pub struct Trays(Listing<Tray>);

impl Trays {
    pub fn items(self) -> RwSignal<Vec<Tray>> {
        self.0.items()
    }

    /// Brings the numbers up to date.
    pub fn refresh(self) {
        spawn_local(async move {
            self.0.refresh().await;
        });
    }
}

#[component]
pub fn TraysLayout() -> impl IntoView {
    let trays = Listing::new(|_| tasks::list_trays());
    let shared = Trays(trays);
    provide_context(shared);
    keep_fresh(move || shared.refresh());
    view! {
        <div class="page">
            <Heading text=t!(trays.title).to_owned()/>
            {trays.view(
                |items| view! {
                    <div class="columns">
                        <nav class="columns__list" aria-label=t!(trays.title)>
                            <ul class="nav-list">
                                <For each=move || items.get() key=|tray| (tray.group.clone().id, tray.open_tasks, tray.overdue_tasks) children=entry/>
                            </ul>
                        </nav>
                        <div class="columns__form"><Outlet/></div>
                    </div>
                },
                || view! { <Empty text=t!(trays.none)/> },
            )}
        </div>
    }
    .into_any()
}

fn entry(tray: Tray) -> AnyView {
    let name = StoredValue::new(tray.group.name);
    let text = Signal::derive(move || name.get_value());
    let overdue = (tray.overdue_tasks > 0).then(|| {
        view! { <span class="late">{tn!(tray.overdue_tasks, trays.one_overdue, trays.overdue)}</span> }
    });
    view! {
        <li>
            <NavLink href=format!("/werkbakken/{}", tray.group.id) text/>
            <span class="nav-list__detail">
                {tn!(tray.open_tasks, trays.one_task, trays.tasks)}
                {overdue}
            </span>
        </li>
    }
    .into_any()
}

/// Goes to the first tray: most people have one.
#[component]
pub fn TraysIndex() -> impl IntoView {
    let navigate = use_navigate();
    let trays: Option<Trays> = use_context();
    Effect::new(move |_| {
        let first =
            trays.and_then(|trays| trays.items().with(|trays| trays.first().map(|tray| tray.group.id)));
        if let Some(id) = first {
            navigate(
                &format!("/werkbakken/{id}"),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
}
