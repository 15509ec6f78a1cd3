use contract::{EmployeeId, EventId, OfficeId, SupportSessionId};
use diesel::prelude::*;

use super::{By, Event};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{employees, events};
use crate::problem::Outcome;

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
    let id = EventId::new();
    diesel::insert_into(events::table)
        .values(NewEvent {
            id,
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
        })
        .execute(conn)?;
    Ok(id)
}

pub(super) fn office_of(conn: &mut Conn, who: EmployeeId) -> Outcome<Option<OfficeId>> {
    Ok(employees::table.find(who).select(employees::office_id).first(conn).optional()?)
}
