use chrono::NaiveDateTime;
use contract::EmployeeId;
use diesel::prelude::*;

use crate::access::Tx;
use crate::clock;
use crate::db::Conn;
use crate::db::failures::is_unique_violation;
use crate::db::schema::idempotency_keys;
use crate::http::reply::Written;
use crate::problem::{Outcome, Problem};

#[derive(Queryable, Insertable)]
#[diesel(table_name = idempotency_keys)]
struct Row {
    employee_id: EmployeeId,
    key: String,
    request_hash: String,
    status: i32,
    body: String,
    etag: Option<String>,
    location: Option<String>,
    created_at: NaiveDateTime,
}

pub(super) fn find(tx: &mut Tx<'_>, key: &str) -> Outcome<Option<(String, Written)>> {
    let row: Option<Row> = idempotency_keys::table
        .filter(idempotency_keys::employee_id.eq(tx.actor.id))
        .filter(idempotency_keys::key.eq(key))
        .first(tx.conn)
        .optional()?;
    Ok(row.map(|row| {
        let status = u16::try_from(row.status).unwrap_or(200);
        (row.request_hash, Written { status, body: row.body, etag: row.etag, location: row.location })
    }))
}

pub(super) fn insert(tx: &mut Tx<'_>, key: &str, hash: &str, written: &Written) -> Outcome<()> {
    let inserted = diesel::insert_into(idempotency_keys::table)
        .values(Row {
            employee_id: tx.actor.id,
            key: key.to_owned(),
            request_hash: hash.to_owned(),
            status: i32::from(written.status),
            body: written.body.clone(),
            etag: written.etag.clone(),
            location: written.location.clone(),
            created_at: clock::stamp(),
        })
        .execute(tx.conn);
    match inserted {
        Ok(_) => Ok(()),
        // The same request arrived twice at once and the other was first: run again, and replay its answer.
        Err(error) if is_unique_violation(&error) => Err(Problem::busy().run_again()),
        Err(error) => Err(error.into()),
    }
}

/// Forgets answers older than a moment; returns how many.
pub fn forget(conn: &mut Conn, before: NaiveDateTime) -> Outcome<usize> {
    Ok(diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before)))
        .execute(conn)?)
}
