//! What a read costs below HTTP: the floor that `cargo xtask bench` compares the server with where there is no pgbench.

use std::hint::black_box;
use std::path::PathBuf;
use std::str::FromStr;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::web::Query;
use clap::Args;
use contract::{CaseId, DossierId, GroupId, Language, TaskId};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Result, connect_current, out};
use crate::access::cases::SeeCase;
use crate::access::dossiers::SeeDossier;
use crate::access::office::Colleague;
use crate::access::pages::Order;
use crate::access::tasks::SeeTray;
use crate::access::{self, Permission, Permit, Tx};
use crate::config::Config;
use crate::db::Conn;
use crate::http::paging::{Paging, Window};
use crate::problem::Outcome;
use crate::sign_in::tokens::Claims;
use crate::state::State;
use crate::tasks::store::Of;
use crate::{cases, dossiers, sign_in, tasks};

#[derive(Debug, Args)]
pub(super) struct Reads {
    /// What to read and as whom: lines of an access token and a path, such as /v1/dossiers?limit=50
    #[arg(long)]
    requests: PathBuf,
    /// For how many seconds to count
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// For how many seconds to read before that
    #[arg(long, default_value_t = 1.0)]
    warm_up: f64,
    /// How many threads read
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

/// A read that can be done without HTTP.
#[derive(Debug, Clone)]
enum Read {
    Dossiers(Window<DossierId>),
    Cases(Window<CaseId>),
    Tasks(Window<TaskId>),
    Tray(GroupId, Window<TaskId>),
    Dossier(DossierId),
    Case(CaseId),
}

impl FromStr for Read {
    type Err = String;

    fn from_str(text: &str) -> Result<Self> {
        let unknown = || format!("{text}: not something that can be read here");
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let id = |text: &str| Uuid::parse_str(text).map_err(|_| unknown());
        match parts.as_slice() {
            ["dossiers"] => Ok(Self::Dossiers(window(query)?)),
            ["cases"] => Ok(Self::Cases(window(query)?)),
            ["tasks"] => Ok(Self::Tasks(window(query)?)),
            ["trays", group, "tasks"] => Ok(Self::Tray(GroupId(id(group)?), window(query)?)),
            ["dossiers", dossier] => Ok(Self::Dossier(DossierId(id(dossier)?))),
            ["cases", case] => Ok(Self::Case(CaseId(id(case)?))),
            _ => Err(unknown()),
        }
    }
}

fn window<K: DeserializeOwned>(query: &str) -> Result<Window<K>> {
    let paging = Query::<Paging>::from_query(query).map_err(|error| error.to_string())?;
    paging.window(Language::English).map_err(|problem| problem.to_string())
}

impl Read {
    /// Checks session and permission, and reads, as the operation of the same path does.
    fn run(&self, state: &State, conn: &mut Conn, claims: &Claims) -> Outcome<()> {
        match self {
            Self::Dossiers(window) => permitted::<Colleague, _>(state, conn, claims, &(), |tx, _| {
                dossiers::store::list(tx, dossiers::store::Filter::default(), Order::default(), window)
            }),
            Self::Cases(window) => permitted::<Colleague, _>(state, conn, claims, &(), |tx, _| {
                cases::store::list(tx, cases::store::Filter::default(), Order::default(), window)
            }),
            Self::Tasks(window) => permitted::<Colleague, _>(state, conn, claims, &(), |tx, _| {
                tasks::store::list(tx, Of::Me(None), window)
            }),
            Self::Tray(group, window) => permitted::<SeeTray, _>(state, conn, claims, group, |tx, permit| {
                tasks::store::list(tx, Of::Tray(*permit.row()), window)
            }),
            Self::Dossier(id) => permitted::<SeeDossier, _>(state, conn, claims, id, |tx, permit| {
                dossiers::handlers::view(tx, permit.row())
            }),
            Self::Case(id) => permitted::<SeeCase, _>(state, conn, claims, id, |tx, permit| {
                cases::view::view(tx, permit.row())
            }),
        }
    }
}

fn permitted<P: Permission, T>(
    state: &State,
    conn: &mut Conn,
    claims: &Claims,
    key: &P::Key,
    read: impl FnOnce(&mut Tx<'_>, &Permit<P>) -> Outcome<T>,
) -> Outcome<()> {
    let actor = sign_in::store::actor(conn, claims, &state.usage, true)?;
    state.trust.require(conn, actor.networks, None)?;
    let language = Language::English;
    let mut tx = Tx { conn, actor: &actor, language, address: None, writing: false, refused: false };
    let permit = access::check::<P>(&mut tx, key)?;
    drop(black_box(read(&mut tx, &permit)?));
    Ok(())
}

/// Reads for a while on several threads, and prints `{"perSecond":…}`.
pub(super) fn reads(config: Config, reads: &Reads) -> Result<()> {
    drop(connect_current(&config)?);
    let state = State::open(config)?;
    let file = &reads.requests;
    let lines = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let requests = lines.lines().map(|line| request(&state, line)).collect::<Result<Vec<_>>>()?;
    let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string());
    let (warm_up, counted) = (seconds(reads.warm_up)?, seconds(reads.seconds)?);
    let threads = reads.threads.max(1);
    let per_second = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|place| {
                let (state, requests) = (&state, &requests);
                let first = place * requests.len() / threads;
                scope.spawn(move || {
                    let mut requests = requests.iter().cycle().skip(first);
                    read_for(state, &mut requests, warm_up)?;
                    read_for(state, &mut requests, counted)
                })
            })
            .collect();
        workers.into_iter().try_fold(0.0, |sum, worker| match worker.join() {
            Ok(per_second) => Ok(sum + per_second?),
            Err(_) => Err("a thread broke down".to_owned()),
        })
    })?;
    out(&format!("{{\"perSecond\":{per_second:.1}}}"))
}

/// One line of the file.
fn request(state: &State, line: &str) -> Result<(Claims, Read)> {
    let (token, path) = line.split_once(' ').ok_or("each line is an access token and a path")?;
    let claims = state.tokens.verify(token).ok_or("an access token is not good (any more)")?;
    Ok((claims, path.trim().parse()?))
}

/// How many were read in a second.
fn read_for<'a>(
    state: &State,
    requests: &mut impl Iterator<Item = &'a (Claims, Read)>,
    length: Duration,
) -> Result<f64> {
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < length {
        let (claims, read) = requests.next().ok_or("nothing to read")?;
        state.db.read(|conn| read.run(state, conn, claims)).map_err(|problem| problem.to_string())?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_is_named_by_the_path_of_its_operation() {
        let id = Uuid::nil();
        assert!(matches!("/v1/dossiers?limit=50".parse(), Ok(Read::Dossiers(_))));
        assert!(matches!("/v1/tasks".parse(), Ok(Read::Tasks(_))));
        assert!(matches!(format!("/v1/trays/{id}/tasks?limit=50").parse(), Ok(Read::Tray(_, _))));
        assert!(matches!(format!("/v1/cases/{id}").parse(), Ok(Read::Case(_))));
        for bad in ["/v1/groups", "/v1/cases/x", "/v1/cases?limit=1000"] {
            assert!(bad.parse::<Read>().is_err(), "{bad}");
        }
    }
}
