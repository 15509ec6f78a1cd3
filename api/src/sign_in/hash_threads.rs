//! Threads that hash passwords and do nothing else. They come after everything else that wants to run: whoever tries
//! passwords as fast as they can takes what is left, not what others work with.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::Block;
use tokio::sync::oneshot;

use crate::problem::{Outcome, Problem};

/// How much they stand back, from 0 to 19: with 5 a busy machine still signs people in, a third as fast.
const NICE: i32 = 5;
/// How long a thread without work keeps its memory.
const IDLE: Duration = Duration::from_secs(10);
/// So many blocks are more than any allocator keeps for later, so that what is given back is free for others. Only
/// those that are used count.
const ROOM: usize = 40 * 1024;

/// The memory of one thread, 19 MB, which the next hash uses again: allocated for each, it would end up several times
/// in what the allocator keeps.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It holds what is left of a password.
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Memory {
    /// At least so many blocks.
    pub fn blocks(&mut self, count: usize) -> &mut [Block] {
        if self.0.len() < count {
            self.0 = Vec::with_capacity(count.max(ROOM));
            self.0.resize(count, Block::new());
        }
        &mut self.0
    }
}

type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// The threads; they end when nobody has work for them any more.
#[derive(Debug, Clone)]
pub struct HashThreads(Sender<Job>);

impl HashThreads {
    /// Starts so many.
    pub fn start(count: usize) -> Result<Self, String> {
        let (sender, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..count {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name("hashing".to_owned())
                .spawn(move || work(&jobs))
                .map_err(|error| format!("no thread to hash passwords: {error}"))?;
        }
        Ok(Self(sender))
    }

    /// Has one of them do something, and waits for it.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Outcome<T> {
        let (done, outcome) = oneshot::channel();
        let job = Box::new(move |memory: &mut Memory| {
            // Whoever asked may have gone.
            let _ = done.send(job(memory));
        });
        self.0.send(job).map_err(|_| Problem::busy())?;
        outcome.await.map_err(|_| Problem::busy())
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    // On Linux a thread has a priority of its own.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICE) {
        tracing::warn!(%error, "hashing has the priority of everything else");
    }
    let mut memory = Memory::default();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(IDLE);
        match next {
            // One that fails badly must not take the thread with it; who asked is told to come back.
            Ok(job) => drop(catch_unwind(AssertUnwindSafe(|| job(&mut memory)))),
            Err(RecvTimeoutError::Timeout) => memory = Memory::default(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn work_that_fails_badly_does_not_end_the_thread() {
        let threads = HashThreads::start(1).unwrap();
        assert_eq!(threads.run(|_| 1).await.unwrap(), 1);
        assert!(threads.run(|_| -> u8 { panic!("on purpose") }).await.is_err());
        assert_eq!(threads.run(|_| 2).await.unwrap(), 2);
    }

    #[cfg(target_os = "linux")]
    #[actix_web::test]
    async fn they_stand_back() {
        let threads = HashThreads::start(1).unwrap();
        let own = || rustix::process::nice(0).unwrap();
        let before = own();
        assert_eq!(threads.run(move |_| own()).await.unwrap(), before + NICE);
        assert_eq!(own(), before, "nobody else does");
    }

    #[test]
    fn memory_is_used_again() {
        let mut memory = Memory::default();
        let first = memory.blocks(100).as_ptr();
        assert_eq!(memory.blocks(50).as_ptr(), first);
        assert!(memory.blocks(100).len() >= 100);
    }
}
