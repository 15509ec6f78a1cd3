//! Bringing in lists from a spreadsheet: which list, which file, and what becomes of every row.

use contract::ImportKind;
use leptos::prelude::*;

use super::columns::{ExpectedColumns, kind_word};
use super::import::Import;
use super::list_report::list_report;
use crate::app::use_root;
use crate::client::imports;
use crate::i18n::t;
use crate::ui::file::{ChosenFile, FileInput};
use crate::ui::filter::Filters;
use crate::ui::focus;
use crate::ui::html::html;
use crate::ui::page::{Heading, not_found};
use crate::ui::watch::watch;

/// The largest file the server takes, in MB.
const MOST: u32 = 5;

#[component]
pub fn ImportsPage() -> impl IntoView {
    let session = use_root().session;
    let administers = untrack(move || session.me()).is_some_and(|me| me.may.administer);
    let content = if administers {
        html! { <Lists/> }
    } else {
        not_found()
    };
    html! { <div class="page">{content}</div> }
}

#[component]
fn Lists() -> impl IntoView {
    let filters = Filters::new();
    let wanted = filters.get("lijst");
    let kind = Memo::new(move |_| wanted.get().parse().unwrap_or(ImportKind::Employees));
    let import = Import::new();
    watch(move || {
        kind.track();
        import.forget();
    });
    let choose = Callback::new(move |file: ChosenFile| {
        let call = imports::preview_list(kind.get_untracked(), &file.bytes);
        import.look(file, call);
    });
    let name = focus::new_id("kind");
    let kinds = ImportKind::ALL
        .iter()
        .map(|option| {
            let option = *option;
            let name = name.clone();
            html! {
                <label class="radio">
                    <input type="radio" name=name prop:checked=move || kind.get() == option
                        disabled=move || import.is_bringing_in()
                        on:change=move |_| filters.set("lijst", option.as_str())/>
                    {kind_word(option)}
                </label>
            }
        })
        .collect_view();
    html! {
        <Heading text=t!(imports.title).to_owned()/>
        <div class="stack">
            <div class="with-aside with-aside--first">
                <div class="panel stack stack--close">
                    <fieldset class="field">
                        <legend class="field__label">{t!(imports.kind)}</legend>
                        {kinds}
                    </fieldset>
                    <FileInput label=t!(imports.choose) hint=t!(imports.choose_hint) accept=".csv,.txt,text/csv" most=MOST on_file=choose/>
                    {import.progress()}
                </div>
                {move || html! { <ExpectedColumns kind=kind.get()/> }}
            </div>
            {import.report(move |report| list_report(import, report))}
        </div>
    }
}
