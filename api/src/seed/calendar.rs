//! When everything was made: the last three years, up to a given day.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use contract::Day;

use crate::mail::message::local_time::in_amsterdam;

const DAYS: i64 = 3 * 365;
/// In its first month the office brings its running dossiers over, one in five of all it will have.
const BEGINNING: i64 = 30;
const BROUGHT_OVER: usize = 5;

/// How many dossiers and cases an office makes, and so when each of them.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    now: NaiveDateTime,
    dossiers: usize,
    cases: usize,
    dossier_years: Vec<(i32, usize)>,
    case_years: Vec<(i32, usize)>,
}

/// The day of a moment, in the Netherlands.
pub(super) fn day(at: NaiveDateTime) -> Day {
    in_amsterdam(at.and_utc()).date()
}

/// Moves a moment; one that does not exist stays where it is.
pub(super) fn later(at: NaiveDateTime, by: TimeDelta) -> NaiveDateTime {
    at.checked_add_signed(by).unwrap_or(at)
}

/// That part of a time which lies as far along as `position` in `of`.
pub(super) fn share(of_time: TimeDelta, position: usize, of: usize) -> TimeDelta {
    let wide = |number: usize| i128::try_from(number).unwrap_or(i128::MAX);
    let micros = i128::from(of_time.num_microseconds().unwrap_or(0)) * wide(position) / wide(of.max(1));
    TimeDelta::microseconds(i64::try_from(micros).unwrap_or(0))
}

impl Calendar {
    /// Ends at the end of the office hours of the day `now`.
    pub(super) fn new(now: NaiveDate, dossiers: usize, cases: usize) -> Self {
        let now = now.and_hms_opt(16, 0, 0).unwrap_or_default();
        let mut calendar = Self { now, dossiers, cases, dossier_years: Vec::new(), case_years: Vec::new() };
        calendar.dossier_years = calendar.years(dossiers, |calendar, index| calendar.dossier(index));
        calendar.case_years = calendar.years(cases, |calendar, index| calendar.case(index));
        calendar
    }

    /// When all this ends.
    pub(super) const fn now(&self) -> NaiveDateTime {
        self.now
    }

    /// When the office began.
    pub(super) fn start(&self) -> NaiveDateTime {
        later(self.now, -TimeDelta::days(DAYS))
    }

    const fn brought_over(&self) -> usize {
        self.dossiers / BROUGHT_OVER
    }

    /// When dossier number `index`, from 0, was made.
    pub(super) fn dossier(&self, index: usize) -> NaiveDateTime {
        let early = self.brought_over();
        let beginning = TimeDelta::days(BEGINNING);
        if index < early {
            return later(self.start(), share(beginning, index, early));
        }
        let rest = share(TimeDelta::days(DAYS - BEGINNING), index - early, self.dossiers - early);
        later(self.start(), beginning + rest)
    }

    /// When case number `index`, from 0, was opened.
    pub(super) fn case(&self, index: usize) -> NaiveDateTime {
        let rest = share(TimeDelta::days(DAYS - BEGINNING), index, self.cases);
        // One second later than a dossier of that moment, and for people to see that it is.
        later(self.start(), TimeDelta::days(BEGINNING) + rest + TimeDelta::seconds(1))
    }

    /// How many dossiers there are when case number `index` is opened: at least one.
    pub(super) fn dossiers_at(&self, index: usize) -> usize {
        let early = self.brought_over();
        let (later, index) = (self.dossiers - early, u128::try_from(index).unwrap_or(0));
        let since =
            u128::try_from(later).unwrap_or(0) * index / u128::try_from(self.cases.max(1)).unwrap_or(1);
        (early + usize::try_from(since).unwrap_or(0)).max(1)
    }

    /// Each year, with the first of `count` things that falls in it.
    fn years(&self, count: usize, moment: impl Fn(&Self, usize) -> NaiveDateTime) -> Vec<(i32, usize)> {
        let year = |index| day(moment(self, index)).year();
        let mut years: Vec<(i32, usize)> = Vec::new();
        let mut first = 0;
        while first < count {
            let this = year(first);
            years.push((this, first));
            let (mut low, mut high) = (first, count);
            while low < high {
                let middle = low + (high - low) / 2;
                if year(middle) <= this {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            first = low;
        }
        years
    }

    fn number(years: &[(i32, usize)], index: usize) -> (i32, usize) {
        let found = years.iter().rev().find(|(_, first)| *first <= index);
        found.map_or((0, index + 1), |(year, first)| (*year, index - first + 1))
    }

    /// A dossier's number as people see it (D1).
    pub(super) fn dossier_number(&self, index: usize) -> String {
        let (year, count) = Self::number(&self.dossier_years, index);
        format!("{year}-{count:06}")
    }

    /// A case's number as people see it (C3).
    pub(super) fn case_number(&self, index: usize) -> String {
        let (year, count) = Self::number(&self.case_years, index);
        format!("Z{year}-{count:06}")
    }

    /// The last number given out, for each kind of counter and year.
    pub(super) fn counters(&self) -> Vec<(&'static str, i32, usize)> {
        let of = |kind, years: &[(i32, usize)], count: usize| {
            let next = years.iter().skip(1).map(|(_, first)| *first).chain([count]);
            years
                .iter()
                .zip(next)
                .map(|((year, first), next)| (kind, *year, next - first))
                .collect::<Vec<_>>()
        };
        [of("dossier", &self.dossier_years, self.dossiers), of("case", &self.case_years, self.cases)].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar::new(NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(), 1000, 1700)
    }

    #[test]
    fn everything_comes_in_order_and_cases_only_in_dossiers_that_are_there() {
        let calendar = calendar();
        for index in 1..1000 {
            assert!(calendar.dossier(index - 1) < calendar.dossier(index), "{index}");
        }
        for index in 0..1700 {
            assert!(index == 0 || calendar.case(index - 1) < calendar.case(index), "{index}");
            let newest = calendar.dossiers_at(index) - 1;
            assert!(newest < 1000 && calendar.dossier(newest) < calendar.case(index), "{index}");
            assert!(calendar.case(index) < calendar.now(), "{index}");
        }
    }

    #[test]
    fn numbers_count_from_one_in_every_year_and_the_counters_know_the_last() {
        let calendar = calendar();
        assert_eq!(calendar.dossier_number(0), "2023-000001");
        let mut last = std::collections::BTreeMap::new();
        for index in 0..1700 {
            let number = calendar.case_number(index);
            let (year, count) = number[1..].split_once('-').unwrap();
            let (year, count) = (year.parse::<i32>().unwrap(), count.parse::<usize>().unwrap());
            assert_eq!(year, day(calendar.case(index)).year());
            assert_eq!(last.insert(year, count).unwrap_or(0) + 1, count, "{number}");
        }
        assert_eq!(last.len(), 4);
        let counted = calendar.counters().into_iter().filter(|(kind, ..)| *kind == "case");
        assert_eq!(
            counted.map(|(_, year, last)| (year, last)).collect::<std::collections::BTreeMap<_, _>>(),
            last
        );
    }
}
