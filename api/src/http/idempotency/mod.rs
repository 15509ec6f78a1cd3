//! Idempotency-Key: a repeated POST changes nothing and gets the first answer again.

pub mod store;

use actix_web::HttpRequest;
use actix_web::http::Method;
use contract::ProblemCode;

use super::reply::Written;
use crate::access::Tx;
use crate::problem::{Outcome, Problem};

/// A key the client chose for one request.
#[derive(Debug, Clone)]
pub struct IdempotencyKey(String);

/// The key of a POST, if it has one: 1 to 255 visible ASCII characters.
pub fn key(request: &HttpRequest) -> Outcome<Option<IdempotencyKey>> {
    if request.method() != Method::POST {
        return Ok(None);
    }
    let Some(header) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    header
        .to_str()
        .ok()
        .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .map(|key| Some(IdempotencyKey(key.to_owned())))
        .ok_or_else(|| {
            Problem::new(
                ProblemCode::InvalidInput,
                "Idempotency-Key heeft 1 tot en met 255 zichtbare tekens.",
                "Idempotency-Key has 1 to 255 visible characters.",
            )
        })
}

/// What must be the same for two requests to be one.
pub fn fingerprint(request: &str, body_hash: &str) -> String {
    crate::secrets::sha256_hex(format!("{request} {body_hash}").as_bytes())
}

/// Nor is it one in another office: a visitor's own office is not the one they visit (P1, P3).
fn in_office(tx: &Tx<'_>, fingerprint: &str) -> String {
    crate::secrets::sha256_hex(format!("{fingerprint} {}", tx.actor.office_id).as_bytes())
}

/// The answer to an earlier request with this key; a problem when that was another request.
pub fn replay(tx: &mut Tx<'_>, key: &IdempotencyKey, fingerprint: &str) -> Outcome<Option<Written>> {
    match store::find(tx, &key.0)? {
        None => Ok(None),
        Some((hash, written)) if hash == in_office(tx, fingerprint) => Ok(Some(written)),
        Some(_) => Err(Problem::new(
            ProblemCode::IdempotencyKeyReused,
            "Deze Idempotency-Key hoort bij een andere aanvraag. Gebruik voor elke aanvraag een nieuwe.",
            "This Idempotency-Key belongs to another request. Use a new one for every request.",
        )),
    }
}

/// Keeps the answer, in the transaction that made it.
pub fn remember(tx: &mut Tx<'_>, key: &IdempotencyKey, fingerprint: &str, written: &Written) -> Outcome<()> {
    let fingerprint = in_office(tx, fingerprint);
    store::insert(tx, &key.0, &fingerprint, written)
}
