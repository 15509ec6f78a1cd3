//! What a password must be (S5) and how a username is written (P2).

use contract::validation::FieldCode;
use contract::{Errors, Text};

use crate::text::fold;

/// After this many consecutive failures the account is locked: the 11th locks (S2).
pub const ATTEMPTS: i32 = 11;

/// A username as typed at sign-in: `jdevries@zaanstad`, or without the office where there is only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInName {
    /// Folded username.
    pub username: String,
    /// Folded office code.
    pub office: Option<String>,
}

impl SignInName {
    /// Reads what was typed.
    pub fn parse(typed: &str) -> Self {
        match typed.rsplit_once('@') {
            Some((username, office)) => Self { username: fold(username), office: Some(fold(office)) },
            None => Self { username: fold(typed), office: None },
        }
    }
}

/// What is said of a current password that is wrong.
pub fn not_your_password() -> Text {
    Text::new("Dit is niet uw huidige wachtwoord.", "This is not your current password.")
}

/// Refuses a password that is easy to guess, knowing the person's and the office's words (S5).
pub fn check_strength(password: &str, words: &[&str], errors: &mut Errors) {
    // Beyond this length nothing is easy to guess, and estimating takes long.
    let estimated: String = password.chars().take(72).collect();
    // Each word whole, in parts, and without what stands between the parts: "Jan de Vries" is also
    // "jandevries".
    let mut parts: Vec<String> = ["werkbak", "wachtwoord", "welkom", "gemeente"].map(str::to_owned).to_vec();
    for word in words.iter().map(|word| fold(word)) {
        parts.extend(
            word.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1).map(str::to_owned),
        );
        parts.push(word.chars().filter(|c| c.is_alphanumeric()).collect());
        parts.push(word);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    if zxcvbn::zxcvbn(&estimated, &parts).score() < zxcvbn::Score::Three {
        errors.add(
            "password",
            FieldCode::Weak,
            Text::new(
                "Dit wachtwoord is makkelijk te raden. Gebruik bijvoorbeeld vier losse woorden die niet bij elkaar horen.",
                "This password is easy to guess. Use four unrelated words, for example.",
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_follows_the_last_at_sign() {
        let name = |username: &str, office: Option<&str>| SignInName {
            username: username.to_owned(),
            office: office.map(str::to_owned),
        };
        assert_eq!(SignInName::parse(" JdeVries@Zaanstad "), name("jdevries", Some("zaanstad")));
        assert_eq!(SignInName::parse("jdevries"), name("jdevries", None));
        assert_eq!(SignInName::parse("a@b@c"), name("a@b", Some("c")));
    }

    #[test]
    fn guessable_passwords_are_refused() {
        let weak = |password: &str| {
            let mut errors = Errors::default();
            check_strength(password, &["jdevries", "Jan de Vries", "Zaanstad"], &mut errors);
            !errors.is_empty()
        };
        assert!(weak("wachtwoord123"));
        assert!(weak("wachtwoord12345"));
        assert!(weak("jandevries2026"));
        assert!(weak("Zaanstad2026!"));
        assert!(weak("jdevries1234"));
        assert!(weak("aaaaaaaaaaaa"));
        assert!(!weak("lantaarn fiets oker dinsdag"));
        assert!(!weak("fg93-kqzp-81vm-xd27"));
    }
}
