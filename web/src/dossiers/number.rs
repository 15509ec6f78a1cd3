//! The number of a dossier as people type it.

/// Whether this is a whole number, `2026-000123`, and not a part of one.
pub fn is_whole(text: &str) -> bool {
    let digits =
        |part: &str, least: usize| part.len() >= least && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('-').is_some_and(|(year, rest)| year.len() == 4 && digits(year, 4) && digits(rest, 6))
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn a_whole_number_is_told_from_a_part_and_from_a_name() {
        for text in ["2026-000001", "2026-1000000"] {
            assert!(is_whole(text), "{text}");
        }
        for text in ["", "2026", "2026-", "2026-00001", "26-000001", "2026-00000a", "Gezin - 000001"] {
            assert!(!is_whole(text), "{text}");
        }
    }
}
