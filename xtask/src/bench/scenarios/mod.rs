//! What is measured.

pub mod by_id;
pub mod claims;
pub mod first_load;
pub mod lists;
pub mod memory;
pub mod paging;
pub mod sign_in;
pub mod tasks;

use super::class::{CLASSES, Class};
use super::load::{Asker, Round};
use super::options::Plan;
use super::report::{Figure, Report};
use super::site::{Person, Site};
use crate::shell::Shell;

/// As `--only` names them.
pub const SCENARIOS: [&str; 8] =
    ["lists", "paging", "tasks", "by-id", "claims", "sign-in", "memory", "first-load"];

/// What a scenario has to do with: one database, with much and with little in it.
pub struct Stage<'a> {
    pub shell: &'a Shell,
    pub plan: &'a Plan,
    pub large: &'a Site<'a>,
    pub small: &'a Site<'a>,
    /// What PostgreSQL logs.
    pub log: Option<&'a std::path::Path>,
}

impl Stage<'_> {
    fn classes(&self) -> impl Iterator<Item = &'static Class> {
        CLASSES.iter().filter(|class| class.is_typical || !self.plan.quick)
    }

    /// Says on the way how it goes.
    fn tell(&self, what: &str, round: &Round) {
        let engine = self.large.data.engine;
        self.shell.say(format!("  {engine}, {what}: {:.0}/s, p99 {:.1} ms", round.per_second, round.p99));
    }
}

/// Each of them asks for this one thing.
fn all_ask(people: &[Person], path: &str) -> Vec<Asker> {
    people.iter().map(|person| vec![person.get(path)]).collect()
}

/// How much longer `this` takes than `that`: by throughput or by the usual time, whichever is worse.
fn times(this: &Round, that: &Round) -> f64 {
    f64::max(that.per_second / this.per_second, this.p50 / that.p50)
}

/// Cells about speed: requests a second and within how many milliseconds.
fn speed(round: &Round) -> Vec<String> {
    vec![
        format!("{:.0}", round.per_second),
        format!("{:.1}", round.p50),
        format!("{:.1}", round.p95),
        format!("{:.1}", round.p99),
    ]
}

/// Cells about what it is bound by: cores of server, database, clients and everything else, and in words.
fn bound(round: &Round) -> Vec<String> {
    let cores = std::thread::available_parallelism()
        .map_or(1.0, |cores| f64::from(u32::try_from(cores.get()).unwrap_or(1)));
    let shares = round.cores;
    let mut cells: Vec<String> = [shares.server, shares.database, shares.clients, shares.others]
        .iter()
        .map(|cores| format!("{cores:.2}"))
        .collect();
    cells.push(shares.bound(cores));
    cells
}

const BOUND: [&str; 5] = ["server", "database", "clients", "other", "bound by"];

/// A fixed number of statements, whatever is in the list.
fn promise_statements(report: &mut Report, what: &str, count: usize) {
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    report.promise(Figure::at_most(format!("statements of {what}"), count, "statements", 6.0));
}

/// One row of a table.
fn row(name: &str, parts: &[Vec<String>]) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(parts.iter().flatten().cloned()).collect()
}
