//! The cases in a dossier.

use contract::DossierId;
use leptos::prelude::*;

use crate::cases::case_row;
use crate::client::cases::{self, CaseFilter};
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::button::AddLink;
use crate::ui::html::html;
use crate::ui::listing::Listing;

/// `active`: a case can be opened in it.
#[component]
pub fn Cases(id: DossierId, active: bool) -> impl IntoView {
    let cases = Listing::new(
        move |cursor| cases::list_cases(&CaseFilter { dossier: Some(id), ..CaseFilter::default() }, cursor),
        |case| case_row(case, false),
    );
    html! {
        <section aria-labelledby="cases-heading">
            <div class="section-header">
                <h2 id="cases-heading">{t!(dossiers.cases)}</h2>
                {active.then(|| html! { <AddLink page=Page::NewCaseIn(id) label=t!(cases.new)/> })}
            </div>
            {cases.view(
                |rows| html! {
                    <Table label=t!(dossiers.cases) head=vec![
                        Column::new(t!(cases.number)),
                        Column::new(t!(cases.case_title)),
                        Column::wide_only(t!(cases.coordinator)),
                        Column::new(t!(cases.deadline)),
                        Column::new(t!(cases.state)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(dossiers.no_cases)/> },
            )}
        </section>
    }
}
