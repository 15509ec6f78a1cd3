//! Whom a dossier concerns: `/v1/dossiers/{id}/parties`.

use contract::{DossierId, Page, Party, PartyChange, PartyId};

use super::{Call, Query};

pub fn list_parties(dossier: DossierId, cursor: Option<&str>) -> Call<Page<Party>> {
    Call::get(Query::page(format!("/dossiers/{dossier}/parties"), cursor))
}

pub fn add_party(dossier: DossierId, new: &PartyChange) -> Call<Party> {
    Call::post(format!("/dossiers/{dossier}/parties")).with(new)
}

pub fn update_party(dossier: DossierId, id: PartyId, version: i64, change: &PartyChange) -> Call<Party> {
    Call::put(format!("/dossiers/{dossier}/parties/{id}")).seen(version).with(change)
}

pub fn remove_party(dossier: DossierId, id: PartyId, version: i64) -> Call<()> {
    Call::delete(format!("/dossiers/{dossier}/parties/{id}")).seen(version)
}
