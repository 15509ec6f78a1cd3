//! Many clients that ask as fast as they are answered, for a while, several times.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::client::Client;
use super::machine::Shares;
use super::options::Plan;
use super::site::Site;
use super::stats::{as_float, median, percentile};
use crate::error::{Error, Result};
use crate::signals;

/// What one client asks in turns: whole requests.
pub type Asker = Vec<Vec<u8>>;

/// What one round came to, or the median of several.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round {
    pub per_second: f64,
    /// Within how many milliseconds so many of a hundred were answered; 0 where that was not measured.
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub cores: Shares,
}

impl Round {
    /// Of what tells no more than that.
    pub fn of(per_second: f64) -> Self {
        Self { per_second, ..Self::default() }
    }

    fn median(rounds: &[Self]) -> Self {
        let of = |field: fn(&Self) -> f64| median(rounds.iter().map(field));
        Self {
            per_second: of(|round| round.per_second),
            p50: of(|round| round.p50),
            p95: of(|round| round.p95),
            p99: of(|round| round.p99),
            cores: Shares {
                server: of(|round| round.cores.server),
                database: of(|round| round.cores.database),
                clients: of(|round| round.cores.clients),
                others: of(|round| round.cores.others),
            },
        }
    }
}

/// Something that can be measured for a while.
pub type Measurable<'a> = Box<dyn FnMut(Duration) -> Result<Round> + 'a>;

/// Measures several things in turns, so that what else this machine does falls on all of them; each is warmed up first.
/// The medians.
pub fn in_turns(plan: &Plan, all: &mut [Measurable<'_>]) -> Result<Vec<Round>> {
    for one in all.iter_mut() {
        one(plan.warm_up)?;
    }
    let mut rounds: Vec<Vec<Round>> = all.iter().map(|_| Vec::new()).collect();
    for _ in 0..plan.rounds {
        for (one, done) in all.iter_mut().zip(&mut rounds) {
            done.push(one(plan.round)?);
        }
    }
    Ok(rounds.iter().map(|rounds| Round::median(rounds)).collect())
}

/// A server under the load of these clients.
pub fn server<'a>(site: &'a Site<'_>, askers: &'a [Asker]) -> Measurable<'a> {
    Box::new(|length| round(site, askers, length))
}

/// The same alone.
pub fn alone(plan: &Plan, site: &Site<'_>, askers: &[Asker]) -> Result<Round> {
    Ok(in_turns(plan, &mut [server(site, askers)])?.into_iter().next().unwrap_or_default())
}

fn round(site: &Site<'_>, askers: &[Asker], length: Duration) -> Result<Round> {
    let (stop, ready) = (AtomicBool::new(false), Barrier::new(askers.len() + 1));
    let address = site.address();
    thread::scope(|scope| {
        let clients: Vec<_> =
            askers.iter().map(|asker| scope.spawn(|| ask(address, asker, &ready, &stop))).collect();
        ready.wait();
        let (started, clocks) = (Instant::now(), site.clocks());
        while started.elapsed() < length && !stop.load(Ordering::Relaxed) && !signals::interrupted() {
            let left = length.saturating_sub(started.elapsed());
            thread::sleep(left.min(Duration::from_millis(100)));
        }
        let seconds = started.elapsed().as_secs_f64();
        let cores = site.clocks().since(clocks, seconds);
        stop.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        for client in clients {
            all.extend(client.join().map_err(|_| Error::new("a client broke down"))??);
        }
        if signals::interrupted() {
            return Err(Error::Interrupted);
        }
        all.sort_unstable();
        let within = |percent| f64::from(percentile(&all, percent)) / 1000.0;
        let count = u64::try_from(all.len()).unwrap_or(u64::MAX);
        Ok(Round {
            per_second: as_float(count) / seconds,
            p50: within(50),
            p95: within(95),
            p99: within(99),
            cores,
        })
    })
}

/// One client: how long each answer took, in microseconds. The first one, on a new connection, does not count.
fn ask(address: &str, asker: &Asker, ready: &Barrier, stop: &AtomicBool) -> Result<Vec<u32>> {
    let (mut client, mut took) = (Client::new(address), Vec::with_capacity(1 << 16));
    let mut once = |request: &[u8]| match client.exchange(request)? {
        answer if answer.status == 200 => Ok(()),
        answer => {
            let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
            let line = String::from_utf8_lossy(line);
            Err(Error::new(format!("{line}: {} {}", answer.status, answer.text())))
        }
    };
    let first = asker.first().map_or(Ok(()), |request| once(request));
    ready.wait();
    let all = first.and_then(|()| {
        let mut asked = Instant::now();
        for request in asker.iter().cycle() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            once(request)?;
            let answered = Instant::now();
            took.push(u32::try_from((answered - asked).as_micros()).unwrap_or(u32::MAX));
            asked = answered;
        }
        Ok(())
    });
    if all.is_err() {
        stop.store(true, Ordering::Relaxed);
    }
    all.map(|()| took)
}
