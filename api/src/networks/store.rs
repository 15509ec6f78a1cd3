use contract::{AddressVerdict, Contact, OfficeId};
use diesel::prelude::*;

use super::policy::Networks;
use crate::access::office::Administer;
use crate::access::{Permit, Tx};
use crate::db::Conn;
use crate::db::schema::{office_networks, offices};
use crate::problem::{Outcome, Problem};

/// Whether an office restricts where its people work from, and which version of its list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Of which office.
    pub office: OfficeId,
    /// Whether it does.
    pub enforced: bool,
    /// Counts the changes of the list.
    pub version: i64,
}

/// An office as anyone may know it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = offices)]
pub struct PublicRow {
    pub id: OfficeId,
    pub code: String,
    pub name: String,
    email: String,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    networks_enforced: bool,
    networks_version: i64,
    /// What it tells who is outside.
    pub outside_text: String,
}

impl PublicRow {
    /// Its rule.
    pub const fn rule(&self) -> Rule {
        Rule { office: self.id, enforced: self.networks_enforced, version: self.networks_version }
    }

    /// Whom to ask there: at least the office's own address (S6).
    pub fn help(self) -> contract::OfficeHelp {
        let email = if self.contact_email.is_empty() { self.email } else { self.contact_email };
        let contact = Contact { name: self.contact_name, phone: self.contact_phone, email };
        contract::OfficeHelp { code: self.code, name: self.name, contact }
    }
}

/// The office with a folded code, or the only one there is when none is named. As many statements either way.
pub fn named(conn: &mut Conn, code: Option<&str>) -> Outcome<Option<PublicRow>> {
    // One statement, whether or not a code was typed: every code is at least the empty one.
    let (from, to) = (code.unwrap_or_default(), code.unwrap_or("\u{10ffff}"));
    let mut found: Vec<PublicRow> = offices::table
        .filter(offices::code_folded.between(from, to))
        .order(offices::code_folded)
        .limit(2)
        .select(PublicRow::as_select())
        .load(conn)?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The platform's office (P3).
pub fn platform(conn: &mut Conn) -> Outcome<Option<PublicRow>> {
    Ok(offices::table
        .filter(offices::platform.eq(true))
        .select(PublicRow::as_select())
        .first(conn)
        .optional()?)
}

/// The networks of an office.
pub fn networks(conn: &mut Conn, office: OfficeId) -> Outcome<Networks> {
    let listed: Vec<(String, String)> = office_networks::table
        .filter(office_networks::office_id.eq(office))
        .order(office_networks::position)
        .select((office_networks::label, office_networks::cidr))
        .load(conn)?;
    let listed: Vec<contract::Network> =
        listed.into_iter().map(|(label, cidr)| contract::Network { label, cidr }).collect();
    let mut errors = contract::Errors::default();
    let networks = Networks::parse(&listed, &mut errors);
    if errors.is_empty() { Ok(networks) } else { Err(Problem::internal("a network in the database is none")) }
}

/// An office's networks as they are kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub rule: Rule,
    pub outside_text: String,
    pub networks: Networks,
}

/// Those of the one who asks.
pub fn mine(tx: &mut Tx<'_>) -> Outcome<Kept> {
    let office: PublicRow =
        offices::table.find(tx.actor.office_id).select(PublicRow::as_select()).first(tx.conn)?;
    let networks = networks(tx.conn, office.id)?;
    Ok(Kept { rule: office.rule(), outside_text: office.outside_text, networks })
}

/// Replaces them if nobody did since `version`.
pub fn replace(
    tx: &mut Tx<'_>,
    _permit: &Permit<Administer>,
    enforced: bool,
    outside_text: &str,
    networks: &Networks,
    version: i64,
) -> Outcome<bool> {
    let office = tx.actor.office_id;
    let changed = diesel::update(
        offices::table.filter(offices::id.eq(office)).filter(offices::networks_version.eq(version)),
    )
    .set((
        offices::networks_enforced.eq(enforced),
        offices::outside_text.eq(outside_text),
        offices::networks_version.eq(offices::networks_version + 1),
    ))
    .execute(tx.conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(office_networks::table.filter(office_networks::office_id.eq(office))).execute(tx.conn)?;
    for (position, network) in (0i32..).zip(networks.wire()) {
        diesel::insert_into(office_networks::table)
            .values((
                office_networks::office_id.eq(office),
                office_networks::position.eq(position),
                office_networks::label.eq(network.label),
                office_networks::cidr.eq(network.cidr),
            ))
            .execute(tx.conn)?;
    }
    Ok(true)
}

/// Lets an office's people in from everywhere; `false` when it did already.
pub fn open_up(conn: &mut Conn, office: OfficeId) -> Outcome<bool> {
    let changed = diesel::update(offices::table.find(office).filter(offices::networks_enforced.eq(true)))
        .set((
            offices::networks_enforced.eq(false),
            offices::networks_version.eq(offices::networks_version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// What is told of an address.
pub fn verdict(address: Option<std::net::IpAddr>, label: Option<String>) -> AddressVerdict {
    AddressVerdict {
        address: address.map(|address| address.to_string()).unwrap_or_default(),
        trusted: label.is_some(),
        label,
    }
}
