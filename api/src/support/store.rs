use chrono::{NaiveDateTime, TimeDelta};
use contract::{
    EmployeeId, EmployeeRef, OfficeId, OfficeRef, Page, SessionId, SupportSession, SupportSessionId,
};
use diesel::prelude::*;

use crate::access::office::Administer;
use crate::access::support::OpenSupport;
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::Conn;
use crate::db::failures::is_unique_violation;
use crate::db::schema::{employees, offices, support_sessions};
use crate::http::paging::Window;
use crate::problem::{Outcome, Problem};

#[derive(Queryable, Selectable)]
#[diesel(table_name = support_sessions)]
struct Row {
    id: SupportSessionId,
    office_id: OfficeId,
    employee_id: EmployeeId,
    reason: String,
    started_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    ended_at: Option<NaiveDateTime>,
}

/// As people see them. Two statements, however many.
fn views(conn: &mut Conn, rows: Vec<Row>) -> Outcome<Vec<SupportSession>> {
    let people: Vec<EmployeeId> = rows.iter().map(|row| row.employee_id).collect();
    type Helper = (EmployeeId, String, OfficeId, String, String);
    let helpers: Vec<Helper> = employees::table
        .inner_join(offices::table)
        .filter(employees::id.eq_any(people))
        .select((employees::id, employees::name, offices::id, offices::code, offices::name))
        .load(conn)?;
    let visited: Vec<OfficeId> = rows.iter().map(|row| row.office_id).collect();
    let visited: Vec<(OfficeId, String, String)> = offices::table
        .filter(offices::id.eq_any(visited))
        .select((offices::id, offices::code, offices::name))
        .load(conn)?;
    let now = clock::stamp();
    rows.into_iter()
        .map(|row| {
            let lost = || Problem::internal("a support session of nobody or nowhere");
            let (employee, name, home, home_code, home_name) =
                helpers.iter().find(|helper| helper.0 == row.employee_id).cloned().ok_or_else(lost)?;
            let (office, code, office_name) =
                visited.iter().find(|office| office.0 == row.office_id).cloned().ok_or_else(lost)?;
            Ok(SupportSession {
                id: row.id,
                office: OfficeRef { id: office, code, name: office_name },
                employee: EmployeeRef { id: employee, name },
                helpdesk: OfficeRef { id: home, code: home_code, name: home_name },
                reason: row.reason,
                started_at: row.started_at.and_utc(),
                expires_at: row.expires_at.and_utc(),
                // One that ran out ended by itself, whether or not anybody noted it.
                ended_at: row
                    .ended_at
                    .or((row.expires_at <= now).then_some(row.expires_at))
                    .map(|at| at.and_utc()),
            })
        })
        .collect()
}

/// A page of the support sessions in the office, newest first.
pub fn list(
    tx: &mut Tx<'_>,
    _permit: &Permit<Administer>,
    window: &Window<SupportSessionId>,
) -> Outcome<Page<SupportSession>> {
    let mut query = support_sessions::table
        .filter(support_sessions::office_id.eq(tx.actor.office_id))
        .order(support_sessions::id.desc())
        .limit(window.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = window.after {
        query = query.filter(support_sessions::id.lt(after));
    }
    let page = window.page(query.load(tx.conn)?, |row: &Row| row.id);
    Ok(Page { next: page.next, items: views(tx.conn, page.items)? })
}

/// One of them.
pub fn view(conn: &mut Conn, id: SupportSessionId) -> Outcome<SupportSession> {
    let row: Row =
        support_sessions::table.filter(support_sessions::id.eq(id)).select(Row::as_select()).first(conn)?;
    views(conn, vec![row])?.pop().ok_or_else(Problem::not_found)
}

/// The office a sign-in session acts in, if it acts in another one than its own now.
pub fn visited_in(conn: &mut Conn, session: SessionId) -> Outcome<Option<(SupportSessionId, OfficeId)>> {
    Ok(support_sessions::table
        .filter(support_sessions::session_id.eq(session))
        .filter(support_sessions::ended_at.is_null())
        .filter(support_sessions::expires_at.gt(clock::stamp()))
        .select((support_sessions::id, support_sessions::office_id))
        .first(conn)
        .optional()?)
}

/// The support sessions that run in some sign-in sessions, and where.
pub fn visits_in(conn: &mut Conn, sessions: &[SessionId]) -> Outcome<Vec<(SupportSessionId, OfficeId)>> {
    Ok(support_sessions::table
        .filter(support_sessions::session_id.eq_any(sessions))
        .filter(support_sessions::ended_at.is_null())
        .filter(support_sessions::expires_at.gt(clock::stamp()))
        .select((support_sessions::id, support_sessions::office_id))
        .load(conn)?)
}

/// Starts one.
pub fn insert(
    tx: &mut Tx<'_>,
    _permit: &Permit<OpenSupport>,
    office: OfficeId,
    reason: &str,
    length: TimeDelta,
) -> Outcome<SupportSessionId> {
    let now = clock::stamp();
    // An earlier one that ran out is still open as far as the row knows.
    diesel::update(
        support_sessions::table
            .filter(support_sessions::session_id.eq(tx.actor.session_id))
            .filter(support_sessions::ended_at.is_null())
            .filter(support_sessions::expires_at.le(now)),
    )
    .set(support_sessions::ended_at.eq(support_sessions::expires_at.nullable()))
    .execute(tx.conn)?;
    let id = SupportSessionId::new();
    let inserted = diesel::insert_into(support_sessions::table)
        .values((
            support_sessions::id.eq(id),
            support_sessions::office_id.eq(office),
            support_sessions::session_id.eq(tx.actor.session_id),
            support_sessions::employee_id.eq(tx.actor.id),
            support_sessions::reason.eq(reason),
            support_sessions::started_at.eq(now),
            support_sessions::expires_at.eq(now + length),
        ))
        .execute(tx.conn);
    match inserted {
        Ok(_) => Ok(id),
        // Another request of this session opened one at this very moment: look again.
        Err(error) if is_unique_violation(&error) => Err(Problem::busy().run_again()),
        Err(error) => Err(error.into()),
    }
}

/// Ends one; `false` when it had ended.
pub fn end(conn: &mut Conn, id: SupportSessionId) -> Outcome<bool> {
    let ended = diesel::update(
        support_sessions::table
            .filter(support_sessions::id.eq(id))
            .filter(support_sessions::ended_at.is_null()),
    )
    .set(support_sessions::ended_at.eq(clock::stamp()))
    .execute(conn)?;
    Ok(ended == 1)
}
