//! The tray in which very much waits, one's own tasks, and a list as a browser asks for it.

use super::{BOUND, Stage, all_ask, bound, promise_statements, row, speed};
use crate::bench::class::{BROAD, MEDIUM};
use crate::bench::load::{Asker, Round, alone};
use crate::bench::report::{Figure, Report};
use crate::bench::site::{Person, Site};
use crate::bench::statements::{self, LOGGED};
use crate::error::{Context, Result};

/// The group whose tray it is.
pub const TEAM: &str = "Postkamer";
const MINE: &str = "/v1/tasks?limit=50";

pub fn run(stage: &Stage<'_>, report: &mut Report) -> Result {
    let engine = stage.large.data.engine;
    let (broad, members) = (stage.large.people(&BROAD)?, stage.large.people(&MEDIUM)?);
    let member = members.first().context("nobody")?;
    let tray = format!("/v1/trays/{}/tasks?limit=50", tray(stage.large, member)?);
    let compressed: Vec<Asker> =
        broad.iter().map(|person| vec![person.get_compressed("/v1/dossiers?limit=50")]).collect();
    let mut rows = Vec::new();
    let mut measure = |what: &str, askers: &[Asker]| -> Result<Round> {
        let round = alone(stage.plan, stage.large, askers).context(what)?;
        stage.tell(what, &round);
        rows.push(row(what, &[speed(&round), bound(&round)]));
        Ok(round)
    };
    let first_page = measure("the tray with 2,086 tasks", &all_ask(&members, &tray))?;
    measure("my tasks", &all_ask(&broad, MINE))?;
    measure("dossiers as a browser asks, compressed", &compressed)?;
    let target = format!("first page of a tray with 2,086 tasks, {engine}: p99");
    report.promise(Figure::at_most(target, first_page.p99, "ms", 15.0));
    report.say(format!("## Tasks, and compressed, {engine}"));
    let head: Vec<&str> =
        ["what", "per second", "p50 ms", "p95 ms", "p99 ms"].into_iter().chain(BOUND).collect();
    report.table(&head, &rows);
    if let Some(log) = stage.log {
        let logged = stage.large.data.serve_with(|run| run.env("PGOPTIONS", LOGGED))?;
        for (what, path) in [("a tray", tray.as_str()), ("my tasks", MINE)] {
            let all = statements::of_request(&logged, log, member, path)?;
            let took: f64 = all.iter().map(|statement| statement.took).sum();
            report
                .say(format!("A page of {what} takes {} statements, {took:.2} ms in PostgreSQL.", all.len()));
            promise_statements(report, &format!("a page of {what}"), all.len());
        }
    }
    Ok(())
}

/// The id of the group whose tray it is.
pub fn tray(site: &Site<'_>, member: &Person) -> Result<String> {
    let trays = site.get(member, "/v1/trays")?;
    let group = trays["items"].as_array().into_iter().flatten().map(|tray| &tray["group"]);
    let id = group.filter(|group| group["name"] == TEAM).find_map(|group| group["id"].as_str());
    id.map(ToOwned::to_owned).context(format!("there is no tray {TEAM}"))
}
