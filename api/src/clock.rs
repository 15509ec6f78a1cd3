//! The time, in the precision that both databases keep.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};

/// Now, in whole microseconds.
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// Now as the databases store it: UTC without a zone.
pub fn stamp() -> NaiveDateTime {
    now().naive_utc()
}

/// Today, in the Netherlands and Belgium: a case opened just after midnight there starts that day.
pub fn today() -> NaiveDate {
    crate::mail::message::local_time::in_amsterdam(now()).date()
}
