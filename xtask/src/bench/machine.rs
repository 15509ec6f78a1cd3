//! The machine that everything shares, and what of it each takes.

use std::fs;

use super::stats::as_float;
use crate::error::{Context, Result};

/// How much of a second one tick of the kernel's accounts is.
const TICK: f64 = 0.01;

/// Processor, cores and memory.
pub fn description() -> String {
    let line = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
        value.map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let gigabytes =
        line("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().map_or(0, |kb: u64| kb / 1_000_000);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    format!(
        "{cores} cores ({}), {gigabytes} GB of memory, load {load} when it began",
        line("/proc/cpuinfo", "model name")
    )
}

/// A process's memory in MB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// The most it ever had.
    pub most: f64,
    pub now: f64,
    /// Of that, what is not the program itself, which others that run it share.
    pub own: f64,
}

impl Memory {
    pub fn of(process: u32) -> Result<Self> {
        let status =
            fs::read_to_string(format!("/proc/{process}/status")).context("reading a process's memory")?;
        let line = |name: &str| -> Result<f64> {
            let value = status.lines().find_map(|line| line.strip_prefix(name)).context(name)?;
            let kilobytes: u64 = value.trim().trim_end_matches(" kB").parse().context(name)?;
            Ok(as_float(kilobytes) * 1024.0 / 1_000_000.0)
        };
        Ok(Self { most: line("VmHWM:")?, now: line("VmRSS:")?, own: line("RssAnon:")? })
    }
}

/// Processor time so far, in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clocks {
    server: f64,
    database: f64,
    clients: f64,
    everything: f64,
}

impl Clocks {
    /// Of a server, of the database whose first process this is, and of ourselves.
    pub fn read(server: u32, database: Option<u32>) -> Self {
        Self {
            server: process(server).map_or(0.0, |stat| stat.seconds),
            database: database.map_or(0.0, family),
            clients: process(std::process::id()).map_or(0.0, |stat| stat.seconds),
            everything: machine(),
        }
    }

    /// How many cores each took since then, on the average.
    pub fn since(self, before: Self, seconds: f64) -> Shares {
        let cores = |now: f64, before: f64| (now - before) / seconds;
        let (server, database) = (cores(self.server, before.server), cores(self.database, before.database));
        let clients = cores(self.clients, before.clients);
        let others = cores(self.everything, before.everything) - server - database - clients;
        Shares { server, database, clients, others: others.max(0.0) }
    }
}

/// How many cores each takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shares {
    pub server: f64,
    pub database: f64,
    /// The program that asks.
    pub clients: f64,
    /// What else this machine does, the kernel's network for all of them included.
    pub others: f64,
}

impl Shares {
    /// What a figure that came of it is bound by, in words.
    pub fn bound(self, cores: f64) -> String {
        let busy = self.server + self.database + self.clients + self.others;
        let parts =
            [(self.server, "the server"), (self.database, "the database"), (self.clients, "the clients")];
        if busy < cores * 0.8 {
            return "waiting: processors were idle".to_owned();
        }
        match parts.iter().max_by(|one, other| one.0.total_cmp(&other.0)) {
            Some((most, _)) if self.others > *most => "what else this machine did".to_owned(),
            Some((_, name)) => format!("processor time of {name}"),
            None => String::new(),
        }
    }
}

struct Stat {
    parent: u32,
    seconds: f64,
    /// Of its children that have ended.
    ended: f64,
}

fn process(id: u32) -> Option<Stat> {
    stat(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
}

/// A line of `/proc/<id>/stat`; the name, which may hold anything, ends with the last parenthesis.
fn stat(line: &str) -> Option<Stat> {
    let (_, rest) = line.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| Some(as_float(fields.get(at)?.parse().ok()?) * TICK);
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        seconds: ticks(11)? + ticks(12)?,
        ended: ticks(13)? + ticks(14)?,
    })
}

/// Of a process and its children, also those that have ended.
fn family(first: u32) -> f64 {
    let Ok(entries) = fs::read_dir("/proc") else { return 0.0 };
    let all = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let mut seconds = 0.0;
    for id in all {
        match process(id) {
            Some(stat) if id == first => seconds += stat.seconds + stat.ended,
            Some(stat) if stat.parent == first => seconds += stat.seconds,
            _ => {}
        }
    }
    seconds
}

/// What all processors together did; waiting is not doing.
fn machine() -> f64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let numbers = text.lines().next().unwrap_or_default().split_whitespace().skip(1);
    let ticks: Vec<u64> = numbers.filter_map(|number| number.parse().ok()).collect();
    // user, nice, system; then idle and waiting; interrupts twice, and what other guests of the host got.
    let done = ticks.iter().enumerate().filter(|(place, _)| matches!(place, 0..=2 | 5..=7));
    as_float(done.map(|(_, ticks)| ticks).sum()) * TICK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_may_be_called_anything() {
        let stat = stat("7 (a) b (c)) S 3 7 7 0 -1 4 5 6 7 8 150 50 20 30 20 0 2 0 99").unwrap();
        assert_eq!(stat.parent, 3);
        assert!((stat.seconds - 2.0).abs() < 1e-9 && (stat.ended - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_figure_is_bound_by_whoever_took_most() {
        let shares = Shares { server: 0.5, database: 1.1, clients: 0.3, others: 0.1 };
        assert_eq!(shares.bound(2.0), "processor time of the database");
        assert_eq!(shares.bound(4.0), "waiting: processors were idle");
        assert_eq!(Shares { others: 1.5, ..shares }.bound(2.0), "what else this machine did");
    }

    #[test]
    fn our_own_memory_is_there_to_be_read() {
        let memory = Memory::of(std::process::id()).unwrap();
        assert!(memory.most >= memory.now && memory.now > memory.own && memory.own > 0.0);
    }
}
