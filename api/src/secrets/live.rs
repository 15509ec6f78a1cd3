//! The secrets as a running server has them: what is rotated beside it is taken up without a restart.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::{Secrets, Source};
use crate::watch::Watch;

/// How often the file is looked at.
const PAUSE: Duration = Duration::from_secs(5);
/// How often at the most when a token names a key that is not known: another server may have read it already.
const SHORT_PAUSE: Duration = Duration::from_secs(1);

/// Secrets that follow their file.
#[derive(Debug)]
pub struct Live {
    source: Source,
    watch: Watch,
    current: RwLock<Arc<Secrets>>,
}

impl Live {
    /// Reads them, or makes them where an installation begins.
    pub fn open(source: Source) -> Result<Self, String> {
        let watch = Watch::over(source.file().map(ToOwned::to_owned).into_iter().collect());
        let current = RwLock::new(source.load_or_create()?);
        Ok(Self { source, watch, current })
    }

    /// As they are now.
    pub fn now(&self) -> Arc<Secrets> {
        self.look(PAUSE);
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same, when what is there lacks something that may have come just now.
    pub fn just_now(&self) -> Arc<Secrets> {
        self.look(SHORT_PAUSE);
        self.now()
    }

    fn look(&self, pause: Duration) {
        if self.watch.changed(pause) {
            match self.source.load() {
                Ok(secrets) => {
                    *self.current.write().unwrap_or_else(PoisonError::into_inner) = secrets;
                    tracing::info!("read the secrets again");
                }
                Err(why) => {
                    tracing::error!(%why, "the secrets were changed and are no good; going on with the old ones");
                }
            }
        }
    }
}
