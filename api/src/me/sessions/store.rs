use chrono::NaiveDateTime;
use contract::{OpenSession, Page, SessionId};
use diesel::prelude::*;

use super::device;
use crate::access::sessions::OwnSessions;
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::schema::sessions;
use crate::http::paging::Window;
use crate::problem::Outcome;
use crate::sign_in::usage::Usage;

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Row {
    id: SessionId,
    created_at: NaiveDateTime,
    last_used_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    user_agent: String,
    address: String,
}

/// A page of one's own sessions that go on, the newest first. What lapsed is left out of its page.
pub fn list(
    tx: &mut Tx<'_>,
    _permit: &Permit<OwnSessions>,
    usage: &Usage,
    window: &Window<SessionId>,
) -> Outcome<Page<OpenSession>> {
    let now = clock::stamp();
    let mut query = sessions::table
        .filter(sessions::employee_id.eq(tx.actor.id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order(sessions::id.desc())
        .limit(window.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = window.after {
        query = query.filter(sessions::id.lt(after));
    }
    let page = window.page(query.load(tx.conn)?, |row: &Row| row.id);
    let items = page.items.into_iter().map(|row| (usage.last(row.id, row.last_used_at), row));
    Ok(Page {
        next: page.next,
        items: items
            .filter(|(last, _)| usage.goes_on(*last, now))
            .map(|(last, row)| OpenSession {
                id: row.id,
                current: row.id == tx.actor.session_id,
                device: device::described(&row.user_agent),
                address: row.address,
                created_at: row.created_at.and_utc(),
                last_used_at: last.and_utc(),
                expires_at: row.expires_at.and_utc(),
            })
            .collect(),
    })
}

/// Whether a session is one's own and not over.
pub fn is_own(tx: &mut Tx<'_>, session: SessionId) -> Outcome<bool> {
    let own = sessions::table
        .filter(sessions::id.eq(session))
        .filter(sessions::employee_id.eq(tx.actor.id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(clock::stamp()));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(tx.conn)?)
}

/// One's own sessions but this one.
#[derive(Debug)]
pub struct Others {
    /// Those that were never ended, also when they lapsed: what lapsed stays so.
    pub all: Vec<SessionId>,
    /// How many of them go on.
    pub going_on: u32,
}

/// All but the one that asks.
pub fn others(tx: &mut Tx<'_>, usage: &Usage) -> Outcome<Others> {
    let now = clock::stamp();
    let found: Vec<(SessionId, NaiveDateTime)> = sessions::table
        .filter(sessions::employee_id.eq(tx.actor.id))
        .filter(sessions::id.ne(tx.actor.session_id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select((sessions::id, sessions::last_used_at))
        .load(tx.conn)?;
    let going_on = found.iter().filter(|(id, stored)| usage.goes_on(usage.last(*id, *stored), now)).count();
    Ok(Others {
        all: found.into_iter().map(|(id, _)| id).collect(),
        going_on: u32::try_from(going_on).unwrap_or(u32::MAX),
    })
}

/// Ends sessions; how many had not ended yet.
pub fn end(tx: &mut Tx<'_>, ids: &[SessionId]) -> Outcome<usize> {
    let going_on = sessions::table.filter(sessions::id.eq_any(ids)).filter(sessions::ended_at.is_null());
    Ok(diesel::update(going_on).set(sessions::ended_at.eq(clock::stamp())).execute(tx.conn)?)
}
