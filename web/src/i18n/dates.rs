//! Dates as people here write them: "21 nov 2026". How long ago or ahead only ever stands beside the date.

use chrono::{Datelike, Timelike};
use contract::{Day, Moment};
use js_sys::Date;

use super::{Locale, locale, t, tn};

const MONTHS_NL: [&str; 12] =
    ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// "21 nov 2026".
pub fn day(day: Day) -> String {
    let months = match locale() {
        Locale::nl => MONTHS_NL,
        Locale::en => MONTHS_EN,
    };
    let month = months.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// "21 nov 2026, 14:05", on the clock of the reader.
pub fn moment(moment: Moment) -> String {
    let local = local(moment);
    format!("{}, {:02}:{:02}", day(local.date()), local.hour(), local.minute())
}

/// The day of a moment, on the calendar of the reader.
pub fn day_of(moment: Moment) -> Day {
    local(moment).date()
}

/// Today, on the calendar of the reader.
pub fn today() -> Day {
    local(now()).date()
}

/// How many minutes until a moment; the last one counts until it is over.
pub fn minutes_until(moment: Moment) -> i64 {
    (moment - now()).num_seconds().saturating_add(59) / 60
}

fn now() -> Moment {
    // `Date::now` is the browser's clock; Rust has none here.
    Moment::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

fn local(moment: Moment) -> chrono::NaiveDateTime {
    let date = Date::new(&(moment.timestamp_millis() as f64).into());
    moment.naive_utc() - chrono::TimeDelta::minutes(date.get_timezone_offset() as i64)
}

/// How many days from today, negative when past.
pub fn days_until(day: Day) -> i64 {
    (day - today()).num_days()
}

/// "vandaag", "over 3 dagen", "2 dagen te laat".
pub fn due(day: Day) -> String {
    match days_until(day) {
        0 => t!(common.today).to_owned(),
        1 => t!(common.tomorrow).to_owned(),
        days if days > 0 => t!(common.in_days, count = days),
        days => tn!(-days, common.one_day_late, common.days_late),
    }
}

/// "zojuist", "12 minuten geleden", "3 uur geleden", and days from a day on.
pub fn since(moment: Moment) -> String {
    match (now() - moment).num_minutes() {
        minutes if minutes < 1 => t!(common.just_now).to_owned(),
        minutes if minutes < 60 => tn!(minutes, common.one_minute_ago, common.minutes_ago),
        minutes if minutes < 24 * 60 => tn!(minutes / 60, common.one_hour_ago, common.hours_ago),
        _ => ago(moment),
    }
}

/// "zojuist", "vandaag 14:02", "gisteren 14:02", "21 nov 2026, 14:05".
pub fn lately(at: Moment) -> String {
    let local = local(at);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    match days_until(local.date()) {
        _ if (now() - at).num_minutes() < 2 => t!(common.just_now).to_owned(),
        0 => t!(common.today_at, time = time),
        -1 => t!(common.yesterday_at, time = time),
        _ => moment(at),
    }
}

/// "vandaag", "3 dagen geleden".
pub fn ago(moment: Moment) -> String {
    match -days_until(day_of(moment)) {
        days if days <= 0 => t!(common.today).to_owned(),
        1 => t!(common.yesterday).to_owned(),
        days => t!(common.days_ago, count = days),
    }
}
