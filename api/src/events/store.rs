use contract::{EmployeeId, EventId, OfficeId, SupportSessionId};
use diesel::prelude::*;

use super::{By, Event};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{employees, events};
use crate::problem::Outcome;

/// How many one statement writes; PostgreSQL takes 65,535 values.
const AT_ONCE: usize = 1000;

#[derive(Insertable)]
#[diesel(table_name = events)]
struct NewEvent<'a> {
    id: EventId,
    office_id: Option<OfficeId>,
    at: chrono::NaiveDateTime,
    actor_id: Option<EmployeeId>,
    address: &'a str,
    kind: &'a str,
    object_kind: &'a str,
    object_id: Option<EventId>,
    old_values: Option<String>,
    new_values: Option<String>,
    reason: Option<&'a str>,
    support_session_id: Option<SupportSessionId>,
}

pub(super) fn insert(
    conn: &mut Conn,
    by: &By,
    support: Option<SupportSessionId>,
    event: &Event,
) -> Outcome<EventId> {
    let row = row(by, support, event);
    let id = row.id;
    diesel::insert_into(events::table).values(row).execute(conn)?;
    Ok(id)
}

/// Writes a batch, in few trips to PostgreSQL; SQLite has none to save.
pub(super) fn insert_many(
    conn: &mut Conn,
    by: &By,
    support: Option<SupportSessionId>,
    events: &[Event],
) -> Outcome<()> {
    for some in events.chunks(AT_ONCE) {
        let rows: Vec<NewEvent<'_>> = some.iter().map(|event| row(by, support, event)).collect();
        match conn {
            Conn::Postgres(conn) => {
                diesel::insert_into(events::table).values(&rows).execute(conn)?;
            }
            Conn::Sqlite(conn) => {
                for row in &rows {
                    diesel::insert_into(events::table).values(row).execute(conn)?;
                }
            }
        }
    }
    Ok(())
}

fn row<'a>(by: &'a By, support: Option<SupportSessionId>, event: &'a Event) -> NewEvent<'a> {
    NewEvent {
        id: EventId::new(),
        office_id: by.office_id,
        at: clock::stamp(),
        actor_id: by.employee_id,
        address: &by.address,
        kind: event.kind,
        object_kind: event.object_kind,
        object_id: event.object_id.map(EventId),
        old_values: event.old.as_ref().map(ToString::to_string),
        new_values: event.new.as_ref().map(ToString::to_string),
        reason: event.reason.as_deref(),
        support_session_id: support,
    }
}

pub(super) fn office_of(conn: &mut Conn, who: EmployeeId) -> Outcome<Option<OfficeId>> {
    Ok(employees::table.find(who).select(employees::office_id).first(conn).optional()?)
}
