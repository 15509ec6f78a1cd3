//! The format itself: which elements of an i-Navigator export say what.
//!
//! ```text
//! dsp
//!   preambule/specificatieversie          ICR1.5.13
//!   processen/proces[id]
//!     velden/…                            what the process says of itself
//!     statustypen/statustype[volgnummer]
//!       velden/…
//!       checks/check[volgnummer]/velden/…
//!     resultaattypen/resultaattype[volgnummer]/velden/…
//! ```
//!
//! The same names occur in many other places of the file, so only these very paths count.

use contract::Text;

use super::checking::check;
use super::xml::{Element, Xml};
use super::{ImportError, Item, MOST_PROCESSES};

/// The version that is understood: of `ICR1.5.13`, the part that says what the elements mean.
const VERSION: (&str, &str) = ("1", "5");
/// The most siblings of one kind that are kept, so that a file of nothing but tiny elements stays small in
/// memory; real exports have about ten.
pub(super) const MOST_SIBLINGS: usize = 200;

const PROCESS_FIELDS: &[&str] = &[
    "actief",
    "kernomschrijving",
    "naam",
    "toelichting-proces",
    "afdoeningstermijn",
    "afdoeningstermijn-eenheid",
    "vertrouwelijkheid",
];
const STEP_FIELDS: &[&str] = &["actief", "naam", "toelichting"];
const CHECK_FIELDS: &[&str] = &["actief", "naam", "vraag", "verplicht"];
const RESULT_FIELDS: &[&str] = &["actief", "naam", "waardering", "bewaartermijn", "bewaartermijn-eenheid"];

/// The fields of one thing that matter here and have a value.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(&'static str, String)>);

impl Fields {
    /// A field's value, trimmed; none if it is absent, `xsi:nil` or blank.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field says *Nee*.
    pub(super) fn denies(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("nee"))
    }
}

/// A step, check or result type as it is written.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) number: Option<String>,
    pub(super) fields: Fields,
    /// The checks of a step; empty otherwise.
    pub(super) checks: Siblings,
}

/// Things of one kind that stand side by side.
#[derive(Debug, Default)]
pub(super) struct Siblings {
    pub(super) kept: Vec<Raw>,
    /// Whether there were more than [`MOST_SIBLINGS`].
    pub(super) too_many: bool,
}

/// A process as it is written.
#[derive(Debug, Default)]
pub(super) struct RawProcess {
    pub(super) line: usize,
    pub(super) code: Option<String>,
    pub(super) fields: Fields,
    pub(super) steps: Siblings,
    pub(super) results: Siblings,
}

/// Reads the processes of an export, each with the line it begins on. One process at a time is in memory
/// besides what was made of the others.
pub(super) fn read(text: &str) -> Result<Vec<(usize, Item)>, ImportError> {
    let mut xml = Xml::new(text);
    if xml.root()?.name() != "dsp" {
        return Err(xml.error(Text::new(
            "Dit is geen export van i-Navigator: het eerste element is niet ‘dsp’.",
            "This is not an i-Navigator export: its first element is not ‘dsp’.",
        )));
    }
    let mut version_known = false;
    let mut items = Vec::new();
    let mut processes = 0;
    while let Some(element) = xml.child()? {
        match element.name() {
            "preambule" => version_known |= read_preamble(&mut xml)?,
            "processen" => {
                if !version_known {
                    return Err(no_version(&mut xml));
                }
                while let Some(element) = xml.child()? {
                    if element.name() != "proces" {
                        xml.skip()?;
                        continue;
                    }
                    processes += 1;
                    if processes > MOST_PROCESSES {
                        return Err(xml.error(Text::new(
                            format!("Het bestand heeft meer dan {MOST_PROCESSES} processen."),
                            format!("The file has more than {MOST_PROCESSES} processes."),
                        )));
                    }
                    let process = read_process(&mut xml, &element)?;
                    items.extend(check(&process).map(|item| (process.line, item)));
                }
            }
            _ => xml.skip()?,
        }
    }
    xml.finish()?;
    if version_known { Ok(items) } else { Err(no_version(&mut xml)) }
}

fn no_version(xml: &mut Xml<'_>) -> ImportError {
    xml.error(Text::new(
        "Het bestand zegt niet volgens welke specificatie het is gemaakt (‘specificatieversie’).",
        "The file does not say which specification it follows (‘specificatieversie’).",
    ))
}

/// Whether the preamble has a version that is understood; another version is an error.
fn read_preamble(xml: &mut Xml<'_>) -> Result<bool, ImportError> {
    let mut known = false;
    while let Some(element) = xml.child()? {
        if element.name() != "specificatieversie" || element.is_nil() {
            xml.skip()?;
            continue;
        }
        let version = xml.text()?;
        let version = version.trim();
        if !understood(version) {
            let version = excerpt(version);
            let (major, minor) = VERSION;
            return Err(xml.error(Text::new(
                format!(
                    "Het bestand volgt specificatie ‘{version}’; alleen ICR{major}.{minor} wordt gelezen."
                ),
                format!("The file follows specification ‘{version}’; only ICR{major}.{minor} is read."),
            )));
        }
        known = true;
    }
    Ok(known)
}

fn understood(version: &str) -> bool {
    let mut parts = version.strip_prefix("ICR").unwrap_or_default().split('.');
    parts.next() == Some(VERSION.0) && parts.next() == Some(VERSION.1)
}

fn read_process(xml: &mut Xml<'_>, element: &Element) -> Result<RawProcess, ImportError> {
    let mut process = RawProcess {
        line: xml.line(),
        code: element.attribute("id").map(str::to_owned),
        ..RawProcess::default()
    };
    while let Some(element) = xml.child()? {
        match element.name() {
            "velden" => read_fields(xml, PROCESS_FIELDS, &mut process.fields)?,
            "statustypen" => read_siblings(xml, "statustype", STEP_FIELDS, &mut process.steps)?,
            "resultaattypen" => read_siblings(xml, "resultaattype", RESULT_FIELDS, &mut process.results)?,
            _ => xml.skip()?,
        }
    }
    Ok(process)
}

fn read_siblings(
    xml: &mut Xml<'_>,
    name: &str,
    wanted: &'static [&'static str],
    siblings: &mut Siblings,
) -> Result<(), ImportError> {
    while let Some(element) = xml.child()? {
        if element.name() != name {
            xml.skip()?;
        } else if siblings.kept.len() == MOST_SIBLINGS {
            siblings.too_many = true;
            xml.skip()?;
        } else {
            let mut raw =
                Raw { number: element.attribute("volgnummer").map(str::to_owned), ..Raw::default() };
            while let Some(element) = xml.child()? {
                match element.name() {
                    "velden" => read_fields(xml, wanted, &mut raw.fields)?,
                    "checks" if name == "statustype" => {
                        read_siblings(xml, "check", CHECK_FIELDS, &mut raw.checks)?;
                    }
                    _ => xml.skip()?,
                }
            }
            siblings.kept.push(raw);
        }
    }
    Ok(())
}

/// Reads the children of `velden`. Should a field occur twice, the first counts.
fn read_fields(
    xml: &mut Xml<'_>,
    wanted: &'static [&'static str],
    fields: &mut Fields,
) -> Result<(), ImportError> {
    while let Some(element) = xml.child()? {
        let wanted = wanted.iter().find(|name| **name == element.name());
        let Some(name) = wanted.filter(|name| !element.is_nil() && fields.get(name).is_none()) else {
            xml.skip()?;
            continue;
        };
        let text = xml.text()?;
        let text = text.trim();
        if !text.is_empty() {
            fields.0.push((name, text.to_owned()));
        }
    }
    Ok(())
}

/// The beginning of something from the file, fit to be quoted in one line.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 100;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if line.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
