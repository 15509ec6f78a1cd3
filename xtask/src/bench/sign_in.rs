//! Sign-in under attack (S1): 32 clients try passwords as fast as they can, of ever other accounts and from ever other
//! addresses, so that no limit on either makes it easy. What others read meanwhile is compared with what they read
//! before, in the same run.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::client::Client;
use super::report::{self, Figure};
use crate::error::{Context, Error, Result};
use crate::postgres;
use crate::process::Run;
use crate::server::Server;
use crate::shell::Shell;

const READERS: usize = 16;
const HAMMERS: usize = 32;
/// Alone and under attack in turns, so that what else this machine does falls on both.
const ROUNDS: usize = 5;
const PHASE: Duration = Duration::from_secs(6);
const WARM_UP: Duration = Duration::from_secs(3);
const ACCOUNTS: usize = 1000;
const DOSSIERS: usize = 300;

/// The demo office's; the first reads, the others sign in.
const PASSWORD: &str = "lantaarn fiets oker dinsdag";
const READER: &str = "jdevries@voorbeeldstad";
const OTHERS: [&str; 4] = ["fyilmaz", "sbakker", "mjansen", "lpeeters"];
const READS: [&str; 2] = ["/v1/dossiers?limit=50", "/v1/me"];

/// What one phase came to.
#[derive(Default)]
struct Phase {
    reads: u64,
    seconds: f64,
    /// Of each read, in microseconds.
    latencies: Vec<u64>,
    opened: u64,
    refused: u64,
    limited: u64,
    busy: u64,
    other: u64,
}

impl Phase {
    fn per_second(&self, count: u64) -> f64 {
        as_float(count) / self.seconds
    }

    /// In milliseconds.
    fn slowest_of_a_hundred(&mut self) -> f64 {
        self.latencies.sort_unstable();
        let at = self.latencies.len() * 99 / 100;
        self.latencies.get(at).map_or(0.0, |micros| as_float(*micros) / 1000.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of what happens in seconds")]
fn as_float(count: u64) -> f64 {
    count as f64
}

/// `cargo xtask bench sign-in [--postgres]`.
pub fn sign_in(shell: &Shell, with_postgres: bool) -> Result {
    shell.run(Run::cargo().args(["build", "--release", "--package", "api", "--bin", "werkbak"]))?;
    let mut figures = Vec::new();
    let mut text = introduction();
    measure(shell, "SQLite", None, &mut text, &mut figures)?;
    if with_postgres {
        postgres::with_cluster(shell, |url| {
            measure(shell, "PostgreSQL", Some(url), &mut text, &mut figures)
        })?;
    }
    report::write(shell, "performance-sign-in", &text, &figures)?;
    shell.say("Wrote docs/performance-sign-in.md and .json.");
    match figures.iter().filter(|figure| !figure.met).count() {
        0 => Ok(()),
        missed => Err(Error::new(format!("{missed} limits are missed."))),
    }
}

fn introduction() -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    format!(
        "# Sign-in under attack\n\n\
         `cargo xtask bench sign-in --postgres` wrote this page; the figures for programs are in \
         [performance-sign-in.json](performance-sign-in.json).\n\n\
         {READERS} clients read the first page of dossiers and who they are, as an ordinary employee, first alone and \
         then while {HAMMERS} clients sign in as fast as they are answered: right and wrong passwords, {ACCOUNTS} accounts \
         and as many that do not exist, each attempt from another address. {ROUNDS} rounds of {} s each way; the ratio is \
         the median of the rounds. Server (release build), clients and database share this machine: {cores} cores, load {load} \
         when it began.\n",
        PHASE.as_secs()
    )
}

fn measure(
    shell: &Shell,
    database: &str,
    url: Option<&str>,
    text: &mut String,
    figures: &mut Vec<Figure>,
) -> Result {
    let folder = Folder::make()?;
    let url =
        url.map_or_else(|| format!("sqlite:{}", folder.0.join("bench.db").display()), ToOwned::to_owned);
    let werkbak = shell.target.join("release/werkbak");
    let command = |args: &[&str]| {
        Run::new(&werkbak)
            .args(args)
            .env("DATABASE_URL", &url)
            .env("WERKBAK_DATA", &folder.0)
            .env("WERKBAK_BIND", "127.0.0.1:0")
            .env("WERKBAK_WORKER", "off")
            .env("WERKBAK_TRUSTED_PROXIES", "127.0.0.1")
            .env("RUST_LOG", "error")
            .env_remove("WERKBAK_TLS_CERTIFICATE")
            .env_remove("WERKBAK_TLS_KEY")
    };
    fill(&folder.0, &command)?;
    let server = Server::start(command(&["serve"]), &folder.0.join("serve.log"))?;
    let outcome = rounds(shell, &server, database);
    let memory = memory(&server);
    server.stop();
    let (ratios, mut alone, mut under, peak) = outcome?;
    let ratio = median(&ratios) * 100.0;
    let (most, rss) = memory?;
    let _ = write!(
        text,
        "\n## {database}\n\n\
         | | alone | under attack |\n|---|---|---|\n\
         | reads per second | {:.0} | {:.0} |\n\
         | 99 of 100 reads within | {:.1} ms | {:.1} ms |\n\
         | sign-ins per second: opened, refused | | {:.0}, {:.0} |\n\
         | told to come back: 429, 503 | | {}, {} |\n\
         | anything else | | {} |\n\n\
         Ratio in each round: {}. Memory: {peak:.0} MB at the most while reading and signing in (sampled), {rss:.0} MB \
         afterwards, {most:.0} MB ever.\n",
        alone.per_second(alone.reads),
        under.per_second(under.reads),
        alone.slowest_of_a_hundred(),
        under.slowest_of_a_hundred(),
        under.per_second(under.opened),
        under.per_second(under.refused),
        under.limited,
        under.busy,
        under.other,
        ratios.iter().map(|ratio| format!("{:.0} %", ratio * 100.0)).collect::<Vec<_>>().join(", "),
    );
    figures.push(Figure::at_least(format!("reads kept under attack, {database}"), ratio, "%", 60.0));
    figures.push(Figure::below(format!("memory at the most, {database}"), most, "MB", 150.0));
    Ok(())
}

/// An office with people and dossiers.
fn fill(folder: &Path, command: &dyn Fn(&[&str]) -> Run) -> Result {
    let mut people = "username,name,email\n".to_owned();
    for number in 0..ACCOUNTS {
        let _ = writeln!(people, "bench{number},Bench {number},bench{number}@voorbeeldstad.example");
    }
    let mut dossiers = "name,allow\n".to_owned();
    for number in 0..DOSSIERS {
        let _ = writeln!(dossiers, "Dossier {number},Zorgloket");
    }
    command(&["migrate"]).read()?;
    command(&["seed", "demo"]).read()?;
    for (kind, content) in [("employees", people), ("dossiers", dossiers)] {
        let file = folder.join(format!("{kind}.csv"));
        fs::write(&file, content).context("writing what is brought in")?;
        command(&["import", kind, &file.display().to_string(), "--office", "voorbeeldstad"]).read()?;
    }
    Ok(())
}

type Rounds = (Vec<f64>, Phase, Phase, f64);

/// The ratio of each round, both sums, and the most memory seen.
fn rounds(shell: &Shell, server: &Server, database: &str) -> Result<Rounds> {
    let token = token(server.address())?;
    let attempts = AtomicU64::new(0);
    drop(phase(server, &token, None, WARM_UP)?);
    let (mut ratios, mut all_alone, mut all_under, mut peak) =
        (Vec::new(), Phase::default(), Phase::default(), 0.0);
    for round in 1..=ROUNDS {
        let (alone, _) = phase(server, &token, None, PHASE)?;
        let (under, most) = phase(server, &token, Some(&attempts), PHASE)?;
        let ratio = under.per_second(under.reads) / alone.per_second(alone.reads);
        shell.say(format!(
            "{database}, round {round}: {:.0} reads/s alone, {:.0} under attack ({:.0} %), {:.0} sign-ins/s.",
            alone.per_second(alone.reads),
            under.per_second(under.reads),
            ratio * 100.0,
            under.per_second(under.opened + under.refused),
        ));
        ratios.push(ratio);
        peak = f64::max(peak, most);
        add(&mut all_alone, alone);
        add(&mut all_under, under);
    }
    Ok((ratios, all_alone, all_under, peak))
}

fn token(address: &str) -> Result<String> {
    let body = format!("{{\"username\": \"{READER}\", \"password\": \"{PASSWORD}\"}}");
    let answer = Client::new(address).ask("POST", "/v1/sessions", "", &body)?;
    let token = answer.body.split("\"accessToken\":\"").nth(1).and_then(|rest| rest.split('"').next());
    token.map(ToOwned::to_owned).context(format!("signing in: {} {}", answer.status, answer.body))
}

/// Reads for a while, and signs in meanwhile if told to; also the most memory seen, in MB.
fn phase(server: &Server, token: &str, hammer: Option<&AtomicU64>, length: Duration) -> Result<(Phase, f64)> {
    let (stop, total) = (AtomicBool::new(false), Mutex::new(Phase::default()));
    let started = Instant::now();
    let peak = thread::scope(|scope| {
        let mut workers: Vec<_> =
            (0..READERS).map(|_| scope.spawn(|| read(server.address(), token, &stop, &total))).collect();
        if let Some(attempts) = hammer {
            workers.extend(
                (0..HAMMERS)
                    .map(|_| scope.spawn(|| try_passwords(server.address(), attempts, &stop, &total))),
            );
        }
        let mut peak = 0.0;
        while started.elapsed() < length && !workers.iter().any(thread::ScopedJoinHandle::is_finished) {
            thread::sleep(Duration::from_millis(100));
            peak = memory(server).map_or(peak, |(_, rss)| f64::max(peak, rss));
        }
        stop.store(true, Ordering::Relaxed);
        let seconds = started.elapsed().as_secs_f64();
        for worker in workers {
            worker.join().map_err(|_| Error::new("a client broke down"))??;
        }
        total.lock().unwrap_or_else(PoisonError::into_inner).seconds = seconds;
        Ok::<_, Error>(peak)
    })?;
    Ok((total.into_inner().unwrap_or_else(PoisonError::into_inner), peak))
}

fn read(address: &str, token: &str, stop: &AtomicBool, total: &Mutex<Phase>) -> Result {
    let (mut client, mut latencies) = (Client::new(address), Vec::new());
    let bearer = format!("Authorization: Bearer {token}\r\n");
    for path in READS.iter().cycle() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let asked = Instant::now();
        let answer = client.ask("GET", path, &bearer, "")?;
        if answer.status != 200 {
            return Err(Error::new(format!("{path}: {} {}", answer.status, answer.body)));
        }
        latencies.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    let read = u64::try_from(latencies.len()).unwrap_or_default();
    add_to(total, Phase { reads: read, latencies, ..Phase::default() });
    Ok(())
}

/// One attempt after another: of eight, one by someone who knows their password, four on accounts that exist, three on
/// accounts that do not.
fn try_passwords(address: &str, attempts: &AtomicU64, stop: &AtomicBool, total: &Mutex<Phase>) -> Result {
    let (mut client, mut done) = (Client::new(address), Phase::default());
    while !stop.load(Ordering::Relaxed) {
        let attempt = attempts.fetch_add(1, Ordering::Relaxed);
        let place = usize::try_from(attempt / 8).unwrap_or_default();
        let (username, password) = match attempt % 8 {
            0 => (
                OTHERS.get(place % OTHERS.len()).map_or_else(String::new, |name| (*name).to_owned()),
                PASSWORD,
            ),
            1..=4 => (
                format!("bench{}", usize::try_from(attempt).unwrap_or_default() % ACCOUNTS),
                "not the password",
            ),
            _ => (format!("nobody{attempt}"), PASSWORD),
        };
        let body = format!("{{\"username\": \"{username}@voorbeeldstad\", \"password\": \"{password}\"}}");
        let [_, .., a, b, c] = attempt.to_be_bytes();
        let from = format!("X-Forwarded-For: 10.{a}.{b}.{c}\r\n");
        match client.ask("POST", "/v1/sessions", &from, &body)?.status {
            201 => done.opened += 1,
            401 => done.refused += 1,
            429 => done.limited += 1,
            503 => done.busy += 1,
            _ => done.other += 1,
        }
    }
    add_to(total, done);
    Ok(())
}

fn add_to(total: &Mutex<Phase>, one: Phase) {
    add(&mut total.lock().unwrap_or_else(PoisonError::into_inner), one);
}

fn add(total: &mut Phase, one: Phase) {
    total.reads += one.reads;
    total.seconds += one.seconds;
    total.latencies.extend(one.latencies);
    total.opened += one.opened;
    total.refused += one.refused;
    total.limited += one.limited;
    total.busy += one.busy;
    total.other += one.other;
}

/// The most memory the server ever had, and what it has now, in MB.
fn memory(server: &Server) -> Result<(f64, f64)> {
    let status =
        fs::read_to_string(format!("/proc/{}/status", server.id())).context("reading the server's memory")?;
    let line = |name: &str| -> Result<f64> {
        let value = status.lines().find_map(|line| line.strip_prefix(name)).context(name)?;
        let kilobytes: u64 = value.trim().trim_end_matches(" kB").parse().context(name)?;
        Ok(as_float(kilobytes) * 1024.0 / 1_000_000.0)
    };
    Ok((line("VmHWM:")?, line("VmRSS:")?))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

/// A folder that goes with the run.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("werkbak-bench-{}", std::process::id()));
        fs::create_dir_all(&path).context("making a folder")?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_odd_round_does_not_decide() {
        assert!((median(&[0.7, 0.1, 0.8]) - 0.7).abs() < f64::EPSILON);
        assert!(median(&[]).abs() < f64::EPSILON);
    }
}
