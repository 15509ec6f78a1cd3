//! Dutch and English.

use crate::text_enum::text_enum;

text_enum! {
    /// A language people read Werkbak in; Dutch unless they choose otherwise.
    #[derive(Default)]
    Language {
        /// Dutch.
        #[default]
        Dutch = "nl",
        /// English.
        English = "en",
    }
}

impl Language {
    /// The best language for an `Accept-Language` header; Dutch when it names neither.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (Self::Dutch, 0.0_f32);
        for range in accept_language.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q=").map(str::to_owned))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let language = match tag.split('-').next() {
                Some("nl") => Self::Dutch,
                Some("en") => Self::English,
                _ => continue,
            };
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A sentence in both languages.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { nl: nl.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.nl,
            Language::English => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_preferred_known_language_wins() {
        for (header, expected) in [
            ("", Language::Dutch),
            ("en", Language::English),
            ("fr, en;q=0.5", Language::English),
            ("nl-BE, en;q=0.9", Language::Dutch),
            ("nl;q=0.2, en-GB;q=0.8", Language::English),
            ("fr", Language::Dutch),
            ("en;q=x, nl;q=0.1", Language::Dutch),
        ] {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }
}
