//! What was measured: a page for people and the same figures for programs.

use std::fmt::Write;
use std::fs;

use crate::error::{Context, Result};
use crate::shell::Shell;

/// One figure that is promised.
pub struct Figure {
    pub target: String,
    pub value: f64,
    pub unit: &'static str,
    pub limit: f64,
    pub met: bool,
}

impl Figure {
    pub fn at_least(target: String, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { target, value, unit, limit, met: value >= limit }
    }

    pub fn below(target: String, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { target, value, unit, limit, met: value < limit }
    }
}

/// Writes `docs/<name>.md` and `docs/<name>.json`.
pub fn write(shell: &Shell, name: &str, text: &str, figures: &[Figure]) -> Result {
    let mut page = format!("{text}\n| what | measured | limit | |\n|---|---|---|---|\n");
    let mut lines = Vec::new();
    for Figure { target, value, unit, limit, met } in figures {
        let verdict = if *met { "met" } else { "**missed**" };
        let _ = writeln!(page, "| {target} | {value:.1} {unit} | {limit:.0} {unit} | {verdict} |");
        lines.push(format!(
            "  {{\"target\": \"{target}\", \"value\": {value:.1}, \"unit\": \"{unit}\", \"limit\": {limit:.0}, \"met\": {met}}}"
        ));
    }
    let file = |ending: &str| shell.path(format!("docs/{name}.{ending}"));
    fs::write(file("md"), page).context("writing the report")?;
    fs::write(file("json"), format!("[\n{}\n]\n", lines.join(",\n"))).context("writing the report")
}
