//! The lists everybody opens, for every class of employee: against what the database could do at best, and against the
//! same with little data.

use super::{BOUND, Stage, all_ask, bound, promise_statements, row, speed, times};
use crate::bench::class::Class;
use crate::bench::load::{Round, in_turns, server};
use crate::bench::options::Engine;
use crate::bench::report::{Figure, Report, number};
use crate::bench::site::{Person, Site};
use crate::bench::statements::{self, LOGGED, Statement};
use crate::bench::stats::median;
use crate::bench::{in_process, pgbench};
use crate::error::{Context, Error, Result};

/// As they are called, and where they are.
const LISTS: [(&str, &str); 2] = [("dossiers", "/v1/dossiers?limit=50"), ("cases", "/v1/cases?limit=50")];

/// What one class makes of one list.
struct Found {
    large: Round,
    small: Round,
    /// The database alone.
    whole: Round,
    /// The same without session check and names; only where that can be told apart.
    strict: Option<Round>,
    /// How many statements, and how many milliseconds they take.
    statements: Option<(usize, f64)>,
}

pub fn run(stage: &Stage<'_>, report: &mut Report) -> Result {
    let engine = stage.large.data.engine;
    let logged = match engine {
        Engine::Postgres => Some(stage.large.data.serve_with(|run| run.env("PGOPTIONS", LOGGED))?),
        Engine::Sqlite => None,
    };
    for (what, path) in LISTS {
        let mut found = Vec::new();
        for class in stage.classes() {
            let one = measure(stage, logged.as_ref(), class, what, path)
                .context(format!("list of {what}, {}, {engine}", class.name))?;
            stage.tell(&format!("{what}, {}", class.name), &one.large);
            found.push((class.name, one));
        }
        describe(report, stage, what, path, &found);
        for (class, one) in &found {
            promise(report, &format!("list of {what}, {class}, {engine}"), stage, one);
        }
        if let Some((most, _)) = found.iter().filter_map(|(_, one)| one.statements).max_by_key(|one| one.0) {
            promise_statements(report, &format!("a list of {what}"), most);
        }
    }
    Ok(())
}

fn measure(
    stage: &Stage<'_>,
    logged: Option<&Site<'_>>,
    class: &Class,
    what: &str,
    path: &str,
) -> Result<Found> {
    let (people, few) = (stage.large.people(class)?, stage.small.people(class)?);
    let (at_large, at_small) = (all_ask(&people, path), all_ask(&few, path));
    let mut all = vec![server(stage.large, &at_large), server(stage.small, &at_small)];
    let Some(logged) = logged else {
        let asked = people.iter().map(|person| (person, path.to_owned()));
        let baseline = in_process::Baseline::new(stage.large.data, asked)?;
        all.push(Box::new(move |length| baseline.run(length)));
        let rounds = in_turns(stage.plan, &mut all)?;
        let [large, small, whole] = rounds.as_slice() else { return Err(Error::new("rounds are missing")) };
        return Ok(Found { large: *large, small: *small, whole: *whole, strict: None, statements: None });
    };
    let requests = captured(stage, logged, &people, path)?;
    let whole = pgbench(stage, "whole", &requests, |_| true)?;
    let strict = pgbench(stage, "strict", &requests, |statement| is_list(statement, what))?;
    all.push(Box::new(move |length| whole.run(length)));
    all.push(Box::new(move |length| strict.run(length)));
    let rounds = in_turns(stage.plan, &mut all)?;
    let [large, small, whole, strict] = rounds.as_slice() else {
        return Err(Error::new("rounds are missing"));
    };
    let took: Vec<f64> =
        requests.iter().map(|all| all.iter().map(|statement| statement.took).sum()).collect();
    let most = requests.iter().map(Vec::len).max().unwrap_or_default();
    let statements = Some((most, median(took)));
    Ok(Found { large: *large, small: *small, whole: *whole, strict: Some(*strict), statements })
}

/// The statements of each employee's request.
fn captured(
    stage: &Stage<'_>,
    logged: &Site<'_>,
    people: &[Person],
    path: &str,
) -> Result<Vec<Vec<Statement>>> {
    let log = stage.log.context("no log")?;
    people.iter().map(|person| statements::of_request(logged, log, person, path)).collect()
}

fn pgbench<'a>(
    stage: &Stage<'a>,
    name: &str,
    requests: &[Vec<Statement>],
    which: impl Fn(&Statement) -> bool,
) -> Result<pgbench::Baseline<'a>> {
    let (cluster, database) = stage.large.data.cluster.as_ref().context("no PostgreSQL")?;
    let scripts = requests.iter().map(|all| all.iter().filter(|statement| which(statement)).collect());
    pgbench::Baseline::new(cluster, database, &stage.large.data.folder, name, scripts)
}

/// Neither the check of the session nor the look-up of names.
fn is_list(statement: &Statement, table: &str) -> bool {
    statement.names(table) && !statement.names("sessions")
}

fn describe(report: &mut Report, stage: &Stage<'_>, what: &str, path: &str, found: &[(&str, Found)]) {
    let engine = stage.large.data.engine;
    let (cases, few) = (stage.large.data.cases, stage.small.data.cases);
    report.say(format!("## List of {what}, {engine}\n\n`GET {path}` with {cases} cases."));
    let percent = |part: f64, whole: f64| format!("{:.0} %", part / whole * 100.0);
    let mut head = vec!["class", "per second", "p50 ms", "p95 ms", "p99 ms"];
    match engine {
        Engine::Postgres => {
            head.extend([
                "pgbench",
                "ratio",
                "pgbench, list alone",
                "ratio",
                "statements",
                "ms in PostgreSQL",
            ]);
        }
        Engine::Sqlite => head.extend(["in-process", "ratio"]),
    }
    let rows: Vec<_> = found
        .iter()
        .map(|(class, one)| {
            let against = |alone: Round| {
                vec![format!("{:.0}", alone.per_second), percent(one.large.per_second, alone.per_second)]
            };
            let counted = one.statements.map(|(count, took)| vec![count.to_string(), format!("{took:.2}")]);
            row(
                class,
                &[
                    speed(&one.large),
                    against(one.whole),
                    one.strict.map(against).unwrap_or_default(),
                    counted.unwrap_or_default(),
                ],
            )
        })
        .collect();
    report.table(&head, &rows);
    let few = format!("per second with {few}");
    let head: Vec<&str> =
        ["class", &few, "p50 ms", "p95 ms", "p99 ms", "growth"].into_iter().chain(BOUND).collect();
    let rows: Vec<_> = found
        .iter()
        .map(|(class, one)| {
            let growth = vec![number(times(&one.large, &one.small))];
            row(class, &[speed(&one.small), growth, bound(&one.large)])
        })
        .collect();
    report.table(&head, &rows);
}

fn promise(report: &mut Report, what: &str, stage: &Stage<'_>, found: &Found) {
    let baseline = match stage.large.data.engine {
        Engine::Postgres => "the same SQL in pgbench",
        Engine::Sqlite => "the same read in-process",
    };
    let ratio = found.large.per_second / found.whole.per_second * 100.0;
    report.promise(Figure::at_least(format!("{what}: throughput against {baseline}"), ratio, "%", 60.0));
    report.promise(Figure::at_most(format!("{what}: p99"), found.large.p99, "ms", 15.0));
    let (cases, few) = (stage.large.data.cases, stage.small.data.cases);
    let growth = times(&found.large, &found.small);
    report.promise(Figure::at_most(
        format!("{what}: time with {cases} against {few} cases"),
        growth,
        "times",
        1.5,
    ));
}
