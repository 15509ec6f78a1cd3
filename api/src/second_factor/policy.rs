//! Codes by the clock (RFC 6238: SHA-1, six digits, thirty seconds), and of whom one is asked.

use chrono::NaiveDateTime;
use contract::{Role, SessionKind};
use ring::hmac;

use crate::secrets::same;

/// How long one code is shown, in seconds.
const PERIOD: i64 = 30;
/// The bytes of a secret, as many as SHA-1 has.
pub const SECRET_BYTES: usize = 20;

/// The number of the code that is shown at a moment.
pub fn step_at(now: NaiveDateTime) -> i64 {
    now.and_utc().timestamp().div_euclid(PERIOD)
}

/// The code of a step.
pub fn code_of(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let at = bytes.last().map_or(0, |last| usize::from(last & 0xF));
    let number = bytes.iter().skip(at).take(4).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte))
        & 0x7FFF_FFFF;
    format!("{:06}", number % 1_000_000)
}

/// The step whose code was typed: the one of now, or its neighbour on either side, for a clock that is not quite
/// right; never one that was used, nor an older one.
pub fn step_of(secret: &[u8], typed: &str, now: NaiveDateTime, used: i64) -> Option<i64> {
    let step = step_at(now);
    let fitting = [step, step - 1, step + 1].map(|step| same(&code_of(secret, step), typed).then_some(step));
    fitting.into_iter().flatten().find(|step| *step > used)
}

/// A code as it was typed: only its letters and digits count.
pub fn tidied(typed: &str) -> String {
    typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether it can be one of the app's, and else a recovery code.
pub fn is_from_app(tidied: &str) -> bool {
    tidied.len() == 6 && tidied.bytes().all(|c| c.is_ascii_digit())
}

/// Of whom an office requires one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Of every employee.
    pub everyone: bool,
    /// Of who has one of these roles.
    pub roles: Vec<Role>,
}

impl Requirement {
    /// Whether it holds for someone with these roles.
    pub fn holds_for(&self, roles: &[Role]) -> bool {
        self.everyone || roles.iter().any(|role| self.roles.contains(role))
    }
}

/// Where someone stands with their second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether they have one.
    pub on: bool,
    /// Whether the office requires one of them.
    pub required: bool,
}

impl Standing {
    /// What the right password gives.
    pub const fn session(self) -> SessionKind {
        match self {
            Self { on: true, .. } => SessionKind::SecondFactor,
            Self { on: false, required: true } => SessionKind::SecondFactorSetup,
            Self { on: false, required: false } => SessionKind::Full,
        }
    }
}

/// Base32 (RFC 4648) in groups of four, as apps take it.
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    let mut add = |five: u32| {
        text.extend((text.len() % 5 == 4).then_some(' '));
        text.extend(ALPHABET.get(five as usize & 31).copied().map(char::from));
    };
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            add(buffer >> bits);
        }
    }
    if bits > 0 {
        add(buffer << (5 - bits));
    }
    text
}

/// The address that tells an app all it needs to know.
pub fn uri(issuer: &str, account: &str, secret: &str) -> String {
    // A colon stands between the two.
    let (issuer, account) = (escaped(&issuer.replace(':', " ")), escaped(&account.replace(':', " ")));
    let secret = secret.replace(' ', "");
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={PERIOD}"
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(byte.into()),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn the_codes_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_of(secret, step_at(moment(seconds))), code, "{seconds}");
        }
    }

    #[test]
    fn a_neighbouring_code_is_good_and_a_used_or_older_one_is_not() {
        let (secret, now) = (b"12345678901234567890", moment(1_234_567_890));
        let step = step_at(now);
        let code = |away: i64| code_of(secret, step + away);
        for away in [-1, 0, 1] {
            assert_eq!(step_of(secret, &code(away), now, 0), Some(step + away));
            assert_eq!(step_of(secret, &code(away), now, step + away), None, "used");
        }
        for away in [-3, -2, 2, 3] {
            assert_eq!(step_of(secret, &code(away), now, 0), None, "{away}");
        }
        assert_eq!(step_of(secret, &code(-1), now, step), None, "older than what was used");
        assert_eq!(step_of(secret, &code(1), now, step), Some(step + 1));
        assert_eq!(step_of(secret, "", now, 0), None);
    }

    #[test]
    fn the_right_password_gives_what_is_on_or_required() {
        let kind = |on, required| Standing { on, required }.session();
        assert_eq!(kind(true, true), SessionKind::SecondFactor);
        assert_eq!(kind(true, false), SessionKind::SecondFactor);
        assert_eq!(kind(false, true), SessionKind::SecondFactorSetup);
        assert_eq!(kind(false, false), SessionKind::Full);
    }

    #[test]
    fn base32_of_the_standard_in_groups() {
        for (bytes, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW 6YTB OI")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(base32(&[0; SECRET_BYTES]).len(), 32 + 7);
    }

    #[test]
    fn the_address_holds_nothing_that_ends_it() {
        assert_eq!(
            uri("Werkbak (Sint: Fryslân & co)", "jan@friesland", "MZXW 6YTB"),
            "otpauth://totp/Werkbak%20%28Sint%20%20Frysl%C3%A2n%20%26%20co%29:jan%40friesland?secret=MZXW6YTB\
             &issuer=Werkbak%20%28Sint%20%20Frysl%C3%A2n%20%26%20co%29&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn what_is_typed_over_or_read_aloud_is_understood() {
        assert_eq!(tidied(" 123 456 "), "123456");
        assert_eq!(tidied("Kdrw-XBTM hjcz"), "kdrwxbtmhjcz");
        assert!(
            is_from_app("123456") && !is_from_app("12345a") && !is_from_app("1234567") && !is_from_app("")
        );
    }
}
