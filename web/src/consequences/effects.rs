//! Who gains and who loses what.

use std::sync::Arc;

use contract::{AccessTotals, ChangePreview, EmployeeEffect, EmployeeId};
use leptos::prelude::*;

use crate::i18n::{t, tn};
use crate::ui::bits::{Column, Table};
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

type Details = Arc<dyn Fn(EmployeeId) -> AnyView + Send + Sync>;

/// What a preview says; `details` shows one employee's dossiers.
pub fn effects(
    preview: Signal<ChangePreview>,
    details: impl Fn(EmployeeId) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let details: Details = Arc::new(details);
    live(move || {
        let preview = preview.get();
        let more = (preview.more_employees > 0)
            .then(|| html! { <p class="faint">{tn!(preview.more_employees, consequences.one_more, consequences.more)}</p> });
        let stranded = (!preview.stranded.is_empty()).then(|| {
            let count = preview.stranded.len();
            html! {
                <div class="notice notice--warning">
                    <Icon shape=Shape::Warning/>
                    <p>{tn!(count, consequences.stranded_one, consequences.stranded)}</p>
                </div>
            }
        });
        let people =
            preview.employees.into_iter().map(|effect| person(effect, details.clone())).collect_view();
        let concerned = !people.is_empty();
        html! {
            {totals(preview.totals)}
            {concerned.then(|| html! { <ul class="effects">{people}</ul> })}
            {more}
            {stranded}
        }
    })
}

fn totals(totals: AccessTotals) -> AnyView {
    if totals == AccessTotals::default() {
        return html! { <p>{t!(consequences.none)}</p> };
    }
    let AccessTotals { gained, lost, denied, denials_lifted } = totals;
    let fact = |count: u32, class: &'static str, text: &'static str| {
        (count > 0).then(|| {
            html! { <li class=class><strong>{count.to_string()}</strong> " " {text}</li> }
        })
    };
    html! {
        <ul class="tallies" aria-label=t!(consequences.totals)>
            {fact(gained, "tally tally--more", t!(consequences.gained))}
            {fact(lost, "tally tally--less", t!(consequences.lost))}
            {fact(denied, "tally tally--denied", t!(consequences.denied))}
            {fact(denials_lifted, "tally", t!(consequences.lifted))}
        </ul>
    }
}

/// In words: "12 dossiers erbij, werkbak Medisch advies erbij".
fn words(effect: &EmployeeEffect) -> String {
    let mut said = Vec::new();
    let mut count = |count: u32, text: String| {
        if count > 0 {
            said.push(text);
        }
    };
    let AccessTotals { gained, lost, denied, denials_lifted } = effect.dossiers;
    count(gained, tn!(gained, consequences.dossier_gained, consequences.dossiers_gained));
    count(lost, tn!(lost, consequences.dossier_lost, consequences.dossiers_lost));
    count(denied, tn!(denied, consequences.dossier_denied, consequences.dossiers_denied));
    count(denials_lifted, tn!(denials_lifted, consequences.denial_lifted, consequences.denials_lifted));
    for tray in &effect.trays_gained {
        said.push(t!(consequences.tray_gained, name = tray.name.as_str()));
    }
    for tray in &effect.trays_lost {
        said.push(t!(consequences.tray_lost, name = tray.name.as_str()));
    }
    for case_type in &effect.case_types_gained {
        said.push(t!(consequences.type_gained, name = case_type.name.as_str()));
    }
    for case_type in &effect.case_types_lost {
        said.push(t!(consequences.type_lost, name = case_type.name.as_str()));
    }
    said.join(", ")
}

fn person(effect: EmployeeEffect, details: Details) -> AnyView {
    let open = RwSignal::new(false);
    let id = focus::new_id("effect");
    let said = words(&effect);
    let employee = effect.employee;
    let about = (effect.dossiers != AccessTotals::default()).then(|| {
        let controls = id.clone();
        let label = t!(consequences.which_of, name = employee.name.as_str());
        html! {
            <button type="button" class="link" aria-label=label aria-controls=controls
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)>
                {t!(consequences.which)}
            </button>
        }
    });
    let who = employee.id;
    let list = live(move || open.get().then(|| details(who)));
    html! {
        <li>
            <p><strong>{employee.name}</strong> ": " {said} " " {about}</p>
            <div id=id>{list}</div>
        </li>
    }
}

/// Dossier by dossier, of the employee that was asked for.
pub fn dossiers(preview: ChangePreview) -> AnyView {
    let more = preview.more_dossiers;
    let rows = preview
        .dossiers
        .into_iter()
        .map(|effect| {
            html! {
                <tr>
                    <th scope="row">
                        {effect.dossier.number}
                        {effect.dossier.name.map(|name| html! { <span class="cell-detail">{name}</span> })}
                    </th>
                    <td>{effect.before.explanation}</td>
                    <td>{effect.after.explanation}</td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <Table label=t!(consequences.dossiers) head=vec![
            Column::new(t!(consequences.dossier)),
            Column::new(t!(consequences.now)),
            Column::new(t!(consequences.then)),
        ]>
            {rows}
        </Table>
        {(more > 0).then(|| html! { <p class="faint">{tn!(more, consequences.one_more_dossier, consequences.more_dossiers)}</p> })}
    }
}
