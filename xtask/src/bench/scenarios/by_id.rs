//! One dossier and one case by id on SQLite: with the record of reading (E2), which content never comes without, and the
//! check of the permission alone.

use super::{BOUND, Stage, bound, row, speed};
use crate::bench::class::BROAD;
use crate::bench::in_process;
use crate::bench::load::{Asker, in_turns, server};
use crate::bench::report::{Figure, Report};
use crate::bench::site::Person;
use crate::error::{Context, Result};

/// What is read by id, of what is on the first page of a list.
struct Read {
    what: &'static str,
    list: &'static str,
    path: fn(id: &str, reader: &str) -> String,
    /// How often a second at least.
    limit: f64,
    /// Whether the same can be read in-process, where it is not recorded.
    in_process: bool,
}

const READS: [Read; 3] = [
    Read {
        what: "a dossier by id, recorded",
        list: "dossiers",
        path: |id, _| format!("/v1/dossiers/{id}"),
        limit: 10_000.0,
        in_process: true,
    },
    Read {
        what: "a case by id, recorded",
        list: "cases",
        path: |id, _| format!("/v1/cases/{id}"),
        limit: 10_000.0,
        in_process: true,
    },
    Read {
        what: "the permission check of a dossier by id, not recorded",
        list: "dossiers",
        path: |id, reader| format!("/v1/dossiers/{id}/access/{reader}"),
        limit: 30_000.0,
        in_process: false,
    },
];

pub fn run(stage: &Stage<'_>, report: &mut Report) -> Result {
    let engine = stage.large.data.engine;
    let mut rows = Vec::new();
    for Read { what, list, path, limit, in_process } in READS {
        let mut asked = Vec::new();
        for person in stage.large.people(&BROAD)? {
            let paths: Vec<_> = ids(stage, &person, list)?.iter().map(|id| path(id, &person.id)).collect();
            asked.push((person, paths));
        }
        let askers: Vec<Asker> =
            asked.iter().map(|(person, paths)| paths.iter().map(|path| person.get(path)).collect()).collect();
        let each =
            asked.iter().flat_map(|(person, paths)| paths.iter().map(move |path| (person, path.clone())));
        let baseline = in_process.then(|| in_process::Baseline::new(stage.large.data, each)).transpose()?;
        let mut all = vec![server(stage.large, &askers)];
        if let Some(baseline) = &baseline {
            all.push(Box::new(|length| baseline.run(length)));
        }
        let rounds = in_turns(stage.plan, &mut all).context(what)?;
        let over_http = rounds.first().copied().unwrap_or_default();
        stage.tell(what, &over_http);
        let without = rounds.get(1).map_or_else(String::new, |round| format!("{:.0}", round.per_second));
        rows.push(row(what, &[speed(&over_http), vec![without], bound(&over_http)]));
        report.promise(Figure::at_least(
            format!("{what}, {engine}"),
            over_http.per_second,
            "per second",
            limit,
        ));
    }
    report.say(format!(
        "## One by id, {engine}\n\nContent is always recorded; the record is committed before the answer goes. Nothing is \
         recorded for who asks why they have access themselves: that is the session, the permission and no content. \
         In-process is the session, the permission and the content without a record and without HTTP."
    ));
    let head = ["what", "per second", "p50 ms", "p95 ms", "p99 ms", "in-process"];
    report.table(&head.into_iter().chain(BOUND).collect::<Vec<_>>(), &rows);
    Ok(())
}

fn ids(stage: &Stage<'_>, person: &Person, list: &str) -> Result<Vec<String>> {
    let page = stage.large.get(person, &format!("/v1/{list}?limit=50"))?;
    let ids = page["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str());
    Ok(ids.map(ToOwned::to_owned).collect())
}
