//! The documented API as this app calls it: for each operation one function that makes a [`Call`], and one place,
//! [`Api::send`], that carries calls out.

mod answer;
pub mod case_types;
pub mod cases;
pub mod client_groups;
pub mod dossiers;
pub mod download;
pub mod employees;
mod fetch;
pub mod groups;
pub mod imports;
pub mod me;
pub mod messages;
pub mod networks;
pub mod office;
pub mod parties;
mod query;
pub mod second_factor;
pub mod sessions;
pub mod support;
pub mod tasks;
mod turns;

use std::marker::PhantomData;
use std::sync::Arc;

use contract::Page;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use answer::{Failure, Outcome, RawPage, read};
use fetch::Answer;
pub use query::Query;
use sessions::Refreshed;

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

/// What a request carries.
#[derive(Debug, Clone)]
enum Body {
    Json(String),
    /// A file as it is: whoever reads it finds out how its letters were written.
    File {
        media_type: &'static str,
        bytes: Arc<Vec<u8>>,
    },
}

/// What goes over the wire.
#[derive(Debug, Clone)]
pub struct Request {
    method: Method,
    path: String,
    body: Option<Body>,
    seen: Option<i64>,
    key: Option<String>,
    unasked: bool,
}

impl Request {
    /// Says that nobody asked for this, so that it does not keep the session going (S7).
    #[must_use]
    pub fn unasked(mut self, unasked: bool) -> Self {
        self.unasked = unasked;
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
        let body = match &self.body {
            Some(Body::Json(text)) => text.as_str(),
            Some(Body::File { .. }) | None => "",
        };
        format!("{} {} {body}", self.method.as_str(), self.path)
    }
}

/// One request, and the type of its answer.
#[derive(Debug)]
pub struct Call<A> {
    request: Request,
    answer: PhantomData<fn() -> A>,
}

impl<A> Call<A> {
    fn new(method: Method, path: impl Into<String>) -> Self {
        let request =
            Request { method, path: path.into(), body: None, seen: None, key: None, unasked: false };
        Self { request, answer: PhantomData }
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
        self.request.body = serde_json::to_string(body).ok().map(Body::Json);
        self
    }

    /// Sends a file along, byte for byte.
    #[must_use]
    pub fn with_file(mut self, media_type: &'static str, bytes: Arc<Vec<u8>>) -> Self {
        self.request.body = Some(Body::File { media_type, bytes });
        self
    }

    /// Says which version the change was made on (C10).
    #[must_use]
    pub fn seen(mut self, version: i64) -> Self {
        self.request.seen = Some(version);
        self
    }

    /// Makes sure that sending it again does not do it twice.
    #[must_use]
    pub fn once(mut self, key: String) -> Self {
        self.request = self.request.once(key);
        self
    }

    /// Says that nobody asked for this, so that it does not keep the session going (S7).
    #[must_use]
    pub fn unasked(mut self) -> Self {
        self.request = self.request.unasked(true);
        self
    }

    /// The same without the type of its answer, for code that is compiled once and not per type.
    pub fn into_request(self) -> Request {
        self.request
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

    /// Sends a call. An access token that ran out is refreshed once; when that fails too, the session is
    /// over. When the browser's session is someone else's by now, nothing more is asked in their name.
    ///
    /// Dropping the future aborts the request.
    pub fn send<A: DeserializeOwned>(self, call: Call<A>) -> impl Future<Output = Outcome<A>> {
        let body = self.exchange(call.request);
        async move { read(&body.await?) }
    }

    /// The items of one page of a list.
    pub fn items<T: DeserializeOwned>(self, call: Call<Page<T>>) -> impl Future<Output = Outcome<Vec<T>>> {
        let body = self.exchange(call.request);
        async move {
            let page: RawPage = read(&body.await?)?;
            page.items.iter().map(|item| read(item.get())).collect()
        }
    }

    /// Sends a request and gives the body of the answer.
    pub fn exchange(self, request: Request) -> LocalBoxFuture<'static, Outcome<String>> {
        async move { self.answer(request).await?.text().await }.boxed_local()
    }

    fn answer(self, request: Request) -> LocalBoxFuture<'static, Outcome<Answer>> {
        async move {
            let token = sessions::access_token();
            let outcome = fetch::answer(&request, token.as_deref()).await;
            let outside = |failure: &Failure| {
                if failure.is_untrusted() {
                    self.session.leave();
                }
            };
            let failure = match outcome {
                Err(failure) if failure.is_not_signed_in() => failure,
                outcome => {
                    outcome.as_ref().map_or_else(outside, |_| ());
                    sessions::note_use(&request, &outcome);
                    return outcome;
                }
            };
            if sessions::access_token() == token {
                match sessions::refresh(self.session.person(), request.unasked).await.inspect_err(outside)? {
                    Refreshed::Renewed(kind) if self.session.goes_on_as(kind) => {}
                    Refreshed::Renewed(_) => {
                        self.session.expire(&failure);
                        return Err(failure);
                    }
                    Refreshed::Over(refused) => {
                        let failure = if refused.tells_the_end() { refused } else { failure };
                        self.session.expire(&failure);
                        return Err(failure);
                    }
                    Refreshed::SomeoneElse => {
                        self.session.give_way();
                        return Err(failure);
                    }
                }
            }
            let outcome = fetch::answer(&request, sessions::access_token().as_deref()).await;
            sessions::note_use(&request, &outcome);
            outcome
        }
        .boxed_local()
    }
}
