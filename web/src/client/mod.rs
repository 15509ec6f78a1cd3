//! The documented API as this app calls it: for each operation one function that makes a [`Call`], and one place,
//! [`Api::send`], that carries calls out.

mod answer;
pub mod case_types;
pub mod cases;
pub mod client_groups;
pub mod dossiers;
pub mod employees;
mod fetch;
pub mod groups;
pub mod me;
pub mod office;
mod query;
pub mod sessions;
pub mod tasks;

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use answer::{Failure, Outcome};
pub use query::Query;

use crate::session::Session;

/// How many items a list asks for at a time.
pub const PAGE: u32 = 50;

/// What an operation does to its resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One request, and the type of its answer.
#[derive(Debug)]
pub struct Call<A> {
    method: Method,
    path: String,
    body: Option<String>,
    seen: Option<i64>,
    key: Option<String>,
    answer: PhantomData<fn() -> A>,
}

impl<A> Clone for Call<A> {
    fn clone(&self) -> Self {
        Self {
            method: self.method,
            path: self.path.clone(),
            body: self.body.clone(),
            seen: self.seen,
            key: self.key.clone(),
            answer: PhantomData,
        }
    }
}

impl<A> Call<A> {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None, seen: None, key: None, answer: PhantomData }
    }

    /// Reads `path`, which starts below `/v1`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }

    /// Makes something.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path)
    }

    /// Replaces something.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::Put, path)
    }

    /// Takes something away.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path)
    }

    /// Sends `body` along.
    #[must_use]
    pub fn with(mut self, body: &impl Serialize) -> Self {
        // Nothing in the contract fails to become JSON: no maps with keys other than text.
        self.body = serde_json::to_string(body).ok();
        self
    }

    /// Says which version the change was made on (C10).
    #[must_use]
    pub fn seen(mut self, version: i64) -> Self {
        self.seen = Some(version);
        self
    }

    /// Makes sure that sending it again does not do it twice.
    #[must_use]
    pub fn once(mut self, key: String) -> Self {
        if self.method == Method::Post {
            self.key = Some(key);
        }
        self
    }

    /// What tells this request from another, to know whether one is a repetition.
    pub fn fingerprint(&self) -> String {
        format!("{} {} {}", self.method.as_str(), self.path, self.body.as_deref().unwrap_or_default())
    }
}

/// Carries out calls for who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    session: Session,
}

impl Api {
    pub fn new(session: Session) -> Self {
        Self { session }
    }

    /// Sends a call. An access token that ran out is refreshed once; when that fails too, the session is over.
    ///
    /// Dropping the future aborts the request.
    pub async fn send<A: DeserializeOwned>(self, call: Call<A>) -> Outcome<A> {
        answer::read(self.exchange(call.into_raw()).await)
    }

    // Apart from `send`, so that it is compiled once and not per type of answer.
    async fn exchange(self, call: Call<()>) -> Outcome<String> {
        let token = sessions::access_token();
        let outcome = fetch::fetch(&call, token.as_deref()).await;
        if !matches!(&outcome, Err(failure) if failure.is_not_signed_in()) {
            return outcome;
        }
        if sessions::access_token() == token && !sessions::refresh().await? {
            self.session.expire();
            return outcome;
        }
        fetch::fetch(&call, sessions::access_token().as_deref()).await
    }
}

impl<A> Call<A> {
    fn into_raw(self) -> Call<()> {
        Call {
            method: self.method,
            path: self.path,
            body: self.body,
            seen: self.seen,
            key: self.key,
            answer: PhantomData,
        }
    }
}
