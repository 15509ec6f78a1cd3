//! Being asked to stop.

use super::Result;

/// How one is asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// SIGTERM: finish what is under way.
    Gently,
    /// SIGINT, as by Ctrl-C.
    AtOnce,
}

/// The signals that ask for it. While this lives they do nothing else.
#[cfg(unix)]
pub(super) struct Signals {
    terminate: actix_web::rt::signal::unix::Signal,
    interrupt: actix_web::rt::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    pub(super) fn listen() -> Result<Self> {
        use actix_web::rt::signal::unix::{SignalKind, signal};
        let on = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
        Ok(Self { terminate: on(SignalKind::terminate())?, interrupt: on(SignalKind::interrupt())? })
    }

    /// The next one.
    pub(super) async fn next(&mut self) -> Asked {
        use std::pin::pin;

        use futures_util::future::{Either, select};
        match select(pin!(self.terminate.recv()), pin!(self.interrupt.recv())).await {
            Either::Left(_) => Asked::Gently,
            Either::Right(_) => Asked::AtOnce,
        }
    }
}

/// The one signal there is elsewhere.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens from now on.
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    pub(super) fn listen() -> Result<Self> {
        Ok(Self)
    }

    /// The next one.
    pub(super) async fn next(&mut self) -> Asked {
        if let Err(error) = actix_web::rt::signal::ctrl_c().await {
            tracing::error!(%error, "cannot listen for signals");
        }
        Asked::AtOnce
    }
}
