//! If-Match: which version the client saw (C10).

use actix_web::HttpRequest;
use actix_web::http::header::IF_MATCH;
use contract::ProblemCode;

use crate::problem::{Outcome, Problem};

/// The version in If-Match, if there is one. One strong tag as the server gave it; `*` and lists name no
/// version and are refused.
pub fn if_match(request: &HttpRequest) -> Outcome<Option<i64>> {
    let Some(header) = request.headers().get(IF_MATCH) else { return Ok(None) };
    header
        .to_str()
        .ok()
        .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok())
        .map(Some)
        .ok_or_else(|| {
            Problem::new(
                ProblemCode::VersionRequired,
                "If-Match bevat niet de ETag die de server gaf, zoals \"3\".",
                "If-Match does not hold the ETag the server gave, such as \"3\".",
            )
        })
}
