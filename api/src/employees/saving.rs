//! Making and changing an employee, for the form and for an import alike. What depends on several changes
//! together, that one administrator remains (P5) and that nothing is stranded (P4), is for who makes them.

use std::collections::BTreeSet;

use contract::{Employee, EmployeeChange, EmployeeId, EventId, GroupId, NewEmployee, Role};
use serde_json::json;

use super::reactivation::store::correct_address;
use super::store::{self, EmployeeValues};
use crate::access::Tx;
use crate::events::{self, Event};
use crate::groups;
use crate::mail::{self, MailKind, Params};
use crate::problem::Outcome;

/// Makes an employee who is in groups that exist, and mails the invitation (S4); `None` when the username is
/// taken (P2).
pub fn create(tx: &mut Tx<'_>, new: &NewEmployee, groups: &BTreeSet<GroupId>) -> Outcome<Option<EmployeeId>> {
    let Some(id) = store::insert(tx.conn, tx.actor.office_id, new)? else { return Ok(None) };
    groups::store::set_groups_of(tx.conn, id, groups)?;
    let event = events::record(tx, Event::of("employee.created", "employee", id).new_values(json!(new)))?;
    let office = tx.actor.office_id;
    mail::queue(tx.conn, office, event, MailKind::Invitation, &[id], &Params::default())?;
    Ok(Some(id))
}

/// Changes an employee who is locked, if nobody else did since `version`. Someone whose address changes is
/// told at the old one (S3).
pub fn change(
    tx: &mut Tx<'_>,
    before: &Employee,
    change: &EmployeeChange,
    groups: &BTreeSet<GroupId>,
    version: i64,
) -> Outcome<Option<EventId>> {
    let id = before.id;
    let values = EmployeeValues {
        name: &change.name,
        email: &change.email,
        roles: &change.roles,
        language: change.language,
        other_language: before.account.as_ref().is_none_or(|account| account.language != change.language),
    };
    if !store::update(tx, id, &values, version)? {
        return Ok(None);
    }
    let (joined, left) = groups::store::set_groups_of(tx.conn, id, groups)?;
    let event = events::record(
        tx,
        Event::of("employee.updated", "employee", id)
            .old(json!({ "name": before.name, "account": before.account, "left": left }))
            .new_values(json!({ "name": change.name, "email": change.email, "roles": change.roles,
                "language": change.language, "joined": joined })),
    )?;
    let old_address = before.account.as_ref().map(|account| account.email.as_str()).unwrap_or_default();
    if old_address != change.email {
        // What was mailed there must not let whoever reads it in.
        correct_address(tx.conn, id, &change.email)?;
        tell_old_address(tx, event, id, old_address)?;
    }
    Ok(Some(event))
}

/// Tells someone at their old address that they have another one now (S3).
pub fn tell_old_address(tx: &mut Tx<'_>, event: EventId, id: EmployeeId, old: &str) -> Outcome<()> {
    let params = Params { address: Some(old.to_owned()), ..Params::default() };
    let office = tx.actor.office_id;
    mail::queue(tx.conn, office, event, MailKind::AddressChanged, &[id], &params)
}

/// Whether a change takes the role of local administrator away (P5).
pub fn dismisses(before: &Employee, change: &EmployeeChange) -> bool {
    let was = before.account.as_ref().is_some_and(|account| account.roles.contains(&Role::LocalAdmin));
    was && !change.roles.contains(&Role::LocalAdmin)
}
