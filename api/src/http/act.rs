//! A handler's one argument that matters: who asks, for what, with which permission.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::dev::Payload;
use actix_web::web::{Data, Path};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use contract::validation::FieldCode;
use contract::{Errors, Language, ProblemCode, Validate};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::body::{BadBody, Body};
use super::conditional::{self, Known};
use super::idempotency::{self, IdempotencyKey};
use super::reply::{Reply, Written};
use crate::access::{self, Permission, Permit, Tx};
use crate::db::Conn;
use crate::problem::{Outcome, Problem};
use crate::reads::Reading;
use crate::sign_in::tokens::Claims;
use crate::state::State;

/// A request by someone who needs permission `P`. The permission is checked when [`Act::read`] or
/// [`Act::write`] runs, inside the transaction that uses it.
pub struct Act<P: Permission> {
    asking: Asking<P::Key>,
    /// The version the client saw, from If-Match (C10).
    if_match: Option<i64>,
    known: Known,
    idempotency_key: Option<IdempotencyKey>,
    /// The language to answer in.
    pub language: Language,
}

/// Who asks, from where, and for what: all that checking a permission needs.
#[derive(Clone)]
struct Asking<K> {
    state: Data<State>,
    claims: Claims,
    /// Whether a person asked for it.
    attended: bool,
    key: K,
    language: Language,
    address: Option<IpAddr>,
    request: String,
    /// Whether part of it was refused.
    refused: Arc<AtomicBool>,
}

impl<P: Permission> std::fmt::Debug for Act<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Act").finish_non_exhaustive()
    }
}

impl<P: Permission> Act<P>
where
    P::Key: DeserializeOwned,
{
    fn parse(request: &HttpRequest) -> Outcome<Self> {
        let state = request
            .app_data::<Data<State>>()
            .cloned()
            .ok_or_else(|| Problem::internal("no application state"))?;
        let claims = super::bearer(request, &state)?;
        // A path that holds no id names nothing (P1).
        let key =
            Path::<P::Key>::extract(request).into_inner().map_err(|_| Problem::not_found())?.into_inner();
        let language = super::language(request);
        Ok(Self {
            if_match: conditional::if_match(request)?,
            known: Known::to(request),
            idempotency_key: idempotency::key(request)?,
            language,
            asking: Asking {
                claims,
                attended: super::attended(request),
                key,
                language,
                request: format!("{} {}", request.method(), request.uri()),
                address: super::client_address(request, &state),
                state,
                refused: Arc::default(),
            },
        })
    }
}

impl<P: Permission> FromRequest for Act<P>
where
    P::Key: DeserializeOwned,
{
    type Error = actix_web::Error;
    type Future = std::future::Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        std::future::ready(Self::parse(request).map_err(Into::into))
    }
}

impl<K: Send + Sync + 'static> Asking<K> {
    /// Checks session and permission on the connection that is used, and runs; `before` may have an answer already.
    fn attempt<P: Permission<Key = K>, T>(
        &self,
        conn: &mut Conn,
        writing: bool,
        before: impl FnOnce(&mut Tx<'_>, &K) -> Outcome<Option<T>>,
        run: impl FnOnce(&mut Tx<'_>, &Permit<P>) -> Outcome<T>,
    ) -> Outcome<T> {
        let actor = crate::sign_in::store::actor(conn, &self.claims, &self.state.usage, self.attended)?;
        let (language, address) = (self.language, self.address);
        if !P::FROM_ANYWHERE {
            self.state.trust.require(conn, actor.networks, address)?;
        }
        let mut tx = Tx { conn, actor: &actor, language, address, writing, refused: false };
        if let Some(answer) = before(&mut tx, &self.key)? {
            return Ok(answer);
        }
        let permit = access::check::<P>(&mut tx, &self.key)?;
        let outcome = run(&mut tx, &permit);
        self.refused.store(tx.refused, Ordering::Relaxed);
        outcome
    }

    /// Runs something that reads.
    async fn reading<P: Permission<Key = K>, T: Send + 'static>(
        self,
        run: impl FnOnce(&mut Tx<'_>, &Permit<P>) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let note = self.note();
        let outcome =
            note.state.read(move |conn| self.attempt::<P, T>(conn, false, |_, _| Ok(None), run)).await;
        note.take(outcome).await
    }

    /// Runs one transaction, with locked rows.
    async fn writing<P: Permission<Key = K>, T: Send + 'static>(
        self,
        before: impl Fn(&mut Tx<'_>, &K) -> Outcome<Option<T>> + Send + 'static,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let note = self.note();
        let outcome = note.state.write(move |conn| self.attempt::<P, T>(conn, true, &before, &run)).await;
        note.state.mail_may_wait();
        note.take(outcome).await
    }

    /// Runs one transaction like [`Asking::writing`], and undoes it: what a change would do (G5).
    async fn rehearsing<P: Permission<Key = K>, T: Send + 'static>(
        self,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let note = self.note();
        let outcome =
            note.state.rehearse(move |conn| self.attempt::<P, T>(conn, true, |_, _| Ok(None), &run)).await;
        note.take(outcome).await
    }

    fn note(&self) -> Note {
        Note {
            state: self.state.clone(),
            by: self.claims.clone(),
            address: self.address,
            request: self.request.clone(),
            refused: self.refused.clone(),
        }
    }
}

/// What must be recorded of a request apart from what it changes.
struct Note {
    state: Data<State>,
    by: Claims,
    address: Option<IpAddr>,
    request: String,
    refused: Arc<AtomicBool>,
}

impl Note {
    /// Records a refused permission (E3), also one that looks like nothing being there or that is one item of a longer
    /// answer, and content that a refusal shows (E2); the refusal itself undid its transaction.
    async fn take<T>(self, outcome: Outcome<T>) -> Outcome<T> {
        let Self { state, by, address, request, refused } = self;
        if refused.load(Ordering::Relaxed) || outcome.as_ref().is_err_and(Problem::is_security) {
            let outside = matches!(&outcome, Err(problem) if problem.code() == ProblemCode::UntrustedNetwork);
            let kind = if outside { "network.refused" } else { "permission.refused" };
            let recorded = state
                .write(move |conn| crate::events::record_refusal(conn, kind, &by, address, &request))
                .await;
            if let Err(problem) = recorded {
                tracing::warn!(%problem, "a refusal could not be recorded");
            }
        }
        if let Err(problem) = &outcome
            && let Some(reading) = problem.shows()
        {
            state.reads.record(reading).await?;
        }
        outcome
    }
}

impl<P: Permission> Act<P> {
    /// The version the client saw; 428 when it did not say (C10).
    pub fn version(&self) -> Outcome<i64> {
        self.if_match.ok_or_else(|| {
            Problem::new(
                ProblemCode::VersionRequired,
                "Geef met If-Match aan welke versie u zag.",
                "Say with If-Match which version you saw.",
            )
        })
    }

    /// Reads, and answers.
    pub async fn read<T: Serialize + Send + 'static>(
        self,
        run: impl FnOnce(&mut Tx<'_>, &Permit<P>) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse> {
        let answer = self.asking.reading(run).await?.write()?;
        Ok(answer.for_reader(&self.known).into_response())
    }

    /// Reads content of a dossier or a case, and answers when it is recorded that it was read (E2).
    pub async fn read_content<T: Serialize>(
        self,
        run: impl FnOnce(&mut Tx<'_>, &Permit<P>) -> Outcome<(Reply<T>, Option<Reading>)> + Send + 'static,
    ) -> Outcome<HttpResponse> {
        let state = self.asking.state.clone();
        let (answer, reading) = self
            .asking
            .reading(move |tx, permit| {
                let (reply, reading) = run(tx, permit)?;
                Ok((reply.write()?, reading))
            })
            .await?;
        if let Some(reading) = reading {
            state.reads.record(&reading).await?;
        }
        Ok(answer.for_reader(&self.known).into_response())
    }

    /// Reads something that the handler needs before it changes anything, with the same checks.
    pub async fn look<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut Tx<'_>, &Permit<P>) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T>
    where
        P::Key: Clone,
    {
        self.asking.clone().reading(run).await
    }

    /// Changes, for the handler that makes its own answer.
    pub async fn carry_out<T: Send + 'static>(
        self,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.asking.writing(|_, _| Ok(None), run).await
    }

    /// Tells what a change would do, by making it and undoing it.
    pub async fn rehearse<T: Serialize + Send + 'static>(
        self,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse> {
        Ok(self.asking.rehearsing(run).await?.write()?.into_response())
    }

    /// Changes, with a file as the body that was read before and has this hash; see [`Act::write`].
    pub async fn bring_in<T: Serialize + Send + 'static>(
        self,
        hash: String,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse> {
        self.transact(hash, run).await
    }

    /// Changes something before a longer answer begins, with the same checks.
    pub async fn first<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T>
    where
        P::Key: Clone,
    {
        self.asking.clone().writing(|_, _| Ok(None), run).await
    }

    /// Changes without a body; see [`Act::write`].
    pub async fn change<T: Serialize + Send + 'static>(
        self,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse> {
        self.transact(String::new(), run).await
    }

    /// Changes: one transaction checks session and permission with locked rows, does the work, records the
    /// event, and remembers the answer for a repeated Idempotency-Key. All or nothing.
    pub async fn write<B, T>(
        self,
        body: Body<B>,
        run: impl Fn(&mut Tx<'_>, &Permit<P>, &B) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse>
    where
        B: Validate + Send + 'static,
        T: Serialize + Send + 'static,
    {
        let (value, hash) = parsed(body, self.language);
        self.transact(hash, move |tx, permit| match &value {
            Ok(value) => run(tx, permit, value),
            Err(bad) => Err(bad.problem()),
        })
        .await
    }

    /// Tells what a change would do: the very same work as [`Act::write`], undone at the end (G5).
    pub async fn preview<B, T>(
        self,
        body: Body<B>,
        run: impl Fn(&mut Tx<'_>, &Permit<P>, &B) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse>
    where
        B: Validate + Send + 'static,
        T: Serialize + Send + 'static,
    {
        let (value, _) = parsed(body, self.language);
        let reply = self.asking.rehearsing(move |tx, permit: &Permit<P>| match &value {
            Ok(value) => run(tx, permit, value),
            Err(bad) => Err(bad.problem()),
        });
        Ok(reply.await?.write()?.into_response())
    }

    async fn transact<T: Serialize + Send + 'static>(
        self,
        body_hash: String,
        run: impl Fn(&mut Tx<'_>, &Permit<P>) -> Outcome<Reply<T>> + Send + 'static,
    ) -> Outcome<HttpResponse> {
        let fingerprint = idempotency::fingerprint(&self.asking.request, &body_hash);
        let key = self.idempotency_key.map(|key| (key, fingerprint));
        let again = key.clone();
        // What was answered before is not for who may no longer see it.
        let replay = move |tx: &mut Tx<'_>, about: &P::Key| {
            let Some((key, fingerprint)) = &again else { return Ok(None) };
            let answer = idempotency::replay(tx, key, fingerprint)?;
            match &answer {
                // That it was done is all it says.
                Some(answer) if answer.body.is_empty() => access::admit::<P>(tx)?,
                Some(answer) => access::again::<P>(tx, about, answer.location.as_deref())?,
                None => {}
            }
            Ok(answer)
        };
        let written = self
            .asking
            .writing(replay, move |tx, permit: &Permit<P>| {
                let answer = run(tx, permit)?.write()?;
                if let Some((key, fingerprint)) = &key {
                    let kept = kept(tx, &answer)?;
                    idempotency::remember(tx, key, fingerprint, &kept)?;
                }
                Ok(answer)
            })
            .await?;
        Ok(written.into_response())
    }
}

/// An answer as it is kept. Who makes something for someone else may not see it, and is told no more than
/// its number: that answer stays good.
fn kept(tx: &mut Tx<'_>, answer: &Written) -> Outcome<Written> {
    let mut kept = answer.clone();
    if let Some(location) = &answer.location {
        match access::seen(tx, location) {
            Err(problem) if problem.code() == ProblemCode::NotFound => kept.location = None,
            other => other?,
        }
    }
    Ok(kept)
}

/// A body, checked. Whether someone may do it comes before whether they did it right, so what is wrong with
/// it is reported from inside the transaction, after the permission.
pub fn parsed<B: Validate>(body: Body<B>, language: Language) -> (Result<B, BadBody>, String) {
    let (value, hash) = body.into_parts();
    let value = value.and_then(|mut value| {
        let mut errors = Errors::new(language);
        value.validate(&mut errors);
        if errors.is_empty() { Ok(value) } else { Err(BadBody::Invalid(errors)) }
    });
    (value, hash)
}

/// 400 for one field of a body, found inside the transaction.
pub fn invalid_field(tx: &Tx<'_>, field: &str, code: FieldCode, nl: &str, en: &str) -> Problem {
    Problem::invalid_field(tx.language, field, code, nl, en)
}
