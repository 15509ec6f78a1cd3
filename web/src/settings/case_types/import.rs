//! Bringing in case types from an i-Navigator export (C1).

use contract::CaseTypeImport;
use leptos::prelude::*;

use super::import_item::show;
use crate::app::use_root;
use crate::client::imports;
use crate::i18n::{t, tn};
use crate::pages::Page;
use crate::settings::imports::{Import, ImportButton, Verdict, by_outcome, verdict};
use crate::ui::bits::{Column, Table};
use crate::ui::file::{ChosenFile, FileInput};
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::{Heading, not_found};
use crate::ui::rows::Row;

/// The largest file the server takes, in MB.
const MOST: u32 = 20;

#[component]
pub fn CaseTypeImportPage() -> impl IntoView {
    let session = use_root().session;
    let administers = untrack(move || session.me()).is_some_and(|me| me.may.administer);
    let content = if administers {
        html! { <CaseTypeFile/> }
    } else {
        not_found()
    };
    html! { <div class="page">{content}</div> }
}

#[component]
fn CaseTypeFile() -> impl IntoView {
    let import = Import::new();
    let choose = Callback::new(move |file: ChosenFile| {
        let call = imports::preview_case_types(&file.bytes);
        import.look(file, call);
    });
    let back = || {
        html! {
            <a class="back" href=Page::CaseTypes.to_string()>
                <Icon shape=Shape::Back/>
                {t!(case_types.title)}
            </a>
        }
    };
    html! {
        <Heading text=t!(case_type_import.title).to_owned() above=back/>
        <div class="stack">
            <div class="panel stack stack--close page-part">
                <p>{t!(case_type_import.about)}</p>
                <FileInput label=t!(case_type_import.choose) hint=t!(case_type_import.choose_hint) accept=".xml,application/xml,text/xml" most=MOST on_file=choose/>
                {import.progress()}
            </div>
            {import.report(move |report| report_of(import, report))}
        </div>
    }
}

fn report_of(import: Import<CaseTypeImport>, report: CaseTypeImport) -> AnyView {
    let root = use_root();
    let CaseTypeImport { committed, counts, items, .. } = report;
    let said = Verdict::of(counts, committed);
    // The good ones may come in without the others, if one says so.
    let partly = said == Verdict::Wrong && counts.create + counts.change > 0;
    let without = RwSignal::new(false);
    let bring_in = move |()| {
        let without = without.get_untracked();
        import.bring_in(
            move |file, report| imports::import_case_types(&file.bytes, &report.digest, without),
            move |report| {
                let done = report.counts.create + report.counts.change;
                root.toasts.done(tn!(done, case_type_import.one_done, case_type_import.done));
            },
        );
    };
    let wrong = tn!(counts.rejected, case_type_import.one_wrong, case_type_import.wrong);
    let id = focus::new_id("without");
    let choice = partly.then(|| {
        let good = counts.create + counts.change;
        html! {
            <div class="check">
                <input id=id.clone() type="checkbox" on:change=move |event| without.set(event_target_checked(&event))/>
                <label for=id>{tn!(good, case_type_import.without_one, case_type_import.without)}</label>
            </div>
        }
    });
    let button = live(move || {
        (said == Verdict::Good || without.get()).then(|| {
            html! {
                {import.not_brought_in()}
                <div class="buttons"><ImportButton import on_click=bring_in/></div>
            }
        })
    });
    let all = items
        .into_iter()
        .enumerate()
        .map(|(position, item)| (item.outcome, Row::new(position.to_string(), show(item, committed))))
        .collect();
    html! {
        {verdict(said, counts, &wrong)}
        {choice}
        {button}
        {by_outcome(counts, t!(case_type_import.all), all, |rows| html! {
            <Table label=t!(case_types.title) head=vec![
                Column::new(t!(case_types.name)),
                Column::new(t!(imports.outcome)),
                Column::new(t!(imports.what)),
                Column::new(t!(case_types.steps)),
            ]>
                {rows}
            </Table>
        })}
    }
}
