//! Accounts that were locked by too many wrong passwords (S2, S3): who manages accounts sees them first, and their owner is
//! told once.

mod store;

use actix_web::web::Query;
use actix_web::{HttpResponse, get};
use contract::{LockedAccount, Page};

use crate::access::office::Help;
use crate::db::Conn;
use crate::http::Act;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind, Params};
use crate::problem::Outcome;
use crate::sign_in::policy::ATTEMPTS;

/// List locked accounts
///
/// Newest first, with the address that the last failed attempt came from, and how many accounts of the office are locked from
/// there: many hint at an attack. Reactivating one mails its owner a temporary password (S3).
///
/// **Permission**: local administrator, helpdesk.
#[utoipa::path(tag = "Employees", params(Paging), responses(
    (status = 200, body = Page<LockedAccount>), (status = 403, description = "forbidden")))]
#[get("/locked-accounts")]
pub async fn list_locked_accounts(act: Act<Help>, paging: Query<Paging>) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| Ok(Reply::ok(store::list(tx, &window)?))).await
}

/// Queues the mail to the owner of one account that was locked, unless that was done; `false` when none was left. Done by
/// the worker: a sign-in that locks takes no statement more than another (S1).
pub fn tell_one(conn: &mut Conn) -> Outcome<bool> {
    let Some(locked) = store::take(conn)? else { return Ok(false) };
    if let Some(event) = locked.event {
        let params = Params {
            contact: Some(locked.office_email),
            count: u32::try_from(ATTEMPTS).ok(),
            moment: locked.at.map(|at| at.and_utc()),
            ..Params::default()
        };
        mail::queue(conn, locked.office_id, event, MailKind::LockedOut, &[locked.id], &params)?;
    }
    Ok(true)
}
