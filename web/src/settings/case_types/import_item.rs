//! What becomes of one case type of an export.

use contract::{
    ArchiveAction, CaseTypeImportItem, Confidentiality, ImportOutcome, ImportedChange, StepOrderSource, Term,
};
use leptos::prelude::*;

use crate::i18n::{t, tn, words};
use crate::pages::Page;
use crate::settings::imports::{OutcomeBadge, lines_of, said};
use crate::ui::html::html;

/// What parts the items of a list.
const BETWEEN: &str = " | ";

pub fn show(item: CaseTypeImportItem, committed: bool) -> impl Fn() -> AnyView + Send + Sync + 'static {
    move || {
        let item = item.clone();
        let name = item
            .name
            .or_else(|| item.code.clone())
            .unwrap_or_else(|| t!(case_type_import.nameless).to_owned());
        let name = match item.case_type_id {
            Some(id) => html! { <a href=Page::CaseType(id).to_string()>{name}</a> },
            None => name.into_any(),
        };
        let line = item.line.map(|line| t!(case_type_import.line, line = line));
        let place = [item.code, line].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let revision = (item.outcome == ImportOutcome::Change).then_some(item.revision).flatten();
        let revision = revision.map(|revision| {
            let text = if committed {
                t!(case_type_import.revised, revision = revision)
            } else {
                t!(case_type_import.revises, revision = revision)
            };
            said(None, text, "")
        });
        let problems = item.problems.into_iter().map(|problem| said(None, problem, "changes__wrong"));
        let lines = problems.chain(revision).chain(item.changes.into_iter().map(change)).collect();
        html! {
            <tr>
                <th scope="row">
                    {name}
                    <span class="cell-detail">{place}</span>
                </th>
                <td><OutcomeBadge outcome=item.outcome/></td>
                <td>{lines_of(lines, "changes changes--lines")}</td>
                <td>{steps(item.steps, item.step_order)}</td>
            </tr>
        }
    }
}

fn steps(names: Vec<String>, order: StepOrderSource) -> Option<AnyView> {
    let count = names.len();
    (count > 0).then(|| {
        let kept = (order == StepOrderSource::Corrected)
            .then(|| html! { <p class="faint">{t!(case_type_import.order_kept)}</p> });
        html! {
            <details>
                <summary>{tn!(count, case_type_import.one_step, case_type_import.steps)}</summary>
                {kept}
                <ol class="numbered">{names.into_iter().map(|name| html! { <li>{name}</li> }).collect_view()}</ol>
            </details>
        }
    })
}

fn change(change: ImportedChange) -> AnyView {
    let ImportedChange { field, from, to } = change;
    let label = match field.as_str() {
        "name" => t!(case_types.name),
        "description" => t!(case_types.description),
        "processingTerm" => t!(case_types.term),
        "confidentiality" => t!(case_types.confidentiality),
        "steps" => t!(case_types.steps),
        "resultTypes" => t!(case_types.results),
        _ => return said(None, t!(case_type_import.texts).to_owned(), ""),
    };
    let (from, to) = if field == "resultTypes" {
        different(&from.unwrap_or_default(), &to)
    } else {
        (from.unwrap_or_default(), to)
    };
    let text = t!(imports.becomes, from = value(&field, &from), to = value(&field, &to));
    said(Some(label), text, "")
}

/// Of two lists what only one of them has; all of it when they differ in order only.
fn different(from: &str, to: &str) -> (String, String) {
    let only = |list: &str, other: &str| {
        let other: Vec<&str> = other.split(BETWEEN).collect();
        list.split(BETWEEN).filter(|one| !other.contains(one)).collect::<Vec<_>>().join(BETWEEN)
    };
    match (only(from, to), only(to, from)) {
        (gone, new) if gone.is_empty() && new.is_empty() => (from.to_owned(), to.to_owned()),
        different => different,
    }
}

/// What people read for a value of the wire.
fn value(field: &str, value: &str) -> String {
    let known = match field {
        "processingTerm" => term(value),
        "confidentiality" => {
            value.parse::<Confidentiality>().ok().map(|known| words::confidentiality(known).to_owned())
        }
        "resultTypes" if !value.is_empty() => {
            Some(value.split(BETWEEN).map(result).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    match known {
        Some(known) => known,
        None if value.is_empty() => t!(form.empty).to_owned(),
        None => value.to_owned(),
    }
}

/// "8 week".
fn term(text: &str) -> Option<String> {
    let (amount, unit) = text.split_once(' ')?;
    Some(words::term(&Term { amount: amount.parse().ok()?, unit: unit.parse().ok()? }))
}

/// "Verleend (vernietigen 5 year)".
fn result(text: &str) -> String {
    let words = || {
        let (name, rest) = text.strip_suffix(')')?.rsplit_once(" (")?;
        let (action, retention) = rest.split_once(' ').unwrap_or((rest, ""));
        let action = words::archive_action(action.parse::<ArchiveAction>().ok()?).to_lowercase();
        Some(match term(retention) {
            Some(retention) => format!("{name} ({action}, {retention})"),
            None => format!("{name} ({action})"),
        })
    };
    words().unwrap_or_else(|| text.to_owned())
}
