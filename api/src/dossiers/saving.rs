//! Making and changing a dossier, for the form and for an import alike. That nothing is stranded (P4) is for
//! who makes the change.

use contract::{AccessRule, DossierId, EventId, NewAccessRule};
use serde_json::json;

use super::store::{self, DossierValues};
use crate::access::dossiers::ManageDossier;
use crate::access::office::CreateDossier;
use crate::access::{Permit, Tx};
use crate::events::{self, Event};
use crate::problem::Outcome;

/// Makes one; returns its id and number.
pub fn create(
    tx: &mut Tx<'_>,
    permit: &Permit<CreateDossier>,
    values: &DossierValues<'_>,
) -> Outcome<(DossierId, String)> {
    let (id, number) = store::insert(tx, permit, values)?;
    events::record(
        tx,
        Event::of("dossier.created", "dossier", id).new_values(json!({ "number": number,
            "name": values.name, "managerId": values.manager_id, "clientGroupId": values.client_group_id,
            "visibility": values.visibility })),
    )?;
    Ok((id, number))
}

/// Changes one, without its rules, if nobody did since `version`.
pub fn change(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageDossier>,
    values: &DossierValues<'_>,
    version: i64,
) -> Outcome<Option<EventId>> {
    if !store::update(tx, permit, values, version)? {
        return Ok(None);
    }
    let before = &permit.row().dossier;
    let event = Event::of("dossier.updated", "dossier", before.id)
        .old(json!({ "name": before.name, "managerId": before.manager_id,
            "clientGroupId": before.client_group_id, "visibility": before.visibility }))
        .new_values(json!({ "name": values.name, "managerId": values.manager_id,
            "clientGroupId": values.client_group_id, "visibility": values.visibility }));
    Ok(Some(events::record(tx, event)?))
}

/// Replaces its rules, if nobody changed the dossier since `version`.
pub fn replace_rules(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageDossier>,
    before: &[AccessRule],
    rules: &[NewAccessRule],
    version: i64,
) -> Outcome<Option<EventId>> {
    if !store::replace_rules(tx, permit, rules, version)? {
        return Ok(None);
    }
    let event = Event::of("dossier.rules-updated", "dossier", permit.row().dossier.id)
        .old(json!({ "rules": before }))
        .new_values(json!({ "rules": rules }));
    Ok(Some(events::record(tx, event)?))
}
