use std::collections::HashMap;

use chrono::NaiveDateTime;
use contract::{
    DossierId, EmployeeId, EmployeeRef, EmployeeState, MailId, MailState, Message, MessageId, Page,
    RecipientKind, SentTo,
};
use diesel::prelude::*;
use uuid::Uuid;

use super::policy::{Choice, Client, Facts, Manager};
use crate::access::dossiers::Checked;
use crate::access::facts::DossierRow;
use crate::access::records::SendMessage;
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{client_groups, employees, mails, messages};
use crate::employees::store::{name_of, names};
use crate::http::paging::Window;
use crate::offices;
use crate::problem::Outcome;

/// What D6 looks at.
pub fn facts(tx: &mut Tx<'_>, dossier: &DossierRow) -> Outcome<Facts> {
    let manager = match dossier.manager_id {
        Some(id) => {
            let (name, email, state): (String, String, EmployeeState) = employees::table
                .find(id)
                .select((employees::name, employees::email, employees::state))
                .first(tx.conn)?;
            Some(Manager { id, name, email, state })
        }
        None => None,
    };
    let client_group = match dossier.client_group_id {
        Some(id) => {
            let (name, email): (String, String) = client_groups::table
                .find(id)
                .select((client_groups::name, client_groups::email))
                .first(tx.conn)?;
            Some(Client { id, name, email })
        }
        None => None,
    };
    let office = offices::store::mine(tx)?;
    Ok(Facts { manager, client_group, office_name: office.name, office_email: office.email })
}

/// Keeps a message.
pub fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit<SendMessage>,
    id: MessageId,
    text: &str,
    choice: &Choice,
    mail: MailId,
) -> Outcome<()> {
    let recipient_id: Option<Uuid> = match choice {
        Choice::Manager(manager) => Some(manager.id.into()),
        Choice::ClientGroup(client_group, _) => Some(client_group.id.into()),
        Choice::Office(..) => None,
    };
    diesel::insert_into(messages::table)
        .values((
            messages::id.eq(id),
            messages::dossier_id.eq(permit.row().dossier.id),
            messages::author_id.eq(tx.actor.id),
            messages::at.eq(clock::stamp()),
            messages::body.eq(text),
            messages::recipient_kind.eq(choice.reason().kind()),
            // Of an employee or of a client group: the column names neither.
            messages::recipient_id.eq(recipient_id.map(MessageId)),
            messages::recipient_name.eq(choice.name()),
            messages::address.eq(choice.address()),
            messages::mail_id.eq(mail),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// A message with what became of its mail.
#[derive(Debug, Clone, Queryable)]
pub struct MessageRow {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub author_id: EmployeeId,
    at: NaiveDateTime,
    body: String,
    recipient_kind: RecipientKind,
    recipient_name: String,
    address: String,
    mail_state: String,
    mailed_at: Option<NaiveDateTime>,
}

impl MessageRow {
    /// As its readers see it.
    pub fn into_message(self, authors: &HashMap<EmployeeId, EmployeeRef>) -> Message {
        Message {
            id: self.id,
            author: name_of(authors, self.author_id),
            at: self.at.and_utc(),
            text: self.body,
            recipient: SentTo { kind: self.recipient_kind, name: self.recipient_name, address: self.address },
            mail: match self.mail_state.as_str() {
                "sent" => MailState::Sent,
                "dead" => MailState::Failed,
                "cancelled" => MailState::Cancelled,
                _ => MailState::Queued,
            },
            mailed_at: self.mailed_at.map(|at| at.and_utc()),
        }
    }
}

macro_rules! columns {
    () => {
        (
            messages::id,
            messages::author_id,
            messages::at,
            messages::body,
            messages::recipient_kind,
            messages::recipient_name,
            messages::address,
            mails::state,
            mails::sent_at,
        )
    };
}

/// A page of a dossier's messages, newest first.
pub fn list(tx: &mut Tx<'_>, of: &Checked, window: &Window<MessageId>) -> Outcome<Page<Message>> {
    let mut query = messages::table
        .inner_join(mails::table)
        .filter(messages::dossier_id.eq(of.dossier.id))
        .order(messages::id.desc())
        .limit(window.fetch())
        .select(columns!())
        .into_boxed();
    if let Some(after) = window.after {
        query = query.filter(messages::id.lt(after));
    }
    let page = window.page(query.load::<MessageRow>(tx.conn)?, |row| row.id);
    Ok(Page { next: page.next, items: with_authors(tx.conn, page.items)? })
}

/// Messages of a dossier after one, oldest first.
pub fn after(
    conn: &mut Conn,
    dossier: DossierId,
    after: Option<MessageId>,
    most: i64,
) -> Outcome<Vec<Message>> {
    let mut query = messages::table
        .inner_join(mails::table)
        .filter(messages::dossier_id.eq(dossier))
        .order(messages::id.asc())
        .limit(most)
        .select(columns!())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(messages::id.gt(after));
    }
    let rows = query.load::<MessageRow>(conn)?;
    with_authors(conn, rows)
}

fn with_authors(conn: &mut Conn, rows: Vec<MessageRow>) -> Outcome<Vec<Message>> {
    let authors: Vec<EmployeeId> = rows.iter().map(|row| row.author_id).collect();
    let authors = names(conn, &authors)?;
    Ok(rows.into_iter().map(|row| row.into_message(&authors)).collect())
}

/// One message of a dossier.
pub fn find(tx: &mut Tx<'_>, dossier: DossierId, id: MessageId) -> Outcome<Option<Message>> {
    let row: Option<MessageRow> = messages::table
        .inner_join(mails::table)
        .filter(messages::dossier_id.eq(dossier))
        .filter(messages::id.eq(id))
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    Ok(with_authors(tx.conn, row.into_iter().collect())?.pop())
}
