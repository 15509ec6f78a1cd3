//! The table of case types.

use contract::CaseTypeSummary;
use leptos::prelude::*;

use crate::client::case_types;
use crate::i18n::{t, words};
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

#[component]
pub fn CaseTypesPage() -> impl IntoView {
    let case_types = Listing::new(case_types::list_case_types);
    view! {
        <div class="page">
            <Heading text=t!(case_types.title).to_owned()/>
            {case_types.view(
                |items| view! {
                    <Table label=t!(case_types.title) head=vec![
                        Column::new(t!(case_types.name)),
                        Column::wide_only(t!(case_types.code)),
                        Column::wide_only(t!(case_types.description)),
                        Column::new(t!(case_types.term)),
                    ]>
                        <For each=move || items.get() key=|case_type| case_type.id children=row/>
                    </Table>
                },
                || view! { <Empty text=t!(case_types.none)/> },
            )}
        </div>
    }
    .into_any()
}

fn row(case_type: CaseTypeSummary) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=format!("/instellingen/zaaktypen/{}", case_type.id)>{case_type.name}</a></th>
            <td class="wide-only number">{case_type.code}</td>
            <td class="wide-only clamp">{case_type.description}</td>
            <td class="nowrap">{case_type.processing_term.as_ref().map(words::term)}</td>
        </tr>
    }
    .into_any()
}
