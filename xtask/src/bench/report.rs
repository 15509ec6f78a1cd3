//! What was measured: a page for people and the same figures for programs.

use std::fmt::Write;
use std::fs;

use crate::error::{Context, Result};
use crate::shell::Shell;

/// One figure that is promised.
#[derive(Clone, Debug)]
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

    pub fn at_most(target: String, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { target, value, unit, limit, met: value <= limit }
    }

    pub fn below(target: String, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { target, value, unit, limit, met: value < limit }
    }

    pub fn exactly(target: String, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { target, value, unit, limit, met: (value - limit).abs() < f64::EPSILON }
    }
}

/// All that one run measured.
#[derive(Debug, Default)]
pub struct Report {
    /// In Markdown.
    text: String,
    figures: Vec<Figure>,
    /// What could not be measured, and why.
    failures: Vec<String>,
}

impl Report {
    pub fn say(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref());
        self.text.push_str("\n\n");
    }

    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let _ = writeln!(self.text, "| {} |\n|{}", head.join(" | "), "---|".repeat(head.len()));
        for row in rows {
            let _ = writeln!(self.text, "| {} |", row.join(" | "));
        }
        self.text.push('\n');
    }

    pub fn promise(&mut self, figure: Figure) {
        self.figures.push(figure);
    }

    pub fn failed(&mut self, what: String) {
        self.failures.push(what);
    }

    /// How many promises are not kept, those that could not be measured included.
    pub fn missed(&self) -> usize {
        self.figures.iter().filter(|figure| !figure.met).count() + self.failures.len()
    }

    /// The page, with what people noted about what is missed.
    pub fn page(&self, notes: Option<&str>) -> String {
        let mut page = format!("{}## All figures\n\n", self.text);
        page.push_str("| what | measured | limit | |\n|---|---|---|---|\n");
        for Figure { target, value, unit, limit, met } in &self.figures {
            let verdict = if *met { "met" } else { "**missed**" };
            let (value, limit) = (number(*value), number(*limit));
            let _ = writeln!(page, "| {target} | {value} {unit} | {limit} {unit} | {verdict} |");
        }
        if !self.failures.is_empty() {
            page.push_str("\n## Not measured\n\n");
            for failure in &self.failures {
                let _ = writeln!(page, "- {}", failure.replace('\n', " "));
            }
        }
        if let Some(notes) = notes {
            let _ = write!(page, "\n{}\n", notes.trim());
        }
        page
    }

    fn json(&self) -> String {
        let line = |Figure { target, value, unit, limit, met }: &Figure| {
            let (target, value, limit) = (serde_json::json!(target), number(*value), number(*limit));
            format!(
                "  {{\"target\": {target}, \"value\": {value}, \"unit\": \"{unit}\", \"limit\": {limit}, \"met\": {met}}}"
            )
        };
        format!("[\n{}\n]\n", self.figures.iter().map(line).collect::<Vec<_>>().join(",\n"))
    }

    /// Writes `docs/<name>.md` and `docs/<name>.json`.
    pub fn write(&self, shell: &Shell, name: &str) -> Result {
        let file = |ending: &str| shell.path(format!("docs/{name}{ending}"));
        let notes = fs::read_to_string(file("-notes.md")).ok();
        fs::write(file(".md"), self.page(notes.as_deref())).context("writing the report")?;
        fs::write(file(".json"), self.json()).context("writing the report")?;
        shell.say(format!("Wrote docs/{name}.md and .json."));
        Ok(())
    }
}

/// As precise as is useful.
pub fn number(value: f64) -> String {
    if value.abs() >= 100.0 || value.fract() == 0.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::default();
        report.say("# Speed");
        report.table(&["class", "per second"], &[vec!["broad".to_owned(), "7".to_owned()]]);
        report.promise(Figure::at_least("kept".to_owned(), 86.26, "%", 60.0));
        report.promise(Figure::at_most("quick".to_owned(), 15.5, "ms", 15.0));
        report.promise(Figure::exactly("won".to_owned(), 100.0, "claims", 100.0));
        report
    }

    #[test]
    fn programs_get_the_figures_as_json() {
        let read: serde_json::Value = serde_json::from_str(&report().json()).unwrap();
        assert_eq!(
            read[0],
            serde_json::json!({ "target": "kept", "value": 86.3, "unit": "%", "limit": 60, "met": true })
        );
        assert_eq!(read[1]["met"], false);
        assert_eq!(read.as_array().unwrap().len(), 3);
    }

    #[test]
    fn people_get_a_page_with_what_was_noted() {
        let page = report().page(Some("## Missed, and what was tried\n\nA lot.\n"));
        assert!(
            page.starts_with("# Speed\n\n| class | per second |\n|---|---|\n| broad | 7 |\n\n## All"),
            "{page}"
        );
        assert!(page.contains("| quick | 15.5 ms | 15 ms | **missed** |"), "{page}");
        assert!(page.ends_with("\n\n## Missed, and what was tried\n\nA lot.\n"), "{page}");
    }

    #[test]
    fn what_was_not_measured_is_missed() {
        let mut report = report();
        assert_eq!(report.missed(), 1);
        report.failed("claims: no tray".to_owned());
        assert_eq!(report.missed(), 2);
        assert!(report.page(None).contains("## Not measured\n\n- claims: no tray\n"));
    }
}
