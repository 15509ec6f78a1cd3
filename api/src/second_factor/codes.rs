//! Trying a code: counted before it is looked at, like a password (S2).

use contract::EmployeeId;

use super::{policy, sealed, store};
use crate::clock;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::mail::message::temporary_password;
use crate::problem::Outcome;
use crate::secrets::Secrets;
use crate::sign_in::handlers::{Guess, fail};
use crate::sign_in::opened::Origin;
use crate::sign_in::store as accounts;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It was right, and is used up. The attempt still counts: whoever asked for it decides what it forgives.
    Right,
    /// It was wrong.
    Wrong,
    /// It was one too many: the account is locked.
    Locked,
}

/// Tries a code of the app, or a recovery code, for someone whose password is known to be right. In one transaction
/// it is counted, which locks the employee's row, and then judged: a burst gets no more than eleven looks.
pub fn attempt(
    conn: &mut Conn,
    secrets: &Secrets,
    id: EmployeeId,
    typed: &str,
    origin: &Origin,
) -> Outcome<Tried> {
    let attempt = accounts::count_attempt_of(conn, id)?;
    if attempt.counted {
        let typed = policy::tidied(typed);
        if policy::is_from_app(&typed) {
            if use_app_code(conn, secrets, id, &typed)? {
                return Ok(Tried::Right);
            }
        } else if store::use_recovery_code(conn, id, &recovery_hash(secrets, id, &typed))? {
            let by = By {
                office_id: attempt.account.map(|account| account.office_id),
                employee_id: Some(id),
                address: origin.address.clone(),
            };
            events::record_by(conn, &by, Event::of("employee.recovery-code-used", "employee", id))?;
            return Ok(Tried::Right);
        }
    }
    let locked = fail(conn, &attempt, origin, Guess::Code)?;
    Ok(if locked || !attempt.counted { Tried::Locked } else { Tried::Wrong })
}

fn use_app_code(conn: &mut Conn, secrets: &Secrets, id: EmployeeId, typed: &str) -> Outcome<bool> {
    let Some(factor) = store::find(conn, id)? else { return Ok(false) };
    let Some(secret) = factor.secret else { return Ok(false) };
    let secret = sealed::open(secrets, id, &secret)?;
    match policy::step_of(&secret, typed, clock::stamp(), factor.last_step) {
        Some(step) => store::use_step(conn, id, step),
        None => Ok(false),
    }
}

/// A keyed hash that is of one person: the same code elsewhere has another.
fn recovery_hash(secrets: &Secrets, id: EmployeeId, tidied: &str) -> String {
    secrets.keyed_hash(&format!("recovery code of {id}: {tidied}"))
}

/// Makes ten recovery codes, eighty random bits each, and keeps their hashes.
pub fn new_recovery_codes(conn: &mut Conn, secrets: &Secrets, id: EmployeeId) -> Outcome<Vec<String>> {
    let codes: Vec<String> = std::iter::repeat_with(temporary_password).take(RECOVERY_CODES).collect();
    let hashes: Vec<String> =
        codes.iter().map(|code| recovery_hash(secrets, id, &policy::tidied(code))).collect();
    store::replace_recovery_codes(conn, id, &hashes)?;
    Ok(codes)
}
