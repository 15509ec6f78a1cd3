//! What a person sees while a long step runs, and CI in its log.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A running step with its clock: on a terminal it counts the seconds, in a file it says each minute that it still runs.
pub struct Clock {
    name: String,
    started: Instant,
    stop: Sender<()>,
    ticker: Option<JoinHandle<()>>,
}

impl Clock {
    pub fn start(name: impl Into<String>) -> Self {
        let name = name.into();
        let started = Instant::now();
        let (stop, stopped) = mpsc::channel();
        let shown = name.clone();
        let ticker = thread::spawn(move || {
            let terminal = io::stdout().is_terminal();
            let pace = Duration::from_secs(if terminal { 1 } else { 60 });
            if !terminal {
                println!("  {shown} ...");
            }
            loop {
                if terminal {
                    print!("\r  {shown} ... {} ", time(started.elapsed()));
                    // Only the display is at stake.
                    drop(io::stdout().flush());
                }
                match stopped.recv_timeout(pace) {
                    Err(RecvTimeoutError::Timeout) if !terminal => {
                        println!("  {shown} ... {}", time(started.elapsed()));
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    _ => break,
                }
            }
        });
        Self { name, started, stop, ticker: Some(ticker) }
    }

    /// Ends the step and says how it went. Returns how long it took.
    pub fn finish(mut self, outcome: &str) -> Duration {
        let took = self.started.elapsed();
        self.silence();
        let line = format!("  {} {outcome} ({})", self.name, time(took));
        if io::stdout().is_terminal() {
            println!("\r{line:<60}");
        } else {
            println!("{line}");
        }
        took
    }

    fn silence(&mut self) {
        let _ = self.stop.send(());
        if let Some(ticker) = self.ticker.take() {
            drop(ticker.join());
        }
    }
}

/// `0.4 s`, `12 s`, `3 min 05 s`.
pub fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{}.{} s", seconds, duration.subsec_millis() / 100),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_precise_as_they_are_useful() {
        assert_eq!(time(Duration::from_millis(449)), "0.4 s");
        assert_eq!(time(Duration::from_secs(59)), "59 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 05 s");
    }
}
