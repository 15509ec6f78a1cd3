use chrono::{NaiveDateTime, TimeDelta};
use contract::{EmployeeId, EmployeeState, EventId, Language, MailId, OfficeId};
use diesel::prelude::*;

use super::message::{MailKind, Params};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{employees, events, mails, offices};
use crate::problem::{Outcome, Problem};

#[derive(Insertable)]
#[diesel(table_name = mails)]
struct NewMail<'a> {
    id: MailId,
    office_id: OfficeId,
    event_id: EventId,
    kind: &'static str,
    recipient_id: Option<EmployeeId>,
    address: Option<&'a str>,
    params: String,
    state: &'static str,
    attempts: i32,
    due_at: NaiveDateTime,
    created_at: NaiveDateTime,
}

pub(super) fn insert(
    conn: &mut Conn,
    office: OfficeId,
    event: EventId,
    kind: MailKind,
    to: To<'_>,
    params: &Params,
) -> Outcome<MailId> {
    let now = clock::stamp();
    let id = MailId::new();
    let (recipient_id, address) = match to {
        To::Employee(employee) => (Some(employee), None),
        To::Address(address) => (None, Some(address)),
    };
    diesel::insert_into(mails::table)
        .values(NewMail {
            id,
            office_id: office,
            event_id: event,
            kind: kind.as_str(),
            recipient_id,
            address,
            params: serde_json::to_string(params).map_err(Problem::internal)?,
            state: "queued",
            attempts: 0,
            due_at: now,
            created_at: now,
        })
        .execute(conn)?;
    Ok(id)
}

/// Where a mail goes.
#[derive(Debug, Clone, Copy)]
pub enum To<'a> {
    /// To a colleague.
    Employee(EmployeeId),
    /// To a client group's or an office's address (D6).
    Address(&'a str),
}

/// A mail that this worker may send.
#[derive(Debug, Clone)]
pub struct Leased {
    /// Its id, also the stable part of its Message-ID.
    pub id: MailId,
    /// Proof of the lease.
    pub lease: String,
    /// How often it was tried, this time included.
    pub attempts: i32,
    /// What it says, as stored.
    pub kind: String,
    /// With which particulars, as JSON.
    pub params: String,
    /// When it was queued.
    pub created_at: NaiveDateTime,
    /// To whom.
    pub recipient: Recipient,
}

/// Who gets a mail, as they are now.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// The employee; a client group or an office is none (D6).
    pub employee: Option<Employee>,
    /// The address, if it is no employee's.
    pub address: Option<String>,
    /// The office's name.
    pub office: String,
    /// The office's code.
    pub office_code: String,
}

/// An employee who gets a mail.
#[derive(Debug, Clone, Queryable)]
pub struct Employee {
    /// Who.
    pub id: EmployeeId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language they read.
    pub language: Language,
    /// Whether they still work here.
    pub state: EmployeeState,
    /// Their username.
    pub username: String,
}

/// Takes one due mail for `length`: whoever changes the row first has it.
pub fn lease_one(conn: &mut Conn, length: TimeDelta) -> Outcome<Option<Leased>> {
    let now = clock::stamp();
    let free = mails::state
        .eq("queued")
        .and(mails::due_at.le(now))
        .and(mails::leased_until.is_null().or(mails::leased_until.lt(now).assume_not_null()));
    let candidates: Vec<MailId> = mails::table
        .filter(free)
        .order((mails::due_at.asc(), mails::id.asc()))
        .limit(8)
        .select(mails::id)
        .load(conn)?;
    for id in candidates {
        let lease = crate::secrets::random_hex::<16>();
        let taken = diesel::update(mails::table.filter(mails::id.eq(id)).filter(free))
            .set((
                mails::lease.eq(&lease),
                mails::leased_until.eq(now + length),
                mails::attempts.eq(mails::attempts + 1),
            ))
            .execute(conn)?;
        if taken == 0 {
            continue;
        }
        type Row = (String, String, NaiveDateTime, i32, Option<EmployeeId>, Option<String>, String, String);
        let (kind, params, created_at, attempts, employee, address, office, office_code): Row = mails::table
            .inner_join(offices::table)
            .filter(mails::id.eq(id))
            .select((
                mails::kind,
                mails::params,
                mails::created_at,
                mails::attempts,
                mails::recipient_id,
                mails::address,
                offices::name,
                offices::code,
            ))
            .first(conn)?;
        let employee = match employee {
            Some(id) => Some(
                employees::table
                    .find(id)
                    .select((
                        employees::id,
                        employees::name,
                        employees::email,
                        employees::language,
                        employees::state,
                        employees::username,
                    ))
                    .first(conn)?,
            ),
            None => None,
        };
        let recipient = Recipient { employee, address, office, office_code };
        return Ok(Some(Leased { id, lease, attempts, kind, params, created_at, recipient }));
    }
    Ok(None)
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub enum Ending {
    /// It was handed to the mail server.
    Sent,
    /// It is no longer needed.
    Cancelled,
    /// Try again at this moment.
    Again(NaiveDateTime, String),
    /// It cannot be sent; someone must look.
    Dead(String),
}

/// Notes how an attempt ended, if the lease is still ours.
pub fn finish(conn: &mut Conn, id: MailId, lease: &str, ending: &Ending) -> Outcome<()> {
    let ours = mails::table.filter(mails::id.eq(id)).filter(mails::lease.eq(lease));
    let none = None::<NaiveDateTime>;
    let noted = match ending {
        Ending::Sent => diesel::update(ours)
            .set((
                mails::state.eq("sent"),
                mails::sent_at.eq(clock::stamp()),
                mails::leased_until.eq(none),
                mails::last_error.eq(None::<String>),
            ))
            .execute(conn)?,
        Ending::Cancelled => diesel::update(ours)
            .set((mails::state.eq("cancelled"), mails::leased_until.eq(none)))
            .execute(conn)?,
        Ending::Again(due, why) => diesel::update(ours)
            .set((mails::due_at.eq(*due), mails::leased_until.eq(none), mails::last_error.eq(why)))
            .execute(conn)?,
        Ending::Dead(why) => diesel::update(ours)
            .set((mails::state.eq("dead"), mails::leased_until.eq(none), mails::last_error.eq(why)))
            .execute(conn)?,
    };
    if noted > 0 && matches!(ending, Ending::Cancelled | Ending::Dead(_)) {
        tell_author(conn, id)?;
    }
    Ok(())
}

/// Whoever wrote a message that reaches nobody hears of it: it must not lie there unread (D6).
fn tell_author(conn: &mut Conn, id: MailId) -> Outcome<()> {
    type Row = (OfficeId, EventId, String, Option<EmployeeId>);
    let lost: Option<Row> = mails::table
        .inner_join(events::table)
        .filter(mails::id.eq(id))
        .filter(mails::kind.eq(MailKind::DossierMessage.as_str()))
        .select((mails::office_id, mails::event_id, mails::params, events::actor_id))
        .first(conn)
        .optional()?;
    let Some((office, event, params, Some(author))) = lost else { return Ok(()) };
    // What cannot be read any more is no reason for the author not to hear of it.
    let about: Params = serde_json::from_str(&params).unwrap_or_default();
    let params = Params { dossier_number: about.dossier_number, link: about.link, ..Params::default() };
    insert(conn, office, event, MailKind::MessageUndelivered, To::Employee(author), &params)?;
    Ok(())
}

/// Gives an account a temporary password; only its keyed hash is kept (S4).
pub fn set_temporary_password(
    conn: &mut Conn,
    id: EmployeeId,
    hash: &str,
    expires: NaiveDateTime,
) -> Outcome<()> {
    diesel::update(employees::table.find(id))
        .set((employees::temporary_hash.eq(hash), employees::temporary_expires_at.eq(expires)))
        .execute(conn)?;
    Ok(())
}

/// Gives an account the temporary password that was asked for by username; it voids no other (S4).
pub fn set_reset_password(
    conn: &mut Conn,
    id: EmployeeId,
    hash: &str,
    expires: NaiveDateTime,
) -> Outcome<()> {
    diesel::update(employees::table.find(id))
        .set((employees::reset_hash.eq(hash), employees::reset_expires_at.eq(expires)))
        .execute(conn)?;
    Ok(())
}

/// Whether a mail of a kind was queued to someone after this one, which it takes the place of.
pub fn has_newer(conn: &mut Conn, id: MailId, kind: MailKind, to: EmployeeId) -> Outcome<bool> {
    let newer = mails::table
        .filter(mails::recipient_id.eq(to))
        .filter(mails::kind.eq(kind.as_str()))
        .filter(mails::id.gt(id));
    Ok(diesel::select(diesel::dsl::exists(newer)).get_result(conn)?)
}

/// How many mails wait, and how many could not be sent.
pub fn backlog(conn: &mut Conn) -> Outcome<(i64, i64)> {
    let queued = mails::table.filter(mails::state.eq("queued")).count().get_result(conn)?;
    let dead = mails::table.filter(mails::state.eq("dead")).count().get_result(conn)?;
    Ok((queued, dead))
}
