//! When sessions were last used, known to the moment without a write per request (S7).
//!
//! A session lapses when no person used it for some time. Each use is noted here, and written now and then: what other
//! nodes must know, and what outlives this process. A node may not know yet what another one noted less than a batch
//! ago; so nobody is refused before the limit and that long after it, rather than too early.

use std::collections::HashMap;
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use contract::SessionId;

use super::store;
use crate::db::Db;
use crate::problem::Outcome;
use crate::state::State;

/// How often what was noted is written at the most.
const WRITE_EVERY: Duration = Duration::from_secs(60);
/// How many sessions are noted at the same time; of more, the use is not noted until the next batch is written.
const MOST: usize = 100_000;
/// How many are written in one transaction, so that nobody waits long for the one writer that SQLite has.
const BATCH: usize = 200;

type Noted = HashMap<SessionId, NaiveDateTime>;

/// Notes the use of sessions.
#[derive(Debug, Clone)]
pub struct Usage {
    patience: TimeDelta,
    every: Duration,
    noted: Arc<Mutex<Noted>>,
}

impl Usage {
    /// For sessions that lapse after `idle`.
    pub fn new(idle: Duration) -> Self {
        let every = WRITE_EVERY.min(idle / 4);
        let patience = TimeDelta::from_std(idle + every).unwrap_or(TimeDelta::MAX);
        Self { patience, every, noted: Arc::default() }
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When a session was last used, if `stored` is what the database knows.
    pub fn last(&self, session: SessionId, stored: NaiveDateTime) -> NaiveDateTime {
        self.noted().get(&session).map_or(stored, |noted| stored.max(*noted))
    }

    /// Whether a session that was last used then goes on.
    pub fn goes_on(&self, last: NaiveDateTime, now: NaiveDateTime) -> bool {
        now - last <= self.patience
    }

    /// Whether a session goes on; if it does, and a person asked, this is its last use. Both in one go, so that no use
    /// counts that came too late.
    pub fn take(
        &self,
        session: SessionId,
        stored: NaiveDateTime,
        now: NaiveDateTime,
        attended: bool,
    ) -> bool {
        let mut noted = self.noted();
        let last = noted.get(&session).map_or(stored, |noted| stored.max(*noted));
        if !self.goes_on(last, now) {
            return false;
        }
        if attended && now > last && (noted.len() < MOST || noted.contains_key(&session)) {
            noted.insert(session, now);
        }
        true
    }

    /// Writes what was noted; how many sessions that changed.
    pub fn write(&self, db: &Db) -> Outcome<usize> {
        let mut waiting: Vec<(SessionId, NaiveDateTime)> =
            self.noted().iter().map(|(session, at)| (*session, *at)).collect();
        waiting.sort_unstable();
        let mut written = 0;
        for batch in waiting.chunks(BATCH) {
            written += db.write(|conn| store::note_used(conn, batch))?;
            // Until here the database does not know; used again meanwhile, it waits for the next time.
            let mut noted = self.noted();
            for (session, at) in batch {
                if noted.get(session) == Some(at) {
                    noted.remove(session);
                }
            }
        }
        Ok(written)
    }
}

/// The thread that writes, as long as a server runs.
#[derive(Debug)]
pub struct Writer {
    usage: Usage,
    db: Db,
    stop: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Writer {
    /// Starts it.
    pub fn start(state: &State) -> Result<Self, String> {
        let (usage, db) = (state.usage.clone(), state.db.clone());
        let (stop, stopped) = mpsc::sync_channel(1);
        let (their_usage, their_db) = (usage.clone(), db.clone());
        let thread = thread::Builder::new()
            .name("usage".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(their_usage.every) == Err(RecvTimeoutError::Timeout) {
                    write(&their_usage, &their_db);
                }
            })
            .map_err(|error| format!("the thread that notes the use of sessions does not start: {error}"))?;
        Ok(Self { usage, db, stop, thread })
    }

    /// Stops it, and writes what is left.
    pub fn finish(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!("the thread that notes the use of sessions broke off");
        }
        write(&self.usage, &self.db);
    }
}

fn write(usage: &Usage, db: &Db) {
    if let Err(problem) = usage.write(db) {
        tracing::error!(%problem, "the use of sessions cannot be written, and is tried again");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_session_goes_on_while_people_use_it_and_not_by_itself() {
        let usage = Usage::new(Duration::from_secs(1800));
        let (session, opened) = (SessionId::new(), clock::stamp());
        let at = |minutes: i64| opened + TimeDelta::minutes(minutes);
        assert!(usage.take(session, opened, at(29), true));
        // What nobody asked for is answered, and keeps nothing alive.
        assert!(usage.take(session, opened, at(58), false));
        assert_eq!(usage.last(session, opened), at(29));
        assert!(!usage.take(session, opened, at(61), true));
        assert!(!usage.take(session, opened, at(61), false), "being refused is no use");
        // What another node wrote counts, and an older moment never takes the place of a later one.
        assert!(usage.take(session, at(60), at(61), true));
        assert!(usage.take(session, opened, at(62), true));
        assert!(usage.take(session, opened, at(40), true));
        assert_eq!(usage.last(session, opened), at(62));
    }
}
