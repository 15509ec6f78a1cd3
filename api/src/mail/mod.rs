//! The outbox: mails are rows written with the change that causes them; a worker sends them.

pub mod message;
pub mod store;
pub mod transport;
pub mod worker;

use contract::{EmployeeId, EventId, MailId, OfficeId};
use uuid::Uuid;

pub use message::{MailKind, Params};
pub use store::To;

use crate::db::Conn;
use crate::problem::Outcome;

/// Queues one mail to each recipient, in the transaction of the change. The same event never queues the
/// same mail to the same person twice.
pub fn queue(
    conn: &mut Conn,
    office: OfficeId,
    event: EventId,
    kind: MailKind,
    recipients: &[EmployeeId],
    params: &Params,
) -> Outcome<()> {
    for recipient in recipients {
        store::insert(conn, office, event, kind, To::Employee(*recipient), params)?;
    }
    Ok(())
}

/// Queues one mail to one recipient, who may be no employee, and returns its id.
pub fn queue_one(
    conn: &mut Conn,
    office: OfficeId,
    event: EventId,
    kind: MailKind,
    to: To<'_>,
    params: &Params,
) -> Outcome<MailId> {
    store::insert(conn, office, event, kind, to, params)
}

/// Parameters of a mail about one task: number and link, nothing more (D8).
pub fn about_task(case_number: &str, task: impl Into<Uuid>) -> Params {
    Params {
        case_number: Some(case_number.to_owned()),
        link: Some(format!("/taken/{}", task.into())),
        ..Params::default()
    }
}

/// Parameters of a mail about one case.
pub fn about_case(case_number: &str, case: impl Into<Uuid>) -> Params {
    Params {
        case_number: Some(case_number.to_owned()),
        link: Some(format!("/zaken/{}", case.into())),
        ..Params::default()
    }
}
