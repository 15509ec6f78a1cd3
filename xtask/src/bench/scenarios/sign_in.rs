//! Sign-in under attack (S1): 32 clients try passwords as fast as they can, of ever other accounts and from ever other
//! addresses, so that no limit on either makes it easy. What others read meanwhile is compared with what they read
//! before, in the same run.

use std::fmt::Write;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::speed;
use crate::bench::class::{CLIENTS, PASSWORD};
use crate::bench::client::Client;
use crate::bench::load::{Asker, Measurable, Round, in_turns, server};
use crate::bench::options::Plan;
use crate::bench::report::{Figure, Report};
use crate::bench::site::{Data, Site};
use crate::bench::stats::as_float;
use crate::error::{Context, Error, Result};
use crate::shell::Shell;

const HAMMERS: usize = 32;
const ACCOUNTS: usize = 1000;
const DOSSIERS: usize = 300;

/// The demo office's; the first reads, the others sign in.
const READER: &str = "jdevries@voorbeeldstad";
const OTHERS: [&str; 4] = ["fyilmaz", "sbakker", "mjansen", "lpeeters"];
const READS: [&str; 2] = ["/v1/dossiers?limit=50", "/v1/me"];

/// What came of attempts to sign in.
#[derive(Default)]
struct Attempts {
    made: AtomicU64,
    opened: AtomicU64,
    refused: AtomicU64,
    limited: AtomicU64,
    busy: AtomicU64,
    other: AtomicU64,
}

/// On an empty database. Returns the most memory the server took, in MB.
pub fn run(shell: &Shell, plan: &Plan, data: &Data<'_>, report: &mut Report) -> Result<f64> {
    let engine = data.engine;
    fill(data)?;
    let site = data.serve()?;
    let reader = site.sign_in(READER)?;
    let asker: Asker = READS.iter().map(|path| reader.get(path)).collect();
    let askers = vec![asker; CLIENTS];
    let attempts = Attempts::default();
    let mut seconds = 0.0;
    let attacked: Measurable<'_> = Box::new(|length| {
        seconds += length.as_secs_f64();
        under_attack(&site, &askers, &attempts, length)
    });
    let mut all = [server(&site, &askers), attacked];
    let rounds = in_turns(plan, &mut all)?;
    drop(all);
    let [alone, attacked] = rounds.as_slice() else { return Err(Error::new("rounds are missing")) };
    let ratio = attacked.per_second / alone.per_second * 100.0;
    shell.say(format!("  {engine}, sign-in under attack: {ratio:.0} % of the reading is left"));
    let most = site.memory()?.most;
    describe(report, plan, data, alone, attacked, &attempts, seconds);
    report.promise(Figure::at_least(format!("reads kept under attack, {engine}"), ratio, "%", 60.0));
    report.promise(Figure::below(format!("memory under attack, {engine}"), most, "MB", 150.0));
    Ok(most)
}

fn describe(
    report: &mut Report,
    plan: &Plan,
    data: &Data<'_>,
    alone: &Round,
    attacked: &Round,
    attempts: &Attempts,
    seconds: f64,
) {
    report.say(format!(
        "## Sign-in under attack, {}\n\n\
         {CLIENTS} clients read the first page of dossiers and who they are, as an ordinary employee of a small office, \
         first alone and then while {HAMMERS} clients sign in as fast as they are answered: right and wrong passwords, \
         {ACCOUNTS} accounts and as many that do not exist, each attempt from another address; {} rounds of {} s each way.",
        data.engine,
        plan.rounds,
        plan.round.as_secs(),
    ));
    let head = ["", "reads per second", "p50 ms", "p95 ms", "p99 ms"];
    report.table(
        &head,
        &[super::row("alone", &[speed(alone)]), super::row("under attack", &[speed(attacked)])],
    );
    let count = |of: &AtomicU64| as_float(of.load(Ordering::Relaxed));
    report.say(format!(
        "Sign-ins per second: {:.0} opened, {:.0} refused. Told to come back: {} with 429, {} with 503. Anything else: {}.",
        count(&attempts.opened) / seconds,
        count(&attempts.refused) / seconds,
        count(&attempts.limited),
        count(&attempts.busy),
        count(&attempts.other),
    ));
}

/// An office with people and dossiers.
fn fill(data: &Data<'_>) -> Result {
    let mut people = "username,name,email\n".to_owned();
    for number in 0..ACCOUNTS {
        let _ = writeln!(people, "bench{number},Bench {number},bench{number}@voorbeeldstad.example");
    }
    let mut dossiers = "name,allow\n".to_owned();
    for number in 0..DOSSIERS {
        let _ = writeln!(dossiers, "Dossier {number},Zorgloket");
    }
    data.werkbak(&["migrate"]).read()?;
    data.werkbak(&["seed", "demo"]).read()?;
    for (kind, content) in [("employees", people), ("dossiers", dossiers)] {
        let file = data.folder.join(format!("{kind}.csv"));
        fs::write(&file, content).context("writing what is brought in")?;
        let file = file.display().to_string();
        data.werkbak(&["import", kind, &file, "--office", "voorbeeldstad"]).read()?;
    }
    Ok(())
}

/// Reads while others sign in.
fn under_attack(site: &Site<'_>, askers: &[Asker], attempts: &Attempts, length: Duration) -> Result<Round> {
    let (stop, address) = (AtomicBool::new(false), site.address());
    thread::scope(|scope| {
        let hammers: Vec<_> =
            (0..HAMMERS).map(|_| scope.spawn(|| try_passwords(address, attempts, &stop))).collect();
        let round = server(site, askers)(length);
        stop.store(true, Ordering::Relaxed);
        for hammer in hammers {
            hammer.join().map_err(|_| Error::new("a client broke down"))??;
        }
        round
    })
}

/// One attempt after another: of eight, one by someone who knows their password, four on accounts that exist, three on
/// accounts that do not.
fn try_passwords(address: &str, attempts: &Attempts, stop: &AtomicBool) -> Result {
    let mut client = Client::new(address);
    while !stop.load(Ordering::Relaxed) {
        let attempt = attempts.made.fetch_add(1, Ordering::Relaxed);
        let place = usize::try_from(attempt).unwrap_or_default();
        let (username, password) = match attempt % 8 {
            0 => {
                let knows = OTHERS.get(place / 8 % OTHERS.len());
                (knows.map_or_else(String::new, |name| (*name).to_owned()), PASSWORD)
            }
            1..=4 => (format!("bench{}", place % ACCOUNTS), "not the password"),
            _ => (format!("nobody{attempt}"), PASSWORD),
        };
        let body = format!("{{\"username\": \"{username}@voorbeeldstad\", \"password\": \"{password}\"}}");
        let [_, .., a, b, c] = attempt.to_be_bytes();
        let from = format!("X-Forwarded-For: 10.{a}.{b}.{c}\r\n");
        let outcome = match client.ask("POST", "/v1/sessions", &from, &body)?.status {
            201 => &attempts.opened,
            401 => &attempts.refused,
            429 => &attempts.limited,
            503 => &attempts.busy,
            _ => &attempts.other,
        };
        outcome.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
