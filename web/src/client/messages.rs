//! Messages about a dossier and whom they go to: `/v1/dossiers/{id}/messages` and `/recipient`.

use contract::{DossierId, Message, MessageId, NewMessage, Page, Recipient};

use super::{Call, Query};

/// Who would get a message now, and why (D6).
pub fn find_recipient(dossier: DossierId) -> Call<Recipient> {
    Call::get(format!("/dossiers/{dossier}/recipient"))
}

pub fn list_messages(dossier: DossierId, cursor: Option<&str>) -> Call<Page<Message>> {
    Call::get(Query::page(format!("/dossiers/{dossier}/messages"), cursor))
}

pub fn find_message(dossier: DossierId, id: MessageId) -> Call<Message> {
    Call::get(format!("/dossiers/{dossier}/messages/{id}"))
}

pub fn send_message(dossier: DossierId, new: &NewMessage) -> Call<Message> {
    Call::post(format!("/dossiers/{dossier}/messages")).with(new)
}
