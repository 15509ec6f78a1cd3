//! Records what is read, before it is shown, at the price of one commit for all who wait.
//!
//! Answers wait in a bounded queue. One thread takes all that wait, writes them in one transaction, and lets
//! them go. While it commits, the next batch gathers: the busier it is, the cheaper each one becomes. Nothing
//! is shown unless its row is committed, so that neither a shutdown nor a crash loses one.

use std::thread;
use std::time::Duration;

use contract::ReadId;
use tokio::sync::{mpsc, oneshot};

use super::Reading;
use super::store::{self, NewRead};
use crate::clock;
use crate::db::Db;
use crate::problem::{Outcome, Problem};

/// How many answers may wait to be recorded before new ones are told to come back.
const QUEUE: usize = 4096;
/// How long others are waited for where many read.
const GATHER: Duration = Duration::from_micros(200);
/// How many are written in one transaction at the most.
const BATCH: usize = 1000;

/// Hands readings to the thread that writes them. The thread ends with the last of these.
#[derive(Debug, Clone)]
pub struct Recorder {
    queue: mpsc::Sender<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    read: NewRead,
    written: oneshot::Sender<bool>,
}

impl Recorder {
    /// Starts the thread that writes.
    pub fn start(db: Db) -> Result<Self, String> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("reads".to_owned())
            .spawn(move || write_all(&db, waiting))
            .map_err(|error| format!("the thread that records reading does not start: {error}"))?;
        Ok(Self { queue })
    }

    /// Returns once the reading is committed; 503 when too many wait, or when it cannot be written.
    pub async fn record(&self, reading: &Reading) -> Outcome<()> {
        let (written, committed) = oneshot::channel();
        let read = NewRead {
            dossier_id: reading.dossier,
            id: ReadId::new(),
            employee_id: reading.employee,
            case_id: reading.of_case,
            at: clock::stamp(),
            content: reading.content,
        };
        self.queue.try_send(Waiting { read, written }).map_err(|_| Problem::busy())?;
        match committed.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(Problem::busy()),
        }
    }
}

fn write_all(db: &Db, mut queue: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(BATCH);
    let mut before = 0;
    while queue.blocking_recv_many(&mut waiting, BATCH) > 0 {
        // Where fewer wait than before, the others are about to come, and one commit for all is cheaper. Who reads alone does not wait.
        if waiting.len() < before {
            thread::sleep(GATHER);
            while waiting.len() < BATCH
                && let Ok(one) = queue.try_recv()
            {
                waiting.push(one);
            }
        }
        before = waiting.len();
        let (reads, answers): (Vec<NewRead>, Vec<_>) =
            waiting.drain(..).map(|one| (one.read, one.written)).unzip();
        let outcome = db.write(|conn| store::insert(conn, &reads));
        if let Err(problem) = &outcome {
            tracing::error!(%problem, count = reads.len(), "what is read cannot be recorded, and is not shown");
        }
        for answer in answers {
            // Who no longer waits was not shown anything; that it is recorded does no harm.
            let _ = answer.send(outcome.is_ok());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{DossierId, EmployeeId, ReadContent};

    fn reading() -> Reading {
        Reading {
            employee: EmployeeId::new(),
            dossier: DossierId::new(),
            of_case: None,
            content: ReadContent::Dossier,
        }
    }

    #[actix_web::test]
    async fn a_full_queue_says_busy_and_so_does_a_writer_that_is_gone() {
        let (queue, mut waiting) = mpsc::channel(1);
        let recorder = Recorder { queue };
        let first = {
            let recorder = recorder.clone();
            actix_web::rt::spawn(async move { recorder.record(&reading()).await })
        };
        actix_web::rt::task::yield_now().await;
        let second = recorder.record(&reading()).await;
        assert_eq!(second.unwrap_err().code(), contract::ProblemCode::Busy);
        // The first waits for its commit, and is not shown when that fails.
        waiting.recv().await.unwrap().written.send(false).unwrap();
        assert!(first.await.unwrap().is_err());
        drop(waiting);
        assert!(recorder.record(&reading()).await.is_err());
    }
}
