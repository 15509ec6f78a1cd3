//! What an employee read (E2).

use contract::{Employee, EmployeeRead};
use leptos::prelude::*;

use crate::client::employees;
use crate::i18n::{dates, t, words};
use crate::pages::Page;
use crate::ui::bits::{Column, Empty, Table};
use crate::ui::html::html;
use crate::ui::listing::Listing;

#[component]
pub fn ReadsPart(employee: RwSignal<Employee>) -> impl IntoView {
    let (id, name) = employee.with_untracked(|employee| (employee.id, employee.name.clone()));
    let title = t!(employee_reads.title, name = name.as_str());
    let label = title.clone();
    let reads = Listing::new(move |cursor| employees::list_employee_reads(id, cursor), row);
    html! {
        <section aria-labelledby="reads-heading">
            <div class="section-header">
                <h2 id="reads-heading">{title}</h2>
            </div>
            <p class="faint lead">{t!(employee_reads.text)}</p>
            {reads.view(
                move |rows| html! {
                    <Table label=label.clone() head=vec![
                        Column::new(t!(employee_reads.at)),
                        Column::new(t!(employee_reads.content)),
                        Column::new(t!(employee_reads.dossier)),
                        Column::new(t!(employee_reads.of_case)),
                    ]>
                        {rows}
                    </Table>
                },
                move || html! { <Empty text=t!(employee_reads.none, name = name.as_str())/> },
            )}
        </section>
    }
}

fn row(read: EmployeeRead) -> AnyView {
    let address = Page::Dossier(read.dossier.id).to_string();
    let name = read.dossier.name.map(|name| html! { <span class="cell-detail">{name}</span> });
    // The number only: whether the reader may see the case is another matter.
    let case = read.of_case.map(|case| html! { <span class="number">{case.number}</span> });
    html! {
        <tr>
            <td><time class="nowrap" datetime=read.at.to_rfc3339()>{dates::moment(read.at)}</time></td>
            <td>{words::read_content(read.content)}</td>
            <td><span><a class="number" href=address>{read.dossier.number}</a> {name}</span></td>
            <td>{case}</td>
        </tr>
    }
}
