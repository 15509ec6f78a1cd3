//! Moments as people in the Netherlands read them.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use contract::Language;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// A moment in Dutch local time, to the minute: "24 november 2026 om 14:05", "24 November 2026 at 14:05".
pub fn local_time(moment: DateTime<Utc>, language: Language) -> String {
    let local = in_amsterdam(moment);
    match language {
        Language::Dutch => {
            let month = usize::try_from(local.month0()).ok().and_then(|month| MONTHS.get(month));
            format!("{} {} {}", local.day(), month.unwrap_or(&""), local.format("%Y om %H:%M"))
        }
        Language::English => local.format("%-d %B %Y at %H:%M").to_string(),
    }
}

/// A moment as the clocks in the Netherlands and Belgium show it.
pub fn in_amsterdam(moment: DateTime<Utc>) -> NaiveDateTime {
    let utc = moment.naive_utc();
    let hours = if is_summer(utc) { 2 } else { 1 };
    utc.checked_add_signed(TimeDelta::hours(hours)).unwrap_or(utc)
}

/// Summer time lasts from the last Sunday of March to the last Sunday of October, at 01:00 UTC both.
fn is_summer(utc: NaiveDateTime) -> bool {
    let change = |month| last_sunday(utc.year(), month).and_then(|day| day.and_hms_opt(1, 0, 0));
    matches!((change(3), change(10)), (Some(begin), Some(end)) if begin <= utc && utc < end)
}

/// Of a month that has 31 days.
fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().days_since(Weekday::Sun))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_the_one_on_the_wall() {
        for (utc, nl, en) in [
            ("2026-11-24T13:05:59Z", "24 november 2026 om 14:05", "24 November 2026 at 14:05"),
            ("2026-07-01T22:30:00Z", "2 juli 2026 om 00:30", "2 July 2026 at 00:30"),
            ("2026-12-31T23:00:00Z", "1 januari 2027 om 00:00", "1 January 2027 at 00:00"),
            // The clock goes forward on 29 March 2026 and back on 25 October 2026.
            ("2026-03-29T00:59:59Z", "29 maart 2026 om 01:59", "29 March 2026 at 01:59"),
            ("2026-03-29T01:00:00Z", "29 maart 2026 om 03:00", "29 March 2026 at 03:00"),
            ("2026-10-25T00:59:59Z", "25 oktober 2026 om 02:59", "25 October 2026 at 02:59"),
            ("2026-10-25T01:00:00Z", "25 oktober 2026 om 02:00", "25 October 2026 at 02:00"),
            // A year in which 31 March is a Sunday.
            ("2030-03-31T00:59:59Z", "31 maart 2030 om 01:59", "31 March 2030 at 01:59"),
            ("2030-03-31T01:00:00Z", "31 maart 2030 om 03:00", "31 March 2030 at 03:00"),
        ] {
            let moment = utc.parse().unwrap();
            assert_eq!(local_time(moment, Language::Dutch), nl);
            assert_eq!(local_time(moment, Language::English), en);
        }
    }

    #[test]
    fn the_ends_of_time_are_no_trouble() {
        for moment in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(!local_time(moment, Language::Dutch).is_empty());
        }
    }
}
