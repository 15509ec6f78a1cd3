//! Bringing imported case types into an office: new ones, new revisions, or nothing new (C1).

mod store;

use contract::{CaseTypeId, OfficeId};
use serde_json::json;

use super::import::ImportedCaseType;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::problem::Outcome;

/// What an import does with one case type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It is new to this office.
    Created,
    /// It differs from what the office has, and becomes this revision. Cases that run keep theirs.
    Revised(i32),
    /// It is what the office has already.
    Unchanged,
}

/// What an import would do with one case type, without doing it.
pub fn foresee(conn: &mut Conn, office: OfficeId, imported: &ImportedCaseType) -> Outcome<Effect> {
    Ok(match store::current(conn, office, &imported.code)? {
        None => Effect::Created,
        Some(current) if current.content_hash == imported.content_hash() => Effect::Unchanged,
        Some(current) => Effect::Revised(current.revision + 1),
    })
}

/// Does it, in the caller's transaction.
pub fn bring_in(
    conn: &mut Conn,
    office: OfficeId,
    imported: &ImportedCaseType,
    by: &By,
) -> Outcome<(CaseTypeId, Effect)> {
    let current = store::current(conn, office, &imported.code)?;
    let effect = foresee(conn, office, imported)?;
    let (id, kind) = match (effect, current) {
        (Effect::Unchanged, Some(current)) => return Ok((current.id, effect)),
        (Effect::Revised(revision), Some(current)) => {
            store::set_revision(conn, current.id, current.revision, revision)?;
            store::insert_revision(conn, current.id, revision, imported)?;
            (current.id, "case-type.revised")
        }
        _ => {
            let id = store::insert(conn, office, &imported.code)?;
            store::insert_revision(conn, id, 1, imported)?;
            (id, "case-type.created")
        }
    };
    events::record_by(
        conn,
        by,
        Event::of(kind, "case-type", id).new_values(json!({ "code": imported.code, "name": imported.name,
            "steps": imported.steps.len(), "resultTypes": imported.result_types.len() })),
    )?;
    Ok((id, effect))
}
