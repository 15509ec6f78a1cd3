//! Deleting a client group without losing anything (G6): its dossiers move to another.

use actix_web::{HttpResponse, post};
use contract::validation::FieldCode;
use contract::{ClientGroupDeletion, ClientGroupDeletionPreview, ClientGroupId, DossierId, ProblemCode};
use serde_json::json;

use super::store;
use crate::access::office::DeleteClientGroup;
use crate::access::{Permit, Tx};
use crate::db::lock::{self, Hold, Table};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::act::invalid_field;
use crate::http::body::Body;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};

/// Preview deleting a client group
///
/// How many dossiers move, and for how many of them mail will go to another address (D6). Without a target:
/// what hangs on it. Nothing is changed.
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Client groups", request_body = ClientGroupDeletion, responses(
    (status = 200, body = ClientGroupDeletionPreview), (status = 403, description = "forbidden")))]
#[post("/client-groups/{clientGroupId}/deletion/preview")]
pub async fn preview_client_group_deletion(
    act: Act<DeleteClientGroup>,
    body: Body<ClientGroupDeletion>,
) -> Outcome<HttpResponse> {
    act.preview(body, |tx, permit, deletion| {
        let id = *permit.row();
        let target = locked(tx, id, deletion)?;
        let dossiers = store::dossiers_of(tx.conn, id)?;
        preview(tx, id, target, &dossiers).map(Reply::ok)
    })
    .await
}

/// Delete a client group
///
/// Its dossiers, archived ones too, move to the target, all or nothing. When there are any, the digest of the
/// preview must come along (G6).
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Client groups", request_body = ClientGroupDeletion, responses(
    (status = 200, body = ClientGroupDeletionPreview), (status = 403, description = "forbidden"),
    (status = 412, description = "preview-outdated"), (status = 428, description = "preview-required")))]
#[post("/client-groups/{clientGroupId}/deletion")]
pub async fn delete_client_group(
    act: Act<DeleteClientGroup>,
    body: Body<ClientGroupDeletion>,
) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, deletion| delete(tx, permit, deletion).map(Reply::ok)).await
}

fn delete(
    tx: &mut Tx<'_>,
    permit: &Permit<DeleteClientGroup>,
    deletion: &ClientGroupDeletion,
) -> Outcome<ClientGroupDeletionPreview> {
    let id = *permit.row();
    let target = locked(tx, id, deletion)?;
    let group = store::find(tx, id)?;
    let dossiers = store::dossiers_of(tx.conn, id)?;
    lock::rows(tx.conn, Table::Dossiers, dossiers.iter().copied(), Hold::Update)?;
    // One that went to another client group meanwhile does not move, and no event says that it did.
    if store::dossiers_of(tx.conn, id)? != dossiers {
        return Err(Problem::busy().run_again());
    }
    if !dossiers.is_empty() && target.is_none() {
        return Err(invalid_field(
            tx,
            "targetId",
            FieldCode::Blank,
            "Kies de klantengroep die de dossiers overneemt.",
            "Choose the client group that takes the dossiers over.",
        ));
    }
    let seen = preview(tx, id, target, &dossiers)?;
    match &deletion.preview {
        None if !dossiers.is_empty() => return Err(Problem::preview_required(&seen)),
        Some(digest) if *digest != seen.digest => return Err(Problem::preview_outdated(&seen)),
        _ => {}
    }
    if let Some(target) = target {
        store::move_dossiers(tx.conn, id, target)?;
    }
    store::remove(tx.conn, id)?;
    let cause = events::record(
        tx,
        Event::of("client-group.deleted", "client-group", id)
            .old(json!({ "name": group.name, "email": group.email, "dossierIds": dossiers }))
            .new_values(json!({ "targetId": target })),
    )?;
    // Also where it hangs: another address hears of these dossiers (D6, E1).
    let moves: Vec<Event> = dossiers
        .iter()
        .map(|dossier| {
            Event::of("dossier.client-group-moved", "dossier", *dossier)
                .old(json!({ "clientGroupId": id }))
                .new_values(json!({ "clientGroupId": target, "cause": cause }))
        })
        .collect();
    events::record_each(tx, &moves)?;
    Ok(seen)
}

/// Both client groups, held until the end, and the target checked.
fn locked(
    tx: &mut Tx<'_>,
    id: ClientGroupId,
    deletion: &ClientGroupDeletion,
) -> Outcome<Option<ClientGroupId>> {
    let both = [id].into_iter().chain(deletion.target_id);
    lock::rows(tx.conn, Table::ClientGroups, both, Hold::Update)?;
    store::find(tx, id)?;
    let refused = |tx: &Tx<'_>, code, nl, en| Err(invalid_field(tx, "targetId", code, nl, en));
    match deletion.target_id {
        None => Ok(None),
        Some(target) if target == id => refused(
            tx,
            FieldCode::Contradiction,
            "Kies een andere klantengroep dan die u verwijdert.",
            "Choose another client group than the one you delete.",
        ),
        Some(target) => match store::find(tx, target) {
            Ok(_) => Ok(Some(target)),
            Err(problem) if problem.code() == ProblemCode::NotFound => refused(
                tx,
                FieldCode::Unknown,
                "Deze klantengroep bestaat niet.",
                "This client group does not exist.",
            ),
            Err(problem) => Err(problem),
        },
    }
}

fn preview(
    tx: &mut Tx<'_>,
    id: ClientGroupId,
    target: Option<ClientGroupId>,
    dossiers: &[DossierId],
) -> Outcome<ClientGroupDeletionPreview> {
    let address = match target {
        Some(target) => Some(store::find(tx, target)?.email),
        None => None,
    };
    let mail_moves = store::without_manager(tx.conn, id)?;
    let said = serde_json::to_vec(&(dossiers, target, address, mail_moves)).map_err(Problem::internal)?;
    Ok(ClientGroupDeletionPreview {
        digest: crate::secrets::sha256_hex(&said),
        dossiers: u32::try_from(dossiers.len()).unwrap_or(u32::MAX),
        mail_moves,
    })
}
