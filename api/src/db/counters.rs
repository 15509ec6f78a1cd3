//! Numbers that people see: consecutive per office, kind and year (D1, C3).

use chrono::Datelike;
use contract::OfficeId;
use diesel::prelude::*;

use super::Conn;
use super::failures::is_unique_violation;
use super::schema::counters;
use crate::clock;
use crate::problem::{Outcome, Problem};

/// The next number of a kind: the year and the count, from 1. Nobody else gets it; when the transaction
/// fails, the next one does.
pub fn next(conn: &mut Conn, office: OfficeId, kind: &str) -> Outcome<(i32, i64)> {
    let year = clock::today().year();
    let counted: Option<i64> = diesel::update(
        counters::table
            .filter(counters::office_id.eq(office))
            .filter(counters::kind.eq(kind))
            .filter(counters::year.eq(year)),
    )
    .set(counters::last.eq(counters::last + 1))
    .returning(counters::last)
    .get_result(conn)
    .optional()?;
    if let Some(last) = counted {
        return Ok((year, last));
    }
    let started = diesel::insert_into(counters::table)
        .values((
            counters::office_id.eq(office),
            counters::kind.eq(kind),
            counters::year.eq(year),
            counters::last.eq(1),
        ))
        .execute(conn);
    match started {
        Ok(_) => Ok((year, 1)),
        Err(error) if is_unique_violation(&error) => Err(Problem::busy().run_again()),
        Err(error) => Err(error.into()),
    }
}
