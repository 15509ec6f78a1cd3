//! Text as people search and compare it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Trimmed, lower case and without accents: for comparing (G2), sorting and searching, the same on both
/// databases.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for c in text.trim().nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            folded.push(' ');
        }
        folded.extend(c.to_lowercase());
    }
    folded
}

/// A LIKE pattern that finds `text` anywhere; `\` escapes.
pub fn contains_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(text).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_accents_and_extra_space() {
        assert_eq!(fold("  Wijkteam   Ünïé "), "wijkteam unie");
        assert_eq!(fold("ＡＢＣ"), "abc");
        assert_eq!(fold("IJ"), fold("ij"));
    }

    #[test]
    fn patterns_are_literal() {
        assert_eq!(contains_pattern("50%_\\"), "%50\\%\\_\\\\%");
    }
}
