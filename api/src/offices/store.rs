use contract::{Contact, Office, OfficeChange, OfficeId, Visibility};
use diesel::prelude::*;

use crate::access::office::Administer;
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::offices;
use crate::problem::Outcome;
use crate::text::fold;

/// An office.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = offices)]
pub struct OfficeRow {
    /// Its id.
    pub id: OfficeId,
    /// Its public code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its mail address.
    pub email: String,
    /// What a new dossier gets.
    pub default_visibility: Visibility,
    /// Office setting (P2).
    pub only_administrators_create_dossiers: bool,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    /// Counts its changes.
    pub version: i64,
}

impl From<OfficeRow> for Office {
    fn from(row: OfficeRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            email: row.email,
            default_visibility: row.default_visibility,
            only_administrators_create_dossiers: row.only_administrators_create_dossiers,
            contact: Contact { name: row.contact_name, phone: row.contact_phone, email: row.contact_email },
            version: row.version,
        }
    }
}

/// The office of the one who asks.
pub fn mine(tx: &mut Tx<'_>) -> Outcome<OfficeRow> {
    Ok(offices::table.find(tx.actor.office_id).select(OfficeRow::as_select()).first(tx.conn)?)
}

/// An office by its id.
pub fn by_id(conn: &mut Conn, id: OfficeId) -> Outcome<OfficeRow> {
    Ok(offices::table.find(id).select(OfficeRow::as_select()).first(conn)?)
}

/// Makes an office the platform's (P3); `false` when another one is already.
pub fn make_platform(conn: &mut Conn, id: OfficeId) -> Outcome<bool> {
    let others: i64 = offices::table
        .filter(offices::platform.eq(true))
        .filter(offices::id.ne(id))
        .count()
        .get_result(conn)?;
    if others > 0 {
        return Ok(false);
    }
    diesel::update(offices::table.find(id)).set(offices::platform.eq(true)).execute(conn)?;
    Ok(true)
}

/// An office by its code.
pub fn by_code(conn: &mut Conn, code: &str) -> Outcome<Option<OfficeRow>> {
    Ok(offices::table
        .filter(offices::code_folded.eq(fold(code)))
        .select(OfficeRow::as_select())
        .first(conn)
        .optional()?)
}

/// Makes an office; `None` when the code is taken.
pub fn insert(conn: &mut Conn, code: &str, name: &str, email: &str) -> Outcome<Option<OfficeId>> {
    if by_code(conn, code)?.is_some() {
        return Ok(None);
    }
    let id = OfficeId::new();
    diesel::insert_into(offices::table)
        .values((
            offices::id.eq(id),
            offices::code.eq(code),
            offices::code_folded.eq(fold(code)),
            offices::name.eq(name),
            offices::email.eq(email),
            offices::default_visibility.eq(Visibility::Restricted),
            offices::only_administrators_create_dossiers.eq(false),
            offices::created_at.eq(clock::stamp()),
            offices::version.eq(1),
        ))
        .execute(conn)?;
    Ok(Some(id))
}

/// Changes the settings if nobody did since `version`.
pub fn update(
    tx: &mut Tx<'_>,
    _permit: &Permit<Administer>,
    change: &OfficeChange,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        offices::table.filter(offices::id.eq(tx.actor.office_id)).filter(offices::version.eq(version)),
    )
    .set((
        offices::name.eq(&change.name),
        offices::email.eq(&change.email),
        offices::default_visibility.eq(change.default_visibility),
        offices::only_administrators_create_dossiers.eq(change.only_administrators_create_dossiers),
        offices::contact_name.eq(&change.contact.name),
        offices::contact_phone.eq(&change.contact.phone),
        offices::contact_email.eq(&change.contact.email),
        offices::version.eq(offices::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}
