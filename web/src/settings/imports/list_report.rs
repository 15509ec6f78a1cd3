//! What becomes of every row of a list.

use contract::{
    ImportKind, ImportOutcome, ImportReport, ImportRow, ImportedChange, Language, Role, Visibility,
};
use leptos::prelude::*;

use super::columns::header;
use super::import::Import;
use super::outcomes::{OutcomeBadge, by_outcome};
use super::verdict::{ImportButton, Verdict, verdict};
use crate::app::use_root;
use crate::client::imports;
use crate::i18n::{t, tn, words};
use crate::ui::bits::{Column, Table};
use crate::ui::html::html;
use crate::ui::rows::Row;

pub fn list_report(import: Import<ImportReport>, report: ImportReport) -> AnyView {
    let root = use_root();
    let ImportReport { kind, committed, counts, encoding, delimiter, columns, rows, .. } = report;
    let unused: Vec<String> =
        columns.into_iter().filter(|column| column.field.is_none()).map(|column| column.header).collect();
    let unused = (!unused.is_empty()).then(|| {
        let names = unused.iter().map(|header| format!("‘{header}’")).collect::<Vec<_>>().join(", ");
        html! { <p>{t!(imports.unused, names = names)}</p> }
    });
    let delimiter = if delimiter == "tab" { t!(imports.tab).to_owned() } else { delimiter };
    let said = Verdict::of(counts, committed);
    let invites = kind == ImportKind::Employees && counts.create > 0 && said == Verdict::Good;
    let wrong = tn!(counts.rejected, imports.one_wrong, imports.wrong);
    let bring_in = move |()| {
        import.bring_in(
            move |file, report| imports::import_list(report.kind, &file.bytes, &report.digest),
            move |report| {
                let done = report.counts.create + report.counts.change;
                root.toasts.done(tn!(done, imports.one_done, imports.done));
            },
        );
    };
    let all =
        rows.into_iter().map(|row| (row.outcome, Row::new(row.row.to_string(), show(kind, row)))).collect();
    html! {
        {verdict(said, counts, &wrong)}
        {(said == Verdict::Good).then(|| html! {
            {invites.then(|| html! { <p>{t!(imports.invitations)}</p> })}
            {import.not_brought_in()}
            <div class="buttons"><ImportButton import on_click=bring_in/></div>
        })}
        <div class="faint below">
            <p>{t!(imports.read_as, encoding = encoding_word(&encoding), delimiter = delimiter)}</p>
            {unused}
        </div>
        {by_outcome(counts, t!(imports.all), all, |rows| html! {
            <Table label=t!(imports.rows) head=vec![
                Column::new(t!(imports.row)),
                Column::new(t!(imports.about)),
                Column::new(t!(imports.outcome)),
                Column::new(t!(imports.what)),
            ]>
                {rows}
            </Table>
        })}
    }
}

fn encoding_word(encoding: &str) -> &'static str {
    match encoding {
        "windows-1252" => "Windows-1252",
        "utf-16" => "UTF-16",
        _ => "UTF-8",
    }
}

fn show(kind: ImportKind, row: ImportRow) -> impl Fn() -> AnyView + Send + Sync + 'static {
    move || {
        let ImportRow { row, key, outcome, changes, problems, warnings, number } = row.clone();
        // What is refused does not change.
        let changes = if outcome == ImportOutcome::Rejected { Vec::new() } else { changes };
        let lines: Vec<AnyView> = problems
            .into_iter()
            .map(|problem| said(header(&problem.field), problem.detail, "changes__wrong"))
            .chain(changes.into_iter().map(|change| {
                let (label, text) = change_words(kind, change);
                said(label, text, "")
            }))
            .chain(warnings.into_iter().map(|warning| said(None, warning.detail, "changes__warning")))
            .collect();
        html! {
            <tr>
                <td>{row}</td>
                <th scope="row">
                    {if key.is_empty() { "–".to_owned() } else { key }}
                    {number.map(|number| html! { <span class="cell-detail">{number}</span> })}
                </th>
                <td><OutcomeBadge outcome/></td>
                <td>{lines_of(lines, "changes")}</td>
            </tr>
        }
    }
}

/// What happens, line by line, if anything does.
pub fn lines_of(lines: Vec<AnyView>, class: &'static str) -> Option<AnyView> {
    (!lines.is_empty()).then(|| html! { <ul class=class>{lines}</ul> })
}

/// One line of what is wrong or changes.
pub fn said(label: Option<&'static str>, text: String, class: &'static str) -> AnyView {
    let label = label.map(|label| html! { <span class="changes__label">{format!("{label}: ")}</span> });
    html! { <li class=class>{label}{text}</li> }
}

fn change_words(kind: ImportKind, change: ImportedChange) -> (Option<&'static str>, String) {
    let ImportedChange { field, from, to } = change;
    if kind == ImportKind::Memberships {
        let text = match from {
            Some(group) => t!(imports.leaves, name = group),
            None => t!(imports.joins, name = to),
        };
        return (None, text);
    }
    let to = value(&field, to);
    let text = match from {
        Some(from) => t!(imports.becomes, from = value(&field, from), to = to),
        None => to,
    };
    (header(&field), text)
}

/// What people read for a value of the wire.
fn value(field: &str, value: String) -> String {
    if value.is_empty() {
        return t!(form.empty).to_owned();
    }
    let known = match field {
        "language" => value.parse::<Language>().ok().map(|language| words::language(language).to_owned()),
        "visibility" => value.parse::<Visibility>().ok().map(|known| words::visibility(known).to_owned()),
        "roles" => value
            .split(" | ")
            .map(|role| role.parse::<Role>().ok().map(words::role))
            .collect::<Option<Vec<_>>>()
            .map(|roles| roles.join(", ")),
        "groups" | "allow" | "deny" => Some(value.replace(" | ", ", ")),
        _ => None,
    };
    known.unwrap_or(value)
}
