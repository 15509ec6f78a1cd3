//! The table of case types.

use contract::CaseTypeSummary;
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::case_types;
use crate::i18n::{t, words};
use crate::pages::Page;
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

#[component]
pub fn CaseTypesPage() -> impl IntoView {
    let session = use_root().session;
    let administers = untrack(move || session.me()).is_some_and(|me| me.may.administer);
    let case_types = Listing::new(case_types::list_case_types, row);
    html! {
        <div class="page">
            <Heading text=t!(case_types.title).to_owned()>
                {administers.then(|| html! {
                    <a class="button" href=Page::CaseTypeImport.to_string()>
                        <Icon shape=Shape::Upload/>
                        {t!(imports.bring_in)}
                    </a>
                })}
            </Heading>
            {case_types.view(
                |rows| html! {
                    <Table label=t!(case_types.title) head=vec![
                        Column::new(t!(case_types.name)),
                        Column::wide_only(t!(case_types.code)),
                        Column::wide_only(t!(case_types.description)),
                        Column::new(t!(case_types.term)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(case_types.none)/> },
            )}
        </div>
    }
}

fn row(case_type: CaseTypeSummary) -> AnyView {
    html! {
        <tr>
            <th scope="row"><a href=Page::CaseType(case_type.id).to_string()>{case_type.name}</a></th>
            <td class="wide-only number">{case_type.code}</td>
            <td class="wide-only clamp">{case_type.description}</td>
            <td class="nowrap">{case_type.processing_term.as_ref().map(words::term)}</td>
        </tr>
    }
}
