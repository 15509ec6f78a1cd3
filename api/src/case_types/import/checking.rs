//! What a process must be to become a case type: everything wrong with it is collected, none hides another.

use contract::{ArchiveAction, Confidentiality, Term, TermUnit, Text};

use super::inavigator::{Fields, MOST_SIBLINGS, Raw, RawProcess, Siblings, excerpt};
use super::{ImportedCaseType, ImportedCheck, ImportedResultType, ImportedStep, Item, Rejected};

/// The longest code and name, in characters.
const LONGEST_CODE: usize = 100;
const LONGEST_NAME: usize = 200;
/// The longest question, in characters.
const LONGEST_QUESTION: usize = 2_000;
/// The longest description and explanation, in characters.
const LONGEST_TEXT: usize = 10_000;
/// The longest term, in any unit.
const LONGEST_TERM: u32 = 9_999;
/// How many problems of one process are told.
const MOST_PROBLEMS: usize = 20;

/// What becomes of a process; nothing if it is no longer in use.
pub(super) fn check(process: &RawProcess) -> Option<Item> {
    if process.fields.denies("actief") {
        return None;
    }
    let mut problems = Problems::default();
    let whole = Place::new("", "");
    let code = problems.code(process.code.as_deref());
    problems.in_use(&whole, &process.fields);
    let name = problems.name(&whole, &process.fields, "kernomschrijving");
    let description = ["toelichting-proces", "naam"]
        .into_iter()
        .find(|field| process.fields.get(field).is_some())
        .map(|field| problems.text(&whole, &process.fields, field, LONGEST_TEXT))
        .unwrap_or_default();
    let processing_term =
        problems.term(&whole, &process.fields, "afdoeningstermijn", "afdoeningstermijn-eenheid");
    let confidentiality = problems.word(&whole, &process.fields, "vertrouwelijkheid", confidentiality);
    let steps = steps(&mut problems, &process.steps);
    let result_types = result_types(&mut problems, &process.results);

    let item = match confidentiality {
        Some(confidentiality) if problems.found.is_empty() => Item::CaseType(ImportedCaseType {
            code,
            name,
            description,
            processing_term,
            confidentiality,
            steps,
            result_types,
        }),
        _ => Item::Rejected(Rejected {
            code: process.code.as_deref().map(excerpt),
            name: process.fields.get("kernomschrijving").map(excerpt),
            line: process.line,
            problems: problems.into_vec(),
        }),
    };
    Some(item)
}

fn steps(problems: &mut Problems, written: &Siblings) -> Vec<ImportedStep> {
    let steps = problems.in_order(&Place::new("Stap", "Step"), written);
    if steps.is_empty() && !written.too_many {
        problems.add(&Place::new("", ""), "er zijn geen stappen in gebruik.", "no steps are in use.");
    }
    steps
        .into_iter()
        .map(|(place, raw)| ImportedStep {
            name: problems.name(&place, &raw.fields, "naam"),
            explanation: problems.text(&place, &raw.fields, "toelichting", LONGEST_TEXT),
            checks: checks(problems, &place, &raw.checks),
        })
        .collect()
}

fn checks(problems: &mut Problems, step: &Place, written: &Siblings) -> Vec<ImportedCheck> {
    problems
        .in_order(&step.and("controlevraag", "check"), written)
        .into_iter()
        .map(|(place, raw)| ImportedCheck {
            name: problems.name(&place, &raw.fields, "naam"),
            question: problems.required(&place, &raw.fields, "vraag", LONGEST_QUESTION),
            required: problems.word(&place, &raw.fields, "verplicht", yes_or_no).unwrap_or_default(),
        })
        .collect()
}

fn result_types(problems: &mut Problems, written: &Siblings) -> Vec<ImportedResultType> {
    problems
        .in_order(&Place::new("Resultaattype", "Result type"), written)
        .into_iter()
        .filter_map(|(place, raw)| {
            let name = problems.name(&place, &raw.fields, "naam");
            let archive_action = problems.word(&place, &raw.fields, "waardering", archive_action);
            let retention = problems.term(&place, &raw.fields, "bewaartermijn", "bewaartermijn-eenheid");
            Some(ImportedResultType { name, archive_action: archive_action?, retention })
        })
        .collect()
}

fn confidentiality(word: &str) -> Option<Confidentiality> {
    word.replace(' ', "_").parse().ok()
}

fn archive_action(word: &str) -> Option<ArchiveAction> {
    match word {
        "vernietigen" => Some(ArchiveAction::Destroy),
        "bewaren" | "blijvend bewaren" => Some(ArchiveAction::Keep),
        _ => None,
    }
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    }
}

fn unit(word: &str) -> Option<TermUnit> {
    match word {
        "dag" | "dagen" => Some(TermUnit::Day),
        "week" | "weken" => Some(TermUnit::Week),
        "maand" | "maanden" => Some(TermUnit::Month),
        "jaar" | "jaren" => Some(TermUnit::Year),
        _ => None,
    }
}

/// A whole number without a sign.
fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Where in a process something is wrong: "Stap 3, controlevraag 2".
#[derive(Debug, Clone)]
struct Place(Text);

impl Place {
    fn new(nl: &str, en: &str) -> Self {
        Self(Text::new(nl, en))
    }

    fn called(&self, what: &str) -> Self {
        Self(Text::new(format!("{} {what}", self.0.nl), format!("{} {what}", self.0.en)))
    }

    fn and(&self, nl: &str, en: &str) -> Self {
        Self(Text::new(format!("{}, {nl}", self.0.nl), format!("{}, {en}", self.0.en)))
    }
}

#[derive(Debug, Default)]
struct Problems {
    found: Vec<Text>,
    left_out: usize,
}

impl Problems {
    fn add(&mut self, place: &Place, nl: impl AsRef<str>, en: impl AsRef<str>) {
        if self.found.len() == MOST_PROBLEMS {
            self.left_out += 1;
            return;
        }
        self.found.push(Text::new(sentence(&place.0.nl, nl.as_ref()), sentence(&place.0.en, en.as_ref())));
    }

    fn into_vec(mut self) -> Vec<Text> {
        match self.left_out {
            0 => {}
            1 => self.found.push(Text::new("En nog 1 probleem.", "And 1 more problem.")),
            more => self
                .found
                .push(Text::new(format!("En nog {more} problemen."), format!("And {more} more problems."))),
        }
        self.found
    }

    fn code(&mut self, code: Option<&str>) -> String {
        let whole = Place::new("", "");
        match code {
            None => self.add(&whole, "het attribuut ‘id’ ontbreekt.", "the attribute ‘id’ is missing."),
            Some(code) => self.sound(&whole, "id", code, LONGEST_CODE),
        }
        code.unwrap_or_default().to_owned()
    }

    /// Complains about a text that is too long or unreadable.
    fn sound(&mut self, place: &Place, field: &str, value: &str, most: usize) {
        if value.chars().count() > most {
            self.add(
                place,
                format!("‘{field}’ is langer dan {most} tekens."),
                format!("‘{field}’ is longer than {most} characters."),
            );
        }
        if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.add(
                place,
                format!("in ‘{field}’ staan onleesbare tekens."),
                format!("‘{field}’ contains unreadable characters."),
            );
        }
    }

    /// A text that may be absent.
    fn text(&mut self, place: &Place, fields: &Fields, field: &str, most: usize) -> String {
        let value = fields.get(field).unwrap_or_default();
        self.sound(place, field, value, most);
        value.to_owned()
    }

    fn required(&mut self, place: &Place, fields: &Fields, field: &str, most: usize) -> String {
        if fields.get(field).is_none() {
            self.missing(place, field);
        }
        self.text(place, fields, field, most)
    }

    /// A name: required, and on one line however the file breaks it.
    fn name(&mut self, place: &Place, fields: &Fields, field: &str) -> String {
        let name = self.required(place, fields, field, LONGEST_NAME);
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn missing(&mut self, place: &Place, field: &str) {
        self.add(place, format!("‘{field}’ ontbreekt."), format!("‘{field}’ is missing."));
    }

    fn unknown(&mut self, place: &Place, field: &str, value: &str) {
        let value = excerpt(value);
        self.add(
            place,
            format!("‘{field}’ heeft een onbekende waarde: ‘{value}’."),
            format!("‘{field}’ has an unknown value: ‘{value}’."),
        );
    }

    /// A required field with one of a few words, whatever their case and whether `_` or a space parts them.
    fn word<T>(
        &mut self,
        place: &Place,
        fields: &Fields,
        field: &str,
        meaning: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = fields.get(field) else {
            self.missing(place, field);
            return None;
        };
        let word = value.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let meaning = meaning(&word);
        if meaning.is_none() {
            self.unknown(place, field, value);
        }
        meaning
    }

    /// `actief` says *Ja*, or nothing.
    fn in_use(&mut self, place: &Place, fields: &Fields) {
        if fields.get("actief").is_some() {
            self.word(place, fields, "actief", yes_or_no);
        }
    }

    /// A term, of which the amount decides whether there is one.
    fn term(&mut self, place: &Place, fields: &Fields, amount: &str, of: &str) -> Option<Term> {
        let value = fields.get(amount)?;
        let found = number(value).filter(|amount| *amount <= LONGEST_TERM);
        if found.is_none() {
            let value = excerpt(value);
            self.add(
                place,
                format!("‘{amount}’ is geen getal van 0 tot en met {LONGEST_TERM}: ‘{value}’."),
                format!("‘{amount}’ is not a number from 0 to {LONGEST_TERM}: ‘{value}’."),
            );
        }
        if fields.get(of).is_some_and(|unit| unit.to_lowercase().starts_with("werkdag")) {
            // Counting these as calendar days would set a deadline that is too early.
            self.add(
                place,
                format!("‘{of}’ is in werkdagen; termijnen zijn in dagen, weken, maanden of jaren."),
                format!("‘{of}’ is in working days; terms are in days, weeks, months or years."),
            );
            return None;
        }
        let unit = self.word(place, fields, of, unit);
        Some(Term { amount: found?, unit: unit? })
    }

    /// Those in use, by *volgnummer*, each with its place; also those without a usable number, so that what
    /// else is wrong with them is told at once.
    fn in_order<'a>(&mut self, kind: &Place, written: &'a Siblings) -> Vec<(Place, &'a Raw)> {
        if written.too_many {
            self.add(
                kind,
                format!("er zijn er meer dan {MOST_SIBLINGS}."),
                format!("there are more than {MOST_SIBLINGS}."),
            );
        }
        let mut found: Vec<(Option<u32>, Place, &Raw)> = Vec::new();
        for raw in written.kept.iter().filter(|raw| !raw.fields.denies("actief")) {
            let number = raw.number.as_deref().and_then(number);
            let place = match (number, raw.fields.get("naam")) {
                (Some(number), _) => kind.called(&number.to_string()),
                (None, Some(name)) => kind.called(&format!("‘{}’", excerpt(name))),
                (None, None) => kind.clone(),
            };
            match (&raw.number, number) {
                (_, Some(_)) => {}
                (None, None) => self.add(
                    &place,
                    "het attribuut ‘volgnummer’ ontbreekt.",
                    "the attribute ‘volgnummer’ is missing.",
                ),
                (Some(text), None) => {
                    let text = excerpt(text);
                    self.add(
                        &place,
                        format!("‘volgnummer’ is geen getal: ‘{text}’."),
                        format!("‘volgnummer’ is not a number: ‘{text}’."),
                    );
                }
            }
            self.in_use(&place, &raw.fields);
            found.push((number, place, raw));
        }
        found.sort_by_key(|(number, ..)| *number);
        for pair in found.windows(2) {
            if let [(Some(before), ..), (Some(after), place, _)] = pair
                && before == after
            {
                self.add(place, "dit volgnummer komt vaker voor.", "this number occurs more than once.");
            }
        }
        found.into_iter().map(|(_, place, raw)| (place, raw)).collect()
    }
}

/// "Stap 3: ‘naam’ ontbreekt." or, of the whole, "‘naam’ ontbreekt." beginning with a capital.
fn sentence(place: &str, what: &str) -> String {
    if !place.is_empty() {
        return format!("{place}: {what}");
    }
    let mut chars = what.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
