use contract::{ImportKind, ImportOutcome, ImportRow, Language};

use super::{CaseTypesFile, ListFile, Result, connect_current, out};
use crate::access::{Actor, Tx};
use crate::case_types::import::{self, ImportedCaseType, Item};
use crate::case_types::revise::{self, Effect};
use crate::config::Config;
use crate::db::{transaction, undone};
use crate::events::By;
use crate::problem::Problem;
use crate::{imports, offices};

/// The terminal's language.
fn language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.starts_with("nl") => Language::Dutch,
        _ => Language::English,
    }
}

fn read(file: &std::path::Path, most: usize) -> Result<Vec<u8>> {
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    let size = std::fs::metadata(file).map_err(told)?.len();
    if size > most as u64 {
        return Err(format!("{}: larger than {} MB", file.display(), most / 1024 / 1024));
    }
    std::fs::read(file).map_err(told)
}

fn describe(language: Language, effect: Effect, case_type: &ImportedCaseType) -> String {
    let effect = match (language, effect) {
        (Language::Dutch, Effect::Created) => "nieuw".to_owned(),
        (Language::English, Effect::Created) => "new".to_owned(),
        (Language::Dutch, Effect::Revised(revision)) => format!("gewijzigd, wordt versie {revision}"),
        (Language::English, Effect::Revised(revision)) => format!("changed, becomes revision {revision}"),
        (Language::Dutch, Effect::Unchanged) => "ongewijzigd".to_owned(),
        (Language::English, Effect::Unchanged) => "unchanged".to_owned(),
    };
    let checks: usize = case_type.steps.iter().map(|step| step.checks.len()).sum();
    let (steps, results) = (case_type.steps.len(), case_type.result_types.len());
    let contents = match language {
        Language::Dutch => format!("{steps} stappen, {checks} controlevragen, {results} resultaattypen"),
        Language::English => format!("{steps} steps, {checks} checks, {results} result types"),
    };
    format!("  {}  {}: {effect} ({contents})", case_type.code, case_type.name)
}

pub(super) fn case_types(config: &Config, arguments: &CaseTypesFile) -> Result<()> {
    let language = language();
    let dutch = language == Language::Dutch;
    let export = import::parse(&read(&arguments.file, import::MOST_BYTES)?)
        .map_err(|error| error.message(language))?;
    let mut conn = connect_current(config)?;
    let office = offices::store::by_code(&mut conn, &arguments.office)
        .map_err(|problem| problem.to_string())?
        .ok_or_else(|| format!("there is no office with the code {}", arguments.office))?;
    let mut good = Vec::new();
    let mut rejected = 0;
    for item in &export.items {
        match item {
            Item::CaseType(case_type) => {
                let plan =
                    revise::plan(&mut conn, office.id, case_type).map_err(|problem| problem.to_string())?;
                out(&describe(language, plan.effect, &plan.case_type))?;
                if plan.order_kept {
                    let steps: Vec<&str> =
                        plan.case_type.steps.iter().map(|step| step.name.as_str()).collect();
                    let label =
                        if dutch { "volgorde blijft zoals verbeterd" } else { "order stays as corrected" };
                    out(&format!("    {label}: {}", steps.join(" → ")))?;
                }
                good.push(case_type);
            }
            Item::Rejected(item) => {
                rejected += 1;
                let name = item.code.as_deref().or(item.name.as_deref()).unwrap_or("?");
                let label = if dutch { "afgekeurd" } else { "rejected" };
                out(&format!("  {name}: {label} (XML {})", item.line))?;
                for problem in &item.problems {
                    out(&format!("    - {}", problem.get(language)))?;
                }
            }
        }
    }
    if rejected > 0 && !arguments.without_rejected {
        return Err(if dutch {
            format!(
                "{rejected} van {} zaaktypen afgekeurd; er is niets gewijzigd. Met --without-rejected worden \
                 de andere wel ingelezen.",
                export.items.len()
            )
        } else {
            format!(
                "{rejected} of {} case types rejected; nothing was changed. With --without-rejected the \
                 others are brought in.",
                export.items.len()
            )
        });
    }
    if arguments.dry_run {
        return out(if dutch { "Proef: er is niets gewijzigd." } else { "Dry run: nothing was changed." });
    }
    let by = By { office_id: Some(office.id), employee_id: None, address: "command line".to_owned() };
    let effects = transaction(&mut conn, |conn| {
        good.iter()
            .map(|case_type| revise::bring_in(conn, office.id, case_type, &by).map(|(_, effect)| effect))
            .collect::<std::result::Result<Vec<_>, _>>()
    })
    .map_err(|problem| problem.to_string())?;
    let count = |wanted: fn(&Effect) -> bool| effects.iter().filter(|effect| wanted(effect)).count();
    let created = count(|effect| *effect == Effect::Created);
    let revised = count(|effect| matches!(effect, Effect::Revised(_)));
    let unchanged = count(|effect| *effect == Effect::Unchanged);
    out(&if dutch {
        format!("Zaaktypen: {created} nieuw, {revised} gewijzigd, {unchanged} ongewijzigd.")
    } else {
        format!("Case types: {created} new, {revised} changed, {unchanged} unchanged.")
    })
}

fn row(language: Language, row: &ImportRow) -> Vec<String> {
    let dutch = language == Language::Dutch;
    let outcome = match (row.outcome, dutch) {
        (ImportOutcome::Create, true) => "nieuw",
        (ImportOutcome::Create, false) => "new",
        (ImportOutcome::Change, true) => "gewijzigd",
        (ImportOutcome::Change, false) => "changed",
        (ImportOutcome::Unchanged, true) => "ongewijzigd",
        (ImportOutcome::Unchanged, false) => "unchanged",
        (ImportOutcome::Rejected, true) => "afgekeurd",
        (ImportOutcome::Rejected, false) => "rejected",
    };
    let label = if dutch { "rij" } else { "row" };
    let number = row.number.as_deref().map(|number| format!(" ({number})")).unwrap_or_default();
    let mut lines = vec![format!("  {label} {}  {}: {outcome}{number}", row.row, row.key)];
    if row.outcome == ImportOutcome::Change {
        lines.extend(row.changes.iter().map(|change| {
            format!("    {}: {} -> {}", change.field, change.from.as_deref().unwrap_or_default(), change.to)
        }));
    }
    lines.extend(row.problems.iter().map(|problem| format!("    - {}: {}", problem.field, problem.detail)));
    lines.extend(row.warnings.iter().map(|warning| format!("    ! {}", warning.detail)));
    lines
}

/// What a refusal says at a terminal: everything that is wrong.
fn told(problem: Problem, language: Language) -> String {
    let wire = problem.into_wire(language, None);
    let errors = wire.errors.iter().map(|error| format!("- {}", error.detail));
    std::iter::once(wire.detail.clone()).chain(errors).collect::<Vec<_>>().join("\n")
}

pub(super) fn list(config: &Config, kind: ImportKind, arguments: &ListFile) -> Result<()> {
    let language = language();
    let dutch = language == Language::Dutch;
    let bytes = read(&arguments.file, imports::sheet::MOST_BYTES)?;
    let mut conn = connect_current(config)?;
    let office = offices::store::by_code(&mut conn, &arguments.office)
        .map_err(|problem| told(problem, language))?
        .ok_or_else(|| format!("there is no office with the code {}", arguments.office))?;
    let actor = Actor::command_line(office.id);
    let table = imports::Table::read(kind, &bytes, language).map_err(|problem| told(problem, language))?;
    let run = |conn: &mut crate::db::Conn| {
        let mut tx = Tx { conn, actor: &actor, language, address: None, writing: true, refused: false };
        imports::run(&mut tx, &table)
    };
    // What is shown is what happens: it is one transaction, undone when it is a trial or anything is rejected.
    let mut rehearsed = None;
    let outcome = if arguments.dry_run {
        undone(&mut conn, run)
    } else {
        transaction(&mut conn, |conn| {
            let report = run(conn)?;
            let good = imports::require_good(&report);
            rehearsed = Some(report.clone());
            good.map(|()| report)
        })
    };
    let report = match (outcome, rehearsed) {
        (Ok(report), _) | (Err(_), Some(report)) => report,
        (Err(problem), None) => return Err(told(problem, language)),
    };
    for column in report.columns.iter().filter(|column| column.field.is_none()) {
        let label = if dutch { "Deze kolom wordt niet gebruikt" } else { "This column is not used" };
        out(&format!("{label}: {}", column.header))?;
    }
    for shown in report.rows.iter().filter(|row| row.outcome != ImportOutcome::Unchanged) {
        for line in row(language, shown) {
            out(&line)?;
        }
    }
    let counts = report.counts;
    out(&if dutch {
        format!(
            "{} nieuw, {} gewijzigd, {} ongewijzigd, {} afgekeurd.",
            counts.create, counts.change, counts.unchanged, counts.rejected
        )
    } else {
        format!(
            "{} new, {} changed, {} unchanged, {} rejected.",
            counts.create, counts.change, counts.unchanged, counts.rejected
        )
    })?;
    match (counts.rejected > 0, arguments.dry_run) {
        (true, _) => Err(if dutch { "Er is niets gewijzigd." } else { "Nothing was changed." }.to_owned()),
        (false, true) => {
            out(if dutch { "Proef: er is niets gewijzigd." } else { "Dry run: nothing was changed." })
        }
        (false, false) => Ok(()),
    }
}
