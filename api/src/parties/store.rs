use contract::{DossierId, Page, Party, PartyChange, PartyId, PartyKind};
use diesel::prelude::*;

use crate::access::records::{EditParties, EditParty};
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::Conn;
use crate::db::schema::parties;
use crate::http::paging::Window;
use crate::problem::Outcome;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = parties)]
struct PartyRow {
    id: PartyId,
    kind: PartyKind,
    name: String,
    role: String,
    email: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    version: i64,
}

impl From<PartyRow> for Party {
    fn from(row: PartyRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            role: row.role,
            email: row.email,
            phone: row.phone,
            address: row.address,
            version: row.version,
        }
    }
}

/// A page of a dossier's parties, in the order they were named.
pub fn list(tx: &mut Tx<'_>, dossier: DossierId, window: &Window<PartyId>) -> Outcome<Page<Party>> {
    let rows = after(tx.conn, dossier, window.after, window.fetch())?;
    Ok(window.page(rows, |party| party.id))
}

/// Parties of a dossier after one, in the order they were named.
pub fn after(conn: &mut Conn, dossier: DossierId, after: Option<PartyId>, most: i64) -> Outcome<Vec<Party>> {
    let mut query = parties::table
        .filter(parties::dossier_id.eq(dossier))
        .order(parties::id.asc())
        .limit(most)
        .select(PartyRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(parties::id.gt(after));
    }
    Ok(query.load(conn)?.into_iter().map(Party::from).collect())
}

/// One party of a dossier.
pub fn find(conn: &mut Conn, dossier: DossierId, id: PartyId) -> Outcome<Option<Party>> {
    let row: Option<PartyRow> = parties::table
        .filter(parties::dossier_id.eq(dossier))
        .filter(parties::id.eq(id))
        .select(PartyRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Party::from))
}

/// Adds one.
pub fn insert(tx: &mut Tx<'_>, permit: &Permit<EditParties>, new: &PartyChange) -> Outcome<PartyId> {
    let id = PartyId::new();
    diesel::insert_into(parties::table)
        .values((
            parties::id.eq(id),
            parties::dossier_id.eq(permit.row().dossier.id),
            parties::kind.eq(new.kind),
            parties::name.eq(&new.name),
            parties::role.eq(&new.role),
            parties::email.eq(new.email.as_deref()),
            parties::phone.eq(new.phone.as_deref()),
            parties::address.eq(new.address.as_deref()),
            parties::created_at.eq(clock::stamp()),
            parties::version.eq(1),
        ))
        .execute(tx.conn)?;
    Ok(id)
}

/// Changes one if nobody did since `version`.
pub fn update(
    tx: &mut Tx<'_>,
    permit: &Permit<EditParty>,
    change: &PartyChange,
    version: i64,
) -> Outcome<bool> {
    let (checked, id) = permit.row();
    let changed = diesel::update(
        parties::table
            .filter(parties::dossier_id.eq(checked.dossier.id))
            .filter(parties::id.eq(*id))
            .filter(parties::version.eq(version)),
    )
    .set((
        parties::kind.eq(change.kind),
        parties::name.eq(&change.name),
        parties::role.eq(&change.role),
        parties::email.eq(change.email.as_deref()),
        parties::phone.eq(change.phone.as_deref()),
        parties::address.eq(change.address.as_deref()),
        parties::version.eq(parties::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Removes one if nobody changed it since `version`.
pub fn delete(tx: &mut Tx<'_>, permit: &Permit<EditParty>, version: i64) -> Outcome<bool> {
    let (checked, id) = permit.row();
    let gone = diesel::delete(
        parties::table
            .filter(parties::dossier_id.eq(checked.dossier.id))
            .filter(parties::id.eq(*id))
            .filter(parties::version.eq(version)),
    )
    .execute(tx.conn)?;
    Ok(gone == 1)
}
