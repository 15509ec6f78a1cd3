//! Making and changing a client group, for the form and for an import alike.

use contract::{ClientGroup, ClientGroupChange, ClientGroupId};
use serde_json::json;

use super::store;
use crate::access::office::{Administer, AdministerClientGroup};
use crate::access::{Permit, Tx};
use crate::events::{self, Event};
use crate::problem::Outcome;

/// Makes one.
pub fn create(
    tx: &mut Tx<'_>,
    permit: &Permit<Administer>,
    new: &ClientGroupChange,
) -> Outcome<ClientGroupId> {
    let id = store::insert(tx, permit, new)?;
    events::record(tx, Event::of("client-group.created", "client-group", id).new_values(json!(new)))?;
    Ok(id)
}

/// Changes one; `false` when somebody else did since `before` was read.
pub fn change(
    tx: &mut Tx<'_>,
    permit: &Permit<AdministerClientGroup>,
    before: &ClientGroup,
    change: &ClientGroupChange,
    version: i64,
) -> Outcome<bool> {
    if !store::update(tx, permit, change, version)? {
        return Ok(false);
    }
    events::record(
        tx,
        Event::of("client-group.updated", "client-group", before.id)
            .old(json!({ "name": before.name, "email": before.email }))
            .new_values(json!({ "name": change.name, "email": change.email })),
    )?;
    Ok(true)
}
