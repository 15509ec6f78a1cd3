//! When a session ends by itself (S7).

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// How long a session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without a request that a person asked for.
    pub idle: Duration,
    /// At the most, whatever happens in it.
    pub length: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle: Duration::from_secs(30 * MINUTE), length: Duration::from_secs(12 * HOUR) }
    }
}

impl Limits {
    /// Reads them from the environment; what is wrong is added to `wrong`.
    pub fn read(get: impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Self {
        let usual = Self::default();
        let mut read = |name: &str, usual: Duration, allowed: RangeInclusive<u64>| {
            setting(&get, name, usual, allowed, wrong)
        };
        let idle = read("WERKBAK_SESSION_IDLE", usual.idle, 5..=24 * HOUR);
        let length = read("WERKBAK_SESSION_LENGTH", usual.length, MINUTE..=7 * 24 * HOUR);
        let (Some(idle), Some(length)) = (idle, length) else { return usual };
        if idle > length {
            wrong.push("WERKBAK_SESSION_IDLE is longer than WERKBAK_SESSION_LENGTH".to_owned());
        }
        Self { idle, length }
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (idle, length) = (words(self.idle.as_secs()), words(self.length.as_secs()));
        write!(f, "end after {idle} without use, and after {length} at the latest")
    }
}

/// A time from the environment, `allowed` being seconds; `None` when it is wrong, and `wrong` says so.
pub fn setting(
    get: impl Fn(&str) -> Option<String>,
    name: &str,
    usual: Duration,
    allowed: RangeInclusive<u64>,
    wrong: &mut Vec<String>,
) -> Option<Duration> {
    let Some(text) = get(name) else { return Some(usual) };
    let duration = parse(&text).filter(|duration| allowed.contains(&duration.as_secs()));
    if duration.is_none() {
        let (least, most) = (words(*allowed.start()), words(*allowed.end()));
        wrong.push(format!("{name} is a time such as 45m or 8h, from {least} to {most}"));
    }
    duration
}

/// `45m`, `8h`, `90s`.
fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => MINUTE,
        "h" => HOUR,
        _ => return None,
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse::<u64>().ok()?.checked_mul(seconds).map(Duration::from_secs)
}

/// As one writes it here.
fn words(seconds: u64) -> String {
    match seconds {
        0 => "0s".to_owned(),
        seconds if seconds.is_multiple_of(HOUR) => format!("{}h", seconds / HOUR),
        seconds if seconds.is_multiple_of(MINUTE) => format!("{}m", seconds / MINUTE),
        seconds => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(idle: &str, length: &str) -> Result<Limits, Vec<String>> {
        let mut wrong = Vec::new();
        let get = |name: &str| {
            let value = if name == "WERKBAK_SESSION_IDLE" { idle } else { length };
            (!value.is_empty()).then(|| value.to_owned())
        };
        let limits = Limits::read(get, &mut wrong);
        if wrong.is_empty() { Ok(limits) } else { Err(wrong) }
    }

    #[test]
    fn limits_are_times_that_make_sense() {
        assert_eq!(read("", "").unwrap(), Limits::default());
        assert_eq!(
            read("", "").unwrap().to_string(),
            "end after 30m without use, and after 12h at the latest"
        );
        let limits = read("45m", "8h").unwrap();
        assert_eq!((limits.idle.as_secs(), limits.length.as_secs()), (45 * 60, 8 * 3600));
        assert_eq!(read("90s", "").unwrap().idle.as_secs(), 90);
        for nonsense in ["30", "m", "-5m", "+5m", "1.5h", "0m", "1s", "25h", "é", "99999999999999999999h"] {
            assert_eq!(read(nonsense, "").unwrap_err().len(), 1, "{nonsense}");
        }
        assert_eq!(read("soon", "1y").unwrap_err().len(), 2);
        assert!(read("2h", "1h").unwrap_err()[0].contains("longer than"));
    }
}
