//! Bounded access to something slow: a few work, some wait, the rest is told to come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::{Outcome, Problem};

/// Lets `width` through at a time and keeps at most `queue` waiting.
#[derive(Debug, Clone)]
pub struct Gate {
    width: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    entered: Arc<AtomicU64>,
    queue: usize,
}

struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Gate {
    /// A gate.
    pub fn new(width: usize, queue: usize) -> Self {
        Self {
            width: Arc::new(Semaphore::new(width)),
            waiting: Arc::default(),
            entered: Arc::default(),
            queue,
        }
    }

    /// Waits for a place; 503 when too many wait already.
    pub async fn enter(&self) -> Outcome<OwnedSemaphorePermit> {
        let permit = self.permit().await?;
        self.entered.fetch_add(1, Ordering::Relaxed);
        Ok(permit)
    }

    async fn permit(&self) -> Outcome<OwnedSemaphorePermit> {
        if let Ok(permit) = Arc::clone(&self.width).try_acquire_owned() {
            return Ok(permit);
        }
        let _waiting = Waiting(Arc::clone(&self.waiting));
        if self.waiting.fetch_add(1, Ordering::AcqRel) >= self.queue {
            tracing::warn!(queue = self.queue, entered = self.entered(), "a gate is full");
            return Err(Problem::busy());
        }
        Arc::clone(&self.width).acquire_owned().await.map_err(|_| Problem::busy())
    }

    /// How many were let through since the start.
    pub fn entered(&self) -> u64 {
        self.entered.load(Ordering::Relaxed)
    }
}
