//! Who read a dossier, and when (E2).

use contract::{DossierId, DossierRead};
use leptos::prelude::*;

use crate::client::dossiers;
use crate::i18n::{dates, t, words};
use crate::pages::Page;
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::html::html;
use crate::ui::listing::Listing;

#[component]
pub fn Reads(id: DossierId, may_read: bool) -> impl IntoView {
    let reads =
        Listing::new(move |cursor| dossiers::list_dossier_reads(id, cursor), move |read| row(read, may_read));
    html! {
        <section aria-labelledby="reads-heading">
            <div class="section-header"><h2 id="reads-heading">{t!(reads.title)}</h2></div>
            <p class="faint section-text">{t!(reads.text)}</p>
            {reads.view(
                |rows| html! {
                    <Table label=t!(reads.title) head=vec![
                        Column::new(t!(reads.at)),
                        Column::new(t!(reads.who)),
                        Column::new(t!(reads.what)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(reads.none)/> },
            )}
        </section>
    }
}

/// A case opens only for who may read its dossier.
fn row(read: DossierRead, may_read: bool) -> AnyView {
    let case = read.of_case.map(|case| {
        let text = t!(reads.case, number = case.number.as_str());
        let case = if may_read {
            html! { <a href=Page::Case(case.id).to_string()>{text}</a> }
        } else {
            text.into_any()
        };
        html! { <span class="cell-detail">{case}</span> }
    });
    html! {
        <tr>
            <td class="nowrap">{dates::moment(read.at)}</td>
            <th scope="row">{read.employee.name}</th>
            <td>{words::read_content(read.content)} {case}</td>
        </tr>
    }
}
