//! The log of every change (E1): written in the same transaction as the change itself.

mod store;

use contract::{EmployeeId, EventId, OfficeId, SupportSessionId};
use serde_json::Value;
use uuid::Uuid;

use crate::access::Tx;
use crate::db::Conn;
use crate::problem::Outcome;
use crate::sign_in::tokens::Claims;

/// One change, refusal or happening.
#[derive(Debug, Clone)]
pub struct Event {
    kind: &'static str,
    object_kind: &'static str,
    object_id: Option<Uuid>,
    old: Option<Value>,
    new: Option<Value>,
    reason: Option<String>,
}

impl Event {
    /// Something that happened to an object: `Event::of("group.created", "group", id)`.
    pub fn of(kind: &'static str, object_kind: &'static str, object_id: impl Into<Uuid>) -> Self {
        Self { kind, object_kind, object_id: Some(object_id.into()), old: None, new: None, reason: None }
    }

    /// The values before.
    pub fn old(mut self, value: Value) -> Self {
        self.old = Some(value);
        self
    }

    /// The values after.
    pub fn new_values(mut self, value: Value) -> Self {
        self.new = Some(value);
        self
    }

    /// Why, as the person said.
    pub fn reason(mut self, reason: &str) -> Self {
        self.reason = (!reason.is_empty()).then(|| reason.to_owned());
        self
    }
}

/// Who causes an event when nobody is signed in.
#[derive(Debug, Clone)]
pub struct By {
    /// In which office.
    pub office_id: Option<OfficeId>,
    /// Who, if known.
    pub employee_id: Option<EmployeeId>,
    /// From where: an IP address, or the part of the system.
    pub address: String,
}

/// Records an event of someone signed in, or of the operator at the command line. During a support session
/// it is an event of the office that is helped, and says in which session it happened (P3).
pub fn record(tx: &mut Tx<'_>, event: Event) -> Outcome<EventId> {
    let by = by(tx);
    store::insert(tx.conn, &by, tx.actor.visit.as_ref().map(|visit| visit.id), &event)
}

/// Records what one change did to many objects, each its own event; each says in `cause` which event brought it about.
pub fn record_each(tx: &mut Tx<'_>, events: &[Event]) -> Outcome<()> {
    let by = by(tx);
    store::insert_many(tx.conn, &by, tx.actor.visit.as_ref().map(|visit| visit.id), events)
}

/// Who acts, as the cause of an event.
pub fn by(tx: &Tx<'_>) -> By {
    let employee_id = tx.actor.employee();
    By {
        office_id: Some(tx.actor.office_id),
        employee_id,
        address: match (tx.address, employee_id) {
            (Some(address), _) => address.to_string(),
            (None, Some(_)) => String::new(),
            (None, None) => "command line".to_owned(),
        },
    }
}

/// Records an event of a support session, in the office that is helped (P3).
pub fn record_in_support(
    conn: &mut Conn,
    by: &By,
    support: SupportSessionId,
    event: Event,
) -> Outcome<EventId> {
    store::insert(conn, by, Some(support), &event)
}

/// Records an event of the system, the command line, or someone not signed in.
pub fn record_by(conn: &mut Conn, by: &By, event: Event) -> Outcome<EventId> {
    store::insert(conn, by, None, &event)
}

/// Records that someone was refused (E3), for a permission or for where they were: who, from where, and what they asked for. The query
/// of the request is left out; it may hold a name someone searched for.
pub fn record_refusal(
    conn: &mut Conn,
    kind: &'static str,
    claims: &Claims,
    address: Option<std::net::IpAddr>,
    request: &str,
) -> Outcome<()> {
    let (who, session) = (claims.sub, claims.sid);
    // During a support session it is the office that is helped that should know.
    let visited = crate::support::store::visited_in(conn, session)?;
    let by = By {
        office_id: match visited {
            Some((_, office)) => Some(office),
            None => store::office_of(conn, who)?,
        },
        employee_id: Some(who),
        address: address.map(|address| address.to_string()).unwrap_or_default(),
    };
    let asked = request.split('?').next().unwrap_or_default();
    let event = Event::of(kind, "employee", who);
    let event = event.new_values(serde_json::json!({ "request": asked }));
    store::insert(conn, &by, visited.map(|(support, _)| support), &event)?;
    Ok(())
}
