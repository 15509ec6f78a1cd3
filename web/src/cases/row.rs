//! One row of a list of cases.

use contract::{CaseState, CaseSummary};
use leptos::prelude::*;

use crate::i18n::words;
use crate::pages::Page;
use crate::ui::bits::{Badge, Due, Tone};
use crate::ui::html::html;

/// `with_dossier`: outside the dossier it belongs to, with its type and dossier.
pub fn case_row(case: CaseSummary, with_dossier: bool) -> AnyView {
    let closed = case.state == CaseState::Closed;
    let context = with_dossier.then(|| {
        let dossier = match case.dossier.name {
            Some(name) => format!("{} · {name}", case.dossier.number),
            None => case.dossier.number,
        };
        html! { <span class="cell-detail">{case.case_type.name}</span><span class="cell-detail">{dossier}</span> }
    });
    let part = case.my_part.map(|part| html! { <span class="cell-detail">{words::case_part(part)}</span> });
    let tone = if closed { Tone::Neutral } else { Tone::Good };
    html! {
        <tr>
            <td class="number">{case.number}</td>
            <th scope="row">
                <a href=Page::Case(case.id).to_string()>{case.title}</a>
                {context}
            </th>
            <td class="wide-only">{case.coordinator.name} {part}</td>
            <td><Due day=case.deadline done=closed/></td>
            <td><Badge text=words::case_state(case.state) tone/></td>
        </tr>
    }
}
