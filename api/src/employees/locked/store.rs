use std::collections::HashMap;

use chrono::NaiveDateTime;
use contract::{EmployeeId, EmployeeRef, EmployeeState, EventId, LockedAccount, OfficeId, Page};
use diesel::prelude::*;

use crate::access::Tx;
use crate::db::Conn;
use crate::db::schema::{employees, events, offices};
use crate::http::paging::Window;
use crate::problem::Outcome;

/// Newest first, then by id.
pub(super) type Newest = (NaiveDateTime, EmployeeId);

#[derive(Queryable)]
struct LockedRow {
    id: EmployeeId,
    name: String,
    username: String,
    email: String,
    locked_at: NaiveDateTime,
    locked_address: Option<String>,
}

/// The office's locked accounts.
pub(super) fn list(tx: &mut Tx<'_>, window: &Window<Newest>) -> Outcome<Page<LockedAccount>> {
    let locked_at = employees::locked_at.assume_not_null();
    let mut query = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::state.eq(EmployeeState::Locked))
        .filter(employees::locked_at.is_not_null())
        .order((employees::locked_at.desc(), employees::id.desc()))
        .limit(window.fetch())
        .select((
            employees::id,
            employees::name,
            employees::username,
            employees::email,
            locked_at,
            employees::locked_address,
        ))
        .into_boxed();
    if let Some((at, id)) = window.after {
        query = query.filter(locked_at.lt(at).or(locked_at.eq(at).and(employees::id.lt(id))));
    }
    let page = window.page(query.load::<LockedRow>(tx.conn)?, |row| (row.locked_at, row.id));
    let from_there = from_there(tx, &page.items)?;
    let items = page.items.into_iter().map(|row| {
        let locked_from = row.locked_address.filter(|address| !address.is_empty());
        LockedAccount {
            employee: EmployeeRef { id: row.id, name: row.name },
            username: row.username,
            email: row.email,
            locked_at: row.locked_at.and_utc(),
            locked_from_there: locked_from
                .as_ref()
                .and_then(|address| from_there.get(address))
                .copied()
                .unwrap_or(1),
            locked_from,
        }
    });
    Ok(Page { items: items.collect(), next: page.next })
}

/// How many of the office's accounts are locked from each of the addresses.
fn from_there(tx: &mut Tx<'_>, rows: &[LockedRow]) -> Outcome<HashMap<String, u32>> {
    let addresses: Vec<&str> = rows.iter().filter_map(|row| row.locked_address.as_deref()).collect();
    let counted: Vec<(Option<String>, i64)> = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::state.eq(EmployeeState::Locked))
        .filter(employees::locked_address.eq_any(addresses))
        .group_by(employees::locked_address)
        .select((employees::locked_address, diesel::dsl::count_star()))
        .load(tx.conn)?;
    let known = |(address, count): (Option<String>, i64)| Some((address?, u32::try_from(count).ok()?));
    Ok(counted.into_iter().filter_map(known).collect())
}

/// An account whose owner has to be told.
#[derive(Debug)]
pub(super) struct Locked {
    pub(super) id: EmployeeId,
    pub(super) office_id: OfficeId,
    pub(super) office_email: String,
    pub(super) at: Option<NaiveDateTime>,
    /// The event that it was locked; none when it no longer is.
    pub(super) event: Option<EventId>,
}

/// The account that was locked first: whoever clears the mark tells its owner.
pub(super) fn take(conn: &mut Conn) -> Outcome<Option<Locked>> {
    loop {
        type Row = (EmployeeId, OfficeId, String, Option<NaiveDateTime>, EmployeeState);
        let first: Option<Row> = employees::table
            .inner_join(offices::table)
            .filter(employees::lock_mail_due)
            .order(employees::locked_at.asc())
            .select((
                employees::id,
                employees::office_id,
                offices::email,
                employees::locked_at,
                employees::state,
            ))
            .first(conn)
            .optional()?;
        let Some((id, office_id, office_email, at, state)) = first else { return Ok(None) };
        let marked = employees::table.find(id).filter(employees::lock_mail_due);
        if diesel::update(marked).set(employees::lock_mail_due.eq(false)).execute(conn)? == 0 {
            continue;
        }
        let event = match state {
            EmployeeState::Locked => events::table
                .filter(events::object_id.eq(EventId(id.0)))
                .filter(events::kind.eq("account.locked"))
                .order(events::id.desc())
                .select(events::id)
                .first(conn)
                .optional()?,
            EmployeeState::Active | EmployeeState::Deactivated => None,
        };
        return Ok(Some(Locked { id, office_id, office_email, at, event }));
    }
}
