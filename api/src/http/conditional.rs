//! If-Match: which version the client saw (C10). If-None-Match: what a reader has already.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{IF_MATCH, IF_NONE_MATCH};
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

/// What the reader of a GET has already, by the tags in If-None-Match; nobody reads with another method.
#[derive(Debug, Clone)]
pub struct Known(Option<Vec<String>>);

impl Known {
    /// As a request says it.
    pub fn to(request: &HttpRequest) -> Self {
        let tags = || {
            let headers = request.headers().get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
            headers.flat_map(|value| value.split(',')).map(|tag| opaque(tag.trim()).to_owned()).collect()
        };
        Self((request.method() == Method::GET).then(tags))
    }

    /// Whether something is being read.
    pub const fn is_asked(&self) -> bool {
        self.0.is_some()
    }

    /// Whether they have what bears this tag: weak or strong is the same here (RFC 9110, 13.1.2).
    pub fn includes(&self, tag: &str) -> bool {
        self.0.iter().flatten().any(|known| known == "*" || known == opaque(tag))
    }
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}
