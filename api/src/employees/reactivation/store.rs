use chrono::NaiveDateTime;
use contract::{EmployeeId, EmployeeState};
use diesel::prelude::*;

use crate::access::Tx;
use crate::db::Conn;
use crate::db::schema::employees;
use crate::problem::Outcome;

/// What an account is that is active again.
#[derive(AsChangeset)]
#[diesel(table_name = employees, treat_none_as_null = true)]
struct Unlocked {
    state: EmployeeState,
    failed_attempts: i32,
    locked_at: Option<NaiveDateTime>,
    locked_address: Option<String>,
    lock_mail_due: bool,
}

const UNLOCKED: Unlocked = Unlocked {
    state: EmployeeState::Active,
    failed_attempts: 0,
    locked_at: None,
    locked_address: None,
    lock_mail_due: false,
};

/// Switches an account on again: active, no failures (S3); `false` when it already was, and is used. Someone
/// who never chose a password may have missed the invitation.
pub fn reactivate(tx: &mut Tx<'_>, id: EmployeeId) -> Outcome<bool> {
    let changed = diesel::update(
        employees::table
            .filter(employees::office_id.eq(tx.actor.office_id))
            .filter(employees::id.eq(id))
            .filter(employees::state.ne(EmployeeState::Active).or(employees::password_hash.is_null())),
    )
    .set((&UNLOCKED, employees::version.eq(employees::version + 1)))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Gives someone another address: what was mailed to the old one lets nobody in, nor says how mails fare now.
pub fn correct_address(conn: &mut Conn, id: EmployeeId, email: &str) -> Outcome<()> {
    diesel::update(employees::table.find(id))
        .set((
            employees::email.eq(email),
            employees::temporary_hash.eq(None::<String>),
            employees::temporary_expires_at.eq(None::<NaiveDateTime>),
            employees::reset_hash.eq(None::<String>),
            employees::reset_expires_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    crate::employees::store::forget_failed_mails(conn, id)
}

/// Makes an account active whatever state it is in, with no failures, for the operator at the command line
/// (O1); returns the state it was in.
pub fn open_up(conn: &mut Conn, id: EmployeeId) -> Outcome<EmployeeState> {
    let before: EmployeeState = employees::table.find(id).select(employees::state).first(conn)?;
    diesel::update(employees::table.find(id))
        .set((&UNLOCKED, employees::version.eq(employees::version + 1)))
        .execute(conn)?;
    Ok(before)
}
