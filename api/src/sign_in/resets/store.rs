use chrono::NaiveDateTime;
use contract::{EmployeeId, EmployeeState, EventId, PasswordResetId};
use diesel::prelude::*;

use crate::clock;
use crate::db::Conn;
use crate::db::schema::{employees, events, offices, password_resets};
use crate::problem::Outcome;

/// The event that an account's owner, or someone else, asked for a temporary password.
pub(super) const ASKED: &str = "password.reset-asked";

#[derive(Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = password_resets)]
pub(super) struct Asked {
    id: PasswordResetId,
    /// Folded.
    pub(super) username: String,
    /// From where.
    pub(super) address: String,
    created_at: NaiveDateTime,
}

pub(super) fn insert(conn: &mut Conn, username: &str, address: &str) -> Outcome<()> {
    let asked = Asked {
        id: PasswordResetId::new(),
        username: username.to_owned(),
        address: address.to_owned(),
        created_at: clock::stamp(),
    };
    diesel::insert_into(password_resets::table).values(asked).execute(conn)?;
    Ok(())
}

/// The oldest, which is no longer there then: whoever removes it settles it.
pub(super) fn take(conn: &mut Conn) -> Outcome<Option<Asked>> {
    loop {
        let oldest: Option<Asked> = password_resets::table
            .order(password_resets::id.asc())
            .select(Asked::as_select())
            .first(conn)
            .optional()?;
        let Some(asked) = oldest else { return Ok(None) };
        if diesel::delete(password_resets::table.find(asked.id)).execute(conn)? == 1 {
            let same = password_resets::table.filter(password_resets::username.eq(&asked.username));
            diesel::delete(same).execute(conn)?;
            return Ok(Some(asked));
        }
    }
}

/// How often it was asked for an account since a moment.
pub(super) fn asked_since(conn: &mut Conn, whose: EmployeeId, since: NaiveDateTime) -> Outcome<i64> {
    Ok(events::table
        .filter(events::object_id.eq(EventId(whose.0)))
        .filter(events::kind.eq(ASKED))
        .filter(events::at.gt(since))
        .count()
        .get_result(conn)?)
}

/// What the mail depends on.
#[derive(Debug, Queryable)]
pub(super) struct Owner {
    pub(super) state: EmployeeState,
    pub(super) office_email: String,
}

pub(super) fn owner(conn: &mut Conn, id: EmployeeId) -> Outcome<Owner> {
    Ok(employees::table
        .inner_join(offices::table)
        .filter(employees::id.eq(id))
        .select((employees::state, offices::email))
        .first(conn)?)
}
