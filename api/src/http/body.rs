//! JSON bodies: limited before they are read, hashed for Idempotency-Key, judged later.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use contract::{Errors, ProblemCode};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The largest body any operation takes, in bytes.
pub const LARGEST_BODY: usize = 256 * 1024;

/// A body that may still turn out to be unreadable.
pub struct Body<B> {
    value: Result<B, BadBody>,
    hash: String,
}

impl<B> std::fmt::Debug for Body<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// What is wrong with a body.
#[derive(Debug)]
pub enum BadBody {
    /// Not the JSON this operation takes.
    Unreadable(String),
    /// Readable, and wrong.
    Invalid(Errors),
}

impl BadBody {
    /// The refusal.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Unreadable(message) => Problem::new(
                ProblemCode::InvalidJson,
                format!("De aanvraag is geen JSON zoals deze bewerking die verwacht: {message}"),
                format!("The request is not the JSON this operation expects: {message}"),
            ),
            Self::Invalid(errors) => Problem::invalid(errors.clone()),
        }
    }
}

impl<B> Body<B> {
    /// The value, and the hash of the bytes it came from.
    pub fn into_parts(self) -> (Result<B, BadBody>, String) {
        (self.value, self.hash)
    }
}

impl<B: DeserializeOwned> Body<B> {
    fn read(bytes: &Bytes) -> Self {
        // serde_json's messages name the place and the expected form, never a value from the body that
        // was read before the mistake.
        let value = serde_json::from_slice(bytes).map_err(|error| BadBody::Unreadable(error.to_string()));
        Self { value, hash: crate::secrets::sha256_hex(bytes) }
    }
}

type Arriving<T> = Pin<Box<dyn Future<Output = Result<T, actix_web::Error>>>>;

impl<B: DeserializeOwned + 'static> FromRequest for Body<B> {
    type Error = actix_web::Error;
    type Future = Arriving<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Err(problem) = small(request).and_then(|()| json(request)) {
            return Box::pin(std::future::ready(Err(problem.into())));
        }
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move { Ok(Self::read(&whole(bytes).await?)) })
    }
}

/// A body that may be left out, and is then what `B` is by itself.
#[derive(Debug)]
pub struct OptionalBody<B>(pub Body<B>);

impl<B: DeserializeOwned + Default + 'static> FromRequest for OptionalBody<B> {
    type Error = actix_web::Error;
    type Future = Arriving<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Err(problem) = small(request) {
            return Box::pin(std::future::ready(Err(problem.into())));
        }
        let json = json(request);
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = whole(bytes).await?;
            if bytes.is_empty() {
                return Ok(Self(Body { value: Ok(B::default()), hash: String::new() }));
            }
            json?;
            Ok(Self(Body::read(&bytes)))
        })
    }
}

async fn whole(bytes: impl Future<Output = Result<Bytes, actix_web::Error>>) -> Result<Bytes, Problem> {
    bytes.await.map_err(|error| {
        if error.as_response_error().status_code() == actix_web::http::StatusCode::PAYLOAD_TOO_LARGE {
            too_large()
        } else {
            Problem::new(
                ProblemCode::InvalidJson,
                "De aanvraag kwam niet volledig aan.",
                "The request did not arrive completely.",
            )
        }
    })
}

fn small(request: &HttpRequest) -> Result<(), Problem> {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > LARGEST_BODY) { Err(too_large()) } else { Ok(()) }
}

fn json(request: &HttpRequest) -> Result<(), Problem> {
    let headers = request.headers();
    let json = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
        let media_type = value.split(';').next().unwrap_or_default().trim();
        media_type.eq_ignore_ascii_case("application/json")
    });
    if json {
        Ok(())
    } else {
        Err(Problem::new(
            ProblemCode::UnsupportedMediaType,
            "Stuur de aanvraag als application/json.",
            "Send the request as application/json.",
        ))
    }
}

fn too_large() -> Problem {
    Problem::new(
        ProblemCode::TooLarge,
        format!("De aanvraag is groter dan {} kB.", LARGEST_BODY / 1024),
        format!("The request is larger than {} kB.", LARGEST_BODY / 1024),
    )
}
