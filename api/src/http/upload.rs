//! Files as bodies: CSV and XML, limited before they are read.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest};
use contract::ProblemCode;

use crate::problem::Problem;

/// What files an operation takes.
pub trait Format: 'static {
    /// Their media types.
    const TYPES: &'static [&'static str];
    /// The largest, in bytes.
    const MOST: usize;
}

/// A file of some format.
pub struct Upload<F: Format> {
    /// Its content.
    pub bytes: Vec<u8>,
    format: PhantomData<F>,
}

impl<F: Format> std::fmt::Debug for Upload<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}

fn too_large(most: usize) -> Problem {
    let most = most / (1024 * 1024);
    Problem::new(
        ProblemCode::TooLarge,
        format!("Het bestand is groter dan {most} MB."),
        format!("The file is larger than {most} MB."),
    )
}

fn acceptable<F: Format>(request: &HttpRequest) -> Result<(), Problem> {
    let headers = request.headers();
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > F::MOST) {
        return Err(too_large(F::MOST));
    }
    let good = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
        let media_type = value.split(';').next().unwrap_or_default().trim();
        F::TYPES.iter().any(|known| media_type.eq_ignore_ascii_case(known))
    });
    if good {
        return Ok(());
    }
    let known = F::TYPES.join(", ");
    Err(Problem::new(
        ProblemCode::UnsupportedMediaType,
        format!("Stuur het bestand als {known}."),
        format!("Send the file as {known}."),
    ))
}

impl<F: Format> FromRequest for Upload<F> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Err(problem) = acceptable::<F>(request) {
            return Box::pin(std::future::ready(Err(problem.into())));
        }
        let payload = actix_web::web::Payload::from_request(request, payload);
        Box::pin(async move {
            let read = payload.await?.to_bytes_limited(F::MOST).await;
            let bytes = read.map_err(|_| too_large(F::MOST))?.map_err(|_| {
                Problem::new(
                    ProblemCode::InvalidInput,
                    "Het bestand kwam niet volledig aan.",
                    "The file did not arrive completely.",
                )
            })?;
            Ok(Self { bytes: bytes.to_vec(), format: PhantomData })
        })
    }
}
