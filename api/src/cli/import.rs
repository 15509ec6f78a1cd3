use contract::Language;

use super::{CaseTypesFile, Result, connect_current, out};
use crate::case_types::import::{self, ImportedCaseType, Item};
use crate::case_types::revise::{self, Effect};
use crate::config::Config;
use crate::db::transaction;
use crate::events::By;
use crate::offices;

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

fn read(file: &std::path::Path) -> Result<Vec<u8>> {
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    let size = std::fs::metadata(file).map_err(told)?.len();
    if size > import::MOST_BYTES as u64 {
        return Err(format!("{}: larger than {} MB", file.display(), import::MOST_BYTES / 1024 / 1024));
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
    let export = import::parse(&read(&arguments.file)?).map_err(|error| error.message(language))?;
    let mut conn = connect_current(config)?;
    let office = offices::store::by_code(&mut conn, &arguments.office)
        .map_err(|problem| problem.to_string())?
        .ok_or_else(|| format!("there is no office with the code {}", arguments.office))?;
    let mut good = Vec::new();
    let mut rejected = 0;
    for item in &export.items {
        match item {
            Item::CaseType(case_type) => {
                let effect = revise::foresee(&mut conn, office.id, case_type)
                    .map_err(|problem| problem.to_string())?;
                out(&describe(language, effect, case_type))?;
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
