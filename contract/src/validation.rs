//! The checks on input that server and app both run. All errors are collected, none hides another.

use chrono::Datelike;

use crate::text_enum::text_enum;
use crate::{Day, FieldError, Language, Text};

text_enum! {
    /// What can be wrong with one field.
    FieldCode {
        /// Required, and absent or only white space.
        Blank = "blank",
        /// Longer than allowed.
        TooLong = "too-long",
        /// Shorter than allowed.
        TooShort = "too-short",
        /// Not of the required form.
        Malformed = "malformed",
        /// Names something this office does not have.
        Unknown = "unknown",
        /// Stands twice in a list.
        Duplicate = "duplicate",
        /// Does not go together with another field.
        Contradiction = "contradiction",
        /// Too easy to guess (S5).
        Weak = "weak",
        /// Not within the allowed range.
        OutOfRange = "out-of-range",
        /// Must be repeated, because it cannot be undone (C9) or explains an exception (C8).
        ReasonRequired = "reason-required",
        /// Names more than one thing.
        Ambiguous = "ambiguous",
        /// Would leave work behind (P4).
        WouldStrandWork = "would-strand-work",
        /// Would leave the office without an administrator (P5).
        LastAdministrator = "last-administrator",
        /// Names someone who is not active.
        NotEligible = "not-eligible",
    }
}

/// Collects everything wrong with a request.
#[derive(Debug, Clone, Default)]
pub struct Errors {
    language: Language,
    found: Vec<FieldError>,
}

impl Errors {
    /// No errors yet; texts will be in `language`.
    pub fn new(language: Language) -> Self {
        Self { language, found: Vec::new() }
    }

    /// Notes one error.
    pub fn add(&mut self, field: impl Into<String>, code: FieldCode, text: Text) {
        self.found.push(FieldError { field: field.into(), code, detail: text.get(self.language).to_owned() });
    }

    /// A required text of at most `most` characters, trimmed.
    pub fn required(&mut self, field: &str, value: &str, most: usize) -> String {
        let value = value.trim();
        if value.chars().all(is_invisible) {
            self.add(field, FieldCode::Blank, Text::new("Vul dit in.", "Fill this in."));
        }
        self.optional(field, value, most)
    }

    /// A text of at most `most` characters, trimmed, possibly empty.
    pub fn optional(&mut self, field: &str, value: &str, most: usize) -> String {
        let value = value.trim();
        if value.chars().count() > most {
            self.add(
                field,
                FieldCode::TooLong,
                Text::new(
                    format!("Gebruik hoogstens {most} tekens."),
                    format!("Use at most {most} characters."),
                ),
            );
        }
        if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.add(
                field,
                FieldCode::Malformed,
                Text::new("Hier staan onleesbare tekens in.", "This contains unreadable characters."),
            );
        }
        value.to_owned()
    }

    /// A required text of one line, such as a name: no line breaks, and nothing that turns the direction of
    /// what stands around it in a list (G1).
    pub fn line(&mut self, field: &str, value: &str, most: usize) -> String {
        let value = self.required(field, value, most);
        self.one_line(field, &value);
        value
    }

    /// The same, possibly empty.
    pub fn optional_line(&mut self, field: &str, value: &str, most: usize) -> String {
        let value = self.optional(field, value, most);
        self.one_line(field, &value);
        value
    }

    fn one_line(&mut self, field: &str, value: &str) {
        // Other control characters are refused everywhere.
        let breaks = |c| matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}');
        let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if value.chars().any(|c| breaks(c) || turns(c)) {
            self.add(
                field,
                FieldCode::Malformed,
                Text::new(
                    "Gebruik één regel, zonder onzichtbare tekens.",
                    "Use one line, without invisible characters.",
                ),
            );
        }
    }

    /// A reason that must be given (C8, C9).
    pub fn reason(&mut self, field: &str, value: &str) -> String {
        if value.trim().is_empty() {
            self.add(field, FieldCode::ReasonRequired, Text::new("Geef een reden.", "Give a reason."));
        }
        self.optional(field, value, 2000)
    }

    /// A date that can be meant: in the years 1900 to 2200. Beyond, the databases do not agree on what there
    /// is, nor on the order.
    pub fn day(&mut self, field: &str, value: Option<Day>) {
        if value.is_some_and(|day| !is_plausible(day)) {
            self.add(
                field,
                FieldCode::OutOfRange,
                Text::new(
                    "Kies een datum in de jaren 1900 tot en met 2200.",
                    "Choose a date in the years 1900 to 2200.",
                ),
            );
        }
    }

    /// An e-mail address, trimmed.
    pub fn email(&mut self, field: &str, value: &str) -> String {
        let value = self.required(field, value, 254);
        if !value.is_empty() && !is_address(&value) {
            self.add(
                field,
                FieldCode::Malformed,
                Text::new("Dit is geen e-mailadres.", "This is not an e-mail address."),
            );
        }
        value
    }

    /// A username: letters, digits and `. - _`, at most 64, no `@` (people sign in as `name@office`, P2).
    pub fn username(&mut self, field: &str, value: &str) -> String {
        let value = self.required(field, value, 64);
        if !value.is_empty() && !value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) {
            self.add(
                field,
                FieldCode::Malformed,
                Text::new(
                    "Gebruik letters, cijfers, punt, streepje of liggend streepje.",
                    "Use letters, digits, full stop, hyphen or underscore.",
                ),
            );
        }
        value
    }

    /// No value may stand twice.
    pub fn distinct<T: Ord>(&mut self, field: &str, values: &[T]) {
        let mut seen = std::collections::BTreeSet::new();
        for (position, value) in values.iter().enumerate() {
            if !seen.insert(value) {
                self.add(
                    format!("{field}[{position}]"),
                    FieldCode::Duplicate,
                    Text::new("Dit staat er twee keer in.", "This stands here twice."),
                );
            }
        }
    }

    /// What was found.
    pub fn into_vec(self) -> Vec<FieldError> {
        self.found
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Whether nothing is seen of a character: white space, and what Unicode says to ignore where it cannot be
/// shown, with the blank letters of Braille and Hangul.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a date can be meant; see [`Errors::day`].
pub fn is_plausible(day: Day) -> bool {
    (1900..=2200).contains(&day.year())
}

/// Whether mail can be sent there: a dot-atom, and a domain of at least two labels. The server's mail library
/// takes every address that passes; a test of the server compares the two.
fn is_address(value: &str) -> bool {
    let atom = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
    };
    let label = |part: &str| {
        part.len() <= 63
            && part.starts_with(char::is_alphanumeric)
            && part.ends_with(char::is_alphanumeric)
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    value.split_once('@').is_some_and(|(local, domain)| {
        local.len() <= 64
            && local.split('.').all(atom)
            && domain.split('.').count() >= 2
            && domain.split('.').all(label)
    })
}

/// A request that can say everything that is wrong with it, and tidies itself (white space) on the way.
pub trait Validate {
    /// Adds all errors, and trims what people type.
    fn validate(&mut self, errors: &mut Errors);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (value, good) in [
            ("j.devries@zaanstad.nl", true),
            ("  a@b.nl ", true),
            ("a@b", false),
            ("@b.nl", false),
            ("a b@c.nl", false),
            ("a@b@c.nl", false),
            ("a@.nl", false),
            ("jan..b@x.nl", false),
            (".jan@x.nl", false),
            ("jan.@x.nl", false),
            ("jan@-x.nl", false),
            ("jan@x-.nl", false),
            ("o'brien+werk@x-y.nl", true),
            ("", false),
            ("a@b.nl\r\nBcc: x@y.nl", false),
        ] {
            let mut errors = Errors::default();
            errors.email("email", value);
            assert_eq!(errors.is_empty(), good, "{value:?}");
        }
    }

    #[test]
    fn text_is_trimmed_counted_in_characters_and_never_only_space() {
        let mut errors = Errors::default();
        assert_eq!(errors.required("name", "  Wijkteam é ", 9), "Wijkteam é");
        assert_eq!(errors.found.len(), 1);
        let mut errors = Errors::default();
        errors.required("name", " \u{a0} ", 100);
        assert_eq!(errors.found[0].code, FieldCode::Blank);
        for nothing in ["\u{200b}", "\u{2800}\u{3164}", "\u{feff} \u{2066}"] {
            let mut errors = Errors::default();
            errors.required("name", nothing, 100);
            assert_eq!(errors.found[0].code, FieldCode::Blank, "{nothing:?}");
        }
        for (value, good) in
            [("Team\nNoord", false), ("a\u{202e}b", false), ("سلام \u{200c}x 👩\u{200d}🔧", true)]
        {
            let mut errors = Errors::default();
            errors.line("name", value, 100);
            assert_eq!(errors.is_empty(), good, "{value:?}");
        }
    }
}
