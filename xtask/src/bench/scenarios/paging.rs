//! Page 400 of a list, against page 1.

use super::{Stage, row, speed, times};
use crate::bench::class::Class;
use crate::bench::load::{Asker, in_turns, server};
use crate::bench::report::{Figure, Report, number};
use crate::bench::site::Person;
use crate::error::{Context, Result};

const LISTS: [&str; 2] = ["dossiers", "cases"];
const PAGE: usize = 400;

pub fn run(stage: &Stage<'_>, report: &mut Report) -> Result {
    let engine = stage.large.data.engine;
    report.say(format!(
        "## Page {PAGE}, {engine}\n\nFor the classes that see {} rows; the others have no such page.",
        PAGE * 50
    ));
    let mut rows = Vec::new();
    for list in LISTS {
        for class in stage.classes() {
            let Some(far) = far(stage, class, list)? else { continue };
            let near = super::all_ask(&stage.large.people(class)?, &format!("/v1/{list}?limit=50"));
            let mut all = [server(stage.large, &near), server(stage.large, &far)];
            let rounds = in_turns(stage.plan, &mut all)?;
            let [near, far] = rounds.as_slice() else { continue };
            let ratio = times(far, near);
            stage.tell(&format!("page {PAGE} of {list}, {}", class.name), far);
            rows.push(row(
                &format!("{list}, {}", class.name),
                &[speed(near), speed(far), vec![number(ratio)]],
            ));
            let target = format!("page {PAGE} of {list}, {}, {engine}: time against page 1", class.name);
            report.promise(Figure::at_most(target, ratio, "times", 1.2));
        }
    }
    let far = format!("page {PAGE}: per second");
    let head = ["list", "page 1: per second", "p50", "p95", "p99", &far, "p50", "p95", "p99", "ratio"];
    report.table(&head, &rows);
    Ok(())
}

/// What asks for that page, if all of the class have one.
fn far(stage: &Stage<'_>, class: &Class, list: &str) -> Result<Option<Vec<Asker>>> {
    let mut askers = Vec::new();
    for person in stage.large.people(class)? {
        match follow(stage, &person, list)? {
            Some(path) => askers.push(vec![person.get(&path)]),
            None => return Ok(None),
        }
    }
    Ok(Some(askers))
}

/// Follows `next` to that page.
fn follow(stage: &Stage<'_>, person: &Person, list: &str) -> Result<Option<String>> {
    let first = format!("/v1/{list}?limit=50");
    let (mut client, mut path) = (stage.large.client(), first.clone());
    for _ in 1..PAGE {
        let page = client.exchange(&person.get(&path))?.json(200).context(&path)?;
        let Some(next) = page["next"].as_str() else { return Ok(None) };
        path = format!("{first}&cursor={next}");
    }
    Ok(Some(path))
}
