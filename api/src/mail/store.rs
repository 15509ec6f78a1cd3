use chrono::{NaiveDateTime, TimeDelta};
use contract::{EmployeeId, EmployeeState, EventId, Language, MailId, OfficeId};
use diesel::prelude::*;
use serde_json::json;

use super::message::{MailKind, Params};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{employees, events as event_rows, mails, offices};
use crate::events::{self, By, Event};
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
    /// Of which office it is.
    pub office_id: OfficeId,
    /// To whom.
    pub recipient: Recipient,
}

impl Leased {
    /// Whose address it went to as it is known now, so that how it fared says something of that address.
    fn at_own_address(&self) -> Option<EmployeeId> {
        let elsewhere = [MailKind::AddressChanged, MailKind::DossierMessage].map(MailKind::as_str);
        let employee = self.recipient.employee.as_ref()?;
        (!elsewhere.contains(&self.kind.as_str())).then_some(employee.id)
    }
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
        type Row = (
            (String, String, NaiveDateTime, i32),
            (Option<EmployeeId>, Option<String>),
            (OfficeId, String, String),
        );
        let row: Row = mails::table
            .inner_join(offices::table)
            .filter(mails::id.eq(id))
            .select((
                (mails::kind, mails::params, mails::created_at, mails::attempts),
                (mails::recipient_id, mails::address),
                (offices::id, offices::name, offices::code),
            ))
            .first(conn)?;
        let ((kind, params, created_at, attempts), (employee, address), office) = row;
        let (office_id, office, office_code) = office;
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
        return Ok(Some(Leased { id, lease, attempts, kind, params, created_at, office_id, recipient }));
    }
    Ok(None)
}

/// Keeps a mail for `length` from now, if the lease is still ours.
pub fn renew(conn: &mut Conn, mail: &Leased, length: TimeDelta) -> Outcome<()> {
    let ours = mails::table.filter(mails::id.eq(mail.id)).filter(mails::lease.eq(&mail.lease));
    diesel::update(ours.filter(mails::leased_until.is_not_null()))
        .set(mails::leased_until.eq(clock::stamp() + length))
        .execute(conn)?;
    Ok(())
}

/// A temporary password that is in a mail, by its keyed hash (S4).
#[derive(Clone)]
pub struct Temporary {
    /// Whose.
    pub whose: EmployeeId,
    /// Where it was mailed: it is for who reads there.
    pub email: String,
    /// Whether it was asked for by username; it voids no other then.
    pub asked: bool,
    /// Its keyed hash.
    pub hash: String,
    /// Until when it works.
    pub expires: NaiveDateTime,
}

impl std::fmt::Debug for Temporary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Temporary").field("whose", &self.whose).finish_non_exhaustive()
    }
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub enum Ending {
    /// It was handed to the mail server, with this temporary password in it, which works from now on.
    Sent(Option<Temporary>),
    /// It is no longer needed.
    Cancelled,
    /// It could not be sent while who asked for it was waiting.
    Late,
    /// Try again at this moment.
    Again(NaiveDateTime, String),
    /// It cannot be sent; someone must look.
    Dead(String),
}

/// Notes how an attempt ended, if the lease is still ours.
pub fn finish(conn: &mut Conn, mail: &Leased, ending: &Ending) -> Outcome<()> {
    let ours = mails::table.filter(mails::id.eq(mail.id)).filter(mails::lease.eq(&mail.lease));
    let none = None::<NaiveDateTime>;
    let noted = match ending {
        Ending::Sent(_) => diesel::update(ours)
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
        Ending::Late => diesel::update(ours)
            .set((
                mails::state.eq("cancelled"),
                mails::leased_until.eq(none),
                mails::last_error.eq("it could not be sent in time"),
            ))
            .execute(conn)?,
        Ending::Again(due, why) => diesel::update(ours)
            .set((mails::due_at.eq(*due), mails::leased_until.eq(none), mails::last_error.eq(why)))
            .execute(conn)?,
        Ending::Dead(why) => diesel::update(ours)
            .set((mails::state.eq("dead"), mails::leased_until.eq(none), mails::last_error.eq(why)))
            .execute(conn)?,
    };
    if noted == 0 {
        return Ok(());
    }
    match ending {
        Ending::Sent(temporary) => {
            if let Some(temporary) = temporary {
                let given = give(conn, temporary)?;
                tracing::debug!(mail = %mail.id, given, "a temporary password was mailed");
            }
            mail.at_own_address().map_or(Ok(()), |id| crate::employees::store::forget_failed_mails(conn, id))
        }
        Ending::Cancelled => tell_author(conn, mail.id),
        Ending::Late | Ending::Dead(_) => {
            record_undelivered(conn, mail)?;
            tell_author(conn, mail.id)
        }
        Ending::Again(..) => Ok(()),
    }
}

/// Whoever manages the account of someone who cannot be reached must see that: they are the ones who are asked (S3, S4).
fn record_undelivered(conn: &mut Conn, mail: &Leased) -> Outcome<()> {
    let Some(id) = mail.at_own_address() else { return Ok(()) };
    crate::employees::store::count_failed_mail(conn, id)?;
    let by = By { office_id: Some(mail.office_id), employee_id: None, address: "mail worker".to_owned() };
    let event = Event::of("mail.undelivered", "employee", id);
    events::record_by(conn, &by, event.new_values(json!({ "mail": mail.kind })))?;
    Ok(())
}

/// Whoever wrote a message that reaches nobody hears of it: it must not lie there unread (D6).
fn tell_author(conn: &mut Conn, id: MailId) -> Outcome<()> {
    type Row = (OfficeId, EventId, String, Option<EmployeeId>);
    let lost: Option<Row> = mails::table
        .inner_join(event_rows::table)
        .filter(mails::id.eq(id))
        .filter(mails::kind.eq(MailKind::DossierMessage.as_str()))
        .select((mails::office_id, mails::event_id, mails::params, event_rows::actor_id))
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

/// Gives an account the temporary password that was mailed to it, in place of the one before of its sort: only now, so
/// that a mail that does not leave voids nothing. Not when its owner has another address by now, or left.
fn give(conn: &mut Conn, mailed: &Temporary) -> Outcome<bool> {
    let whose = employees::table
        .find(mailed.whose)
        .filter(employees::email.eq(&mailed.email))
        .filter(employees::state.ne(EmployeeState::Deactivated));
    let (hash, expires) = (&mailed.hash, mailed.expires);
    let given = if mailed.asked {
        diesel::update(whose)
            .set((employees::reset_hash.eq(hash), employees::reset_expires_at.eq(expires)))
            .execute(conn)?
    } else {
        diesel::update(whose)
            .set((employees::temporary_hash.eq(hash), employees::temporary_expires_at.eq(expires)))
            .execute(conn)?
    };
    Ok(given == 1)
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
