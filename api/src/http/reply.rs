//! Answers, before they are written.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use serde::Serialize;

use super::conditional::Known;
use crate::problem::{Outcome, Problem};

/// What a handler answers.
#[derive(Debug)]
pub struct Reply<T> {
    status: StatusCode,
    body: Option<T>,
    version: Option<i64>,
    location: Option<String>,
}

impl<T> Reply<T> {
    /// 200.
    pub const fn ok(body: T) -> Self {
        Self { status: StatusCode::OK, body: Some(body), version: None, location: None }
    }

    /// 201, and where the new thing lives (below `/v1`).
    pub fn created(body: T, location: String) -> Self {
        Self {
            status: StatusCode::CREATED,
            body: Some(body),
            version: None,
            location: Some(format!("/v1{location}")),
        }
    }

    /// 204.
    pub const fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None, version: None, location: None }
    }

    /// The version, as ETag, for a later If-Match (C10).
    pub const fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }
}

impl<T: Serialize> Reply<T> {
    /// As text, so that it can be sent, and kept for a repeated request.
    pub fn write(self) -> Outcome<Written> {
        Ok(Written {
            status: self.status.as_u16(),
            body: match self.body {
                Some(body) => serde_json::to_string(&body).map_err(Problem::internal)?,
                None => String::new(),
            },
            etag: self.version.map(|version| format!("\"{version}\"")),
            location: self.location,
        })
    }
}

/// A written answer.
#[derive(Debug, Clone)]
pub struct Written {
    /// The status.
    pub status: u16,
    /// JSON, or nothing.
    pub body: String,
    /// The version.
    pub etag: Option<String>,
    /// Where the new thing lives.
    pub location: Option<String>,
}

impl Written {
    /// The same for a reader, with a tag of what it says: nothing when they have just that already (304). What has a version
    /// is always given whole, because it says more than what the version counts.
    pub fn for_reader(self, known: &Known) -> Self {
        if !known.is_asked() || self.etag.is_some() || self.status != StatusCode::OK.as_u16() {
            return self;
        }
        // The same on every server, and in whatever way it is compressed.
        let tag = format!("W/\"{}\"", &crate::secrets::sha256_hex(self.body.as_bytes())[..24]);
        let status = if known.includes(&tag) { StatusCode::NOT_MODIFIED.as_u16() } else { self.status };
        let body = if status == self.status { self.body } else { String::new() };
        Self { status, body, etag: Some(tag), location: None }
    }

    /// As actix sends it.
    pub fn into_response(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = HttpResponse::build(status);
        if let Some(etag) = self.etag {
            response.insert_header((ETAG, etag));
        }
        if let Some(location) = self.location {
            response.insert_header((LOCATION, location));
        }
        if self.body.is_empty() {
            response.finish()
        } else {
            response.content_type("application/json").body(self.body)
        }
    }
}
