//! Ctrl-C and termination: passed on to the programs that run, so that what they started is cleaned up.
//!
//! Every program runs in a process group of its own. A signal thus arrives exactly once, through us, at the program and
//! all it started; and the PostgreSQL cluster, which is not registered here, lives until the tests using it have ended.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::error::{Context, Result};

static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Starts listening. The first signal is passed on as it is, a second one kills what still runs.
pub fn listen() -> Result {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("listening for signals")?;
    thread::spawn(move || {
        for number in &mut signals {
            let again = INTERRUPTED.swap(true, Ordering::SeqCst);
            let signal =
                if again { Signal::SIGKILL } else { Signal::try_from(number).unwrap_or(Signal::SIGTERM) };
            for group in groups().iter() {
                // Fails only for a group that has just ended.
                let _ = killpg(*group, signal);
            }
        }
    });
    Ok(())
}

pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// A running program's process group, signalled along with us for as long as this lives.
pub struct Registered(Pid);

pub fn register(child: &Child) -> Registered {
    let group = group_of(child);
    groups().push(group);
    if interrupted() {
        // The signal came between the start and the registration.
        let _ = killpg(group, Signal::SIGTERM);
    }
    Registered(group)
}

impl Drop for Registered {
    fn drop(&mut self) {
        groups().retain(|group| *group != self.0);
    }
}

/// Sends a signal to a program and everything it started.
pub fn send(child: &Child, signal: Signal) {
    let _ = killpg(group_of(child), signal);
}

fn group_of(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX))
}

fn groups() -> MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}
