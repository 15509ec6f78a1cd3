//! Files that an operator replaces while the server runs: keys and certificates.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tells when one of some files was replaced. Looking is cheap, and still not done for every request.
#[derive(Debug)]
pub struct Watch {
    files: Vec<PathBuf>,
    started: Instant,
    /// Milliseconds after the start.
    looked: AtomicU64,
    seen: Mutex<Vec<Option<Mark>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    length: u64,
    modified: Option<std::time::SystemTime>,
    /// Changes with the file's owner and mode as well, and when another takes its place.
    inode: (u64, i64, i64),
}

impl Watch {
    /// Watches some files as they are now: to be made before they are read.
    pub fn over(files: Vec<PathBuf>) -> Self {
        let seen = Mutex::new(marks(&files));
        Self { files, started: Instant::now(), looked: AtomicU64::new(0), seen }
    }

    /// Whether a file was replaced since this last said so; looks only when the last look is `pause` ago.
    pub fn changed(&self, pause: Duration) -> bool {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let (now, looked) = (millis(self.started.elapsed()), self.looked.load(Ordering::Relaxed));
        let again = now.saturating_sub(looked) >= millis(pause);
        if !again || self.looked.compare_exchange(looked, now, Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            return false;
        }
        let found = marks(&self.files);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *seen != found;
        *seen = found;
        changed
    }
}

fn marks(files: &[PathBuf]) -> Vec<Option<Mark>> {
    let mark = |file: &PathBuf| {
        let found = std::fs::metadata(file).ok()?;
        Some(Mark { length: found.len(), modified: found.modified().ok(), inode: inode(&found) })
    };
    files.iter().map(mark).collect()
}

#[cfg(unix)]
fn inode(found: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn inode(_found: &std::fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_replaced_is_noticed_once_and_not_looked_for_all_the_time() {
        let file = std::env::temp_dir().join(format!("werkbak-watch-{}", crate::secrets::random_hex::<8>()));
        std::fs::write(&file, "one").unwrap();
        let watch = Watch::over(vec![file.clone()]);
        assert!(!watch.changed(Duration::ZERO));
        std::fs::write(&file, "longer").unwrap();
        assert!(!watch.changed(Duration::from_secs(3600)), "not yet");
        assert!(watch.changed(Duration::ZERO));
        assert!(!watch.changed(Duration::ZERO));
        std::fs::remove_file(&file).unwrap();
        assert!(watch.changed(Duration::ZERO), "gone");
    }
}
