//! The list of cases.

use contract::{CaseSort, CaseState, ExportList};
use leptos::prelude::*;

use super::case_row;
use crate::client::cases::{self, CaseFilter};
use crate::client::download::list_export;
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::button::AddLink;
use crate::ui::download::DownloadButton;
use crate::ui::filter::{Filters, SearchFilter, SelectFilter};
use crate::ui::html::{html, live};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

/// In the address: everyone's cases, and those in every state. Without it: one's own that are open.
const ALL: &str = "alle";

#[component]
pub fn CasesPage() -> impl IntoView {
    let filters = Filters::new();
    let (q, whose, state) = (filters.get("q"), filters.get("van"), filters.get("status"));
    let wanted = Memo::new(move |_| match state.get().as_str() {
        "" => Some(CaseState::Open),
        state => state.parse().ok(),
    });
    let mine = Memo::new(move |_| whose.get() != ALL);
    let only_open = Memo::new(move |_| wanted.get() == Some(CaseState::Open));
    let order = filters.get("volgorde");
    // Only open cases have a deadline to keep.
    let sort = Memo::new(move |_| {
        order.get().parse().ok().filter(|sort| only_open.get() || *sort != CaseSort::Deadline)
    });
    let cases = Listing::new(
        move |cursor| {
            let filter = CaseFilter {
                mine: mine.get(),
                state: wanted.get(),
                dossier: None,
                q: q.get(),
                sort: sort.get(),
            };
            cases::list_cases(&filter, cursor)
        },
        |case| case_row(case, true),
    );
    let export = Signal::derive(move || {
        let state = wanted.get().map(CaseState::as_str).unwrap_or_default();
        list_export(ExportList::Cases, &q.get(), state)
    });
    // The file cannot be narrowed down to one's own cases: the button says what it holds.
    let export = live(move || {
        let label = if mine.get() { t!(cases.export_everyones) } else { t!(common.export_csv) };
        html! { <DownloadButton path=export label filename="zaken.csv"/> }
    });
    let states = vec![
        ("", words::case_state(CaseState::Open)),
        (CaseState::Closed.as_str(), words::case_state(CaseState::Closed)),
        (ALL, t!(cases.all_states)),
    ];
    html! {
        <div class="page">
            <Heading text=t!(cases.title).to_owned()>
                {export}
                <AddLink page=Page::NewCase label=t!(cases.new)/>
            </Heading>
            <div class="filters">
                <SearchFilter filters label=t!(cases.search)/>
                <SelectFilter filters name="van" label=t!(cases.whose) options=vec![("", t!(cases.mine)), (ALL, t!(cases.everyones))]/>
                <SelectFilter filters name="status" label=t!(cases.state) options=states/>
                {live(move || {
                    let mut orders = vec![
                        ("", t!(common.newest_first)),
                        (CaseSort::Oldest.as_str(), t!(common.oldest_first)),
                    ];
                    if only_open.get() {
                        orders.push((CaseSort::Deadline.as_str(), t!(cases.by_deadline)));
                    }
                    html! { <SelectFilter filters name="volgorde" label=t!(common.order) options=orders/> }
                })}
            </div>
            {cases.view(
                |rows| html! {
                    <Table label=t!(cases.title) head=vec![
                        Column::new(t!(cases.number)),
                        Column::new(t!(cases.case_title)),
                        Column::wide_only(t!(cases.coordinator)),
                        Column::new(t!(cases.deadline)),
                        Column::new(t!(cases.state)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(cases.none)/> },
            )}
        </div>
    }
}
