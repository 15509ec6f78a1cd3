use actix_web::web::Query;
use actix_web::{HttpResponse, get, post};
use contract::{Message, MessageId, NewMessage, Page, ReadContent, Recipient};
use serde_json::json;

use super::{policy, store};
use crate::access::Tx;
use crate::access::dossiers::{Checked, ReadDossier};
use crate::access::records::{ReadMessage, SendMessage};
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind, Params, To};
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;

fn choose(tx: &mut Tx<'_>, checked: &Checked) -> Outcome<policy::Choice> {
    Ok(policy::choose(store::facts(tx, &checked.dossier)?))
}

/// Get who would get a message
///
/// The one address a message about the dossier would go to now, and why, in words and as data (D6): the
/// manager's; else the client group's; else the office's. A deactivated manager counts as none; a locked one
/// still works here and counts.
///
/// **Permission**: who has access to the dossier (D3).
#[utoipa::path(tag = "Messages", responses(
    (status = 200, body = Recipient), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/recipient")]
pub async fn get_recipient(act: Act<ReadDossier>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let choice = choose(tx, permit.row())?;
        Ok(Reply::ok(choice.explain(tx.actor.id, tx.language)))
    })
    .await
}

/// List a dossier's messages
///
/// Newest first, each with what became of its mail.
///
/// **Permission**: who has access to the dossier (D3).
#[utoipa::path(tag = "Messages", params(Paging), responses(
    (status = 200, body = Page<Message>), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/messages")]
pub async fn list_messages(act: Act<ReadDossier>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read_content(move |tx, permit| {
        let reading = Reading::of_dossier(tx, permit.row(), ReadContent::Messages);
        Ok((Reply::ok(store::list(tx, permit.row(), &window)?), reading))
    })
    .await
}

/// Send a message
///
/// To exactly the one address of `GET …/recipient`, also when that is the author's own. The text stays here;
/// the mail only says that there is a message about this dossier (D8). `recipientVersion` names the recipient
/// the author saw: when another one would get it by now, nothing is sent, and the answer is 412 with the new
/// recipient in `current`.
///
/// **Permission**: who has access to the dossier (D3), while it is in use.
#[utoipa::path(tag = "Messages", request_body = NewMessage, responses(
    (status = 201, body = Message), (status = 403, description = "forbidden"),
    (status = 409, description = "conflict"), (status = 412, description = "stale")))]
#[post("/dossiers/{dossierId}/messages")]
pub async fn send_message(act: Act<SendMessage>, body: Body<NewMessage>) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        let dossier = &permit.row().dossier;
        let choice = choose(tx, permit.row())?;
        if choice.version() != new.recipient_version {
            return Err(Problem::recipient_changed(&choice.explain(tx.actor.id, tx.language)));
        }
        let id = MessageId::new();
        let kind = choice.reason().kind();
        let event = events::record(
            tx,
            Event::of("dossier.message-sent", "dossier", dossier.id).new_values(json!({ "messageId": id,
                "recipientKind": kind, "recipient": choice.name(), "address": choice.address() })),
        )?;
        let params = Params {
            dossier_number: Some(dossier.number.clone()),
            recipient_kind: Some(kind),
            recipient_name: Some(choice.name().to_owned()),
            // The one the author saw, whatever it becomes before the mail is sent.
            address: Some(choice.address().to_owned()),
            link: Some(format!("/dossiers/{}?bericht={id}", dossier.id)),
            ..Params::default()
        };
        let to = choice.employee().map_or_else(|| To::Address(choice.address()), To::Employee);
        let office = tx.actor.office_id;
        let mail = mail::queue_one(tx.conn, office, event, MailKind::DossierMessage, to, &params)?;
        store::insert(tx, permit, id, &new.text, &choice, mail)?;
        let message = store::find(tx, dossier.id, id)?.ok_or_else(Problem::not_found)?;
        Ok(Reply::created(message, format!("/dossiers/{}/messages/{id}", dossier.id)))
    })
    .await
}

/// Get a message
///
/// **Permission**: who has access to the dossier (D3).
#[utoipa::path(tag = "Messages", responses(
    (status = 200, body = Message), (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/messages/{messageId}")]
pub async fn get_message(act: Act<ReadMessage>) -> Outcome<HttpResponse> {
    act.read_content(|tx, permit| {
        let (checked, id) = permit.row();
        let message = store::find(tx, checked.dossier.id, *id)?.ok_or_else(Problem::not_found)?;
        Ok((Reply::ok(message), Reading::of_dossier(tx, checked, ReadContent::Messages)))
    })
    .await
}
