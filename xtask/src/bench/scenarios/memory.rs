//! How much memory a server takes.

use super::Stage;
use crate::bench::class::BROAD;
use crate::bench::machine::Memory;
use crate::bench::report::{Figure, Report};
use crate::error::{Context, Result};

/// What it takes when it has just answered for the first time, and the most it took in all that was measured; `elsewhere` is
/// what other servers on this data took.
pub fn run(stage: &Stage<'_>, report: &mut Report, elsewhere: f64) -> Result {
    let data = stage.large.data;
    let person = stage.large.people(&BROAD)?.into_iter().next().context("nobody")?;
    let fresh = data.serve()?;
    fresh.get(&person, "/v1/dossiers?limit=50")?;
    let Memory { now: idle, own, .. } = fresh.memory()?;
    drop(fresh);
    let most = f64::max(stage.large.memory()?.most, f64::max(stage.small.memory()?.most, elsewhere));
    let engine = data.engine;
    report.say(format!(
        "## Memory, {engine}\n\nThe server's resident memory: {idle:.0} MB after a first list, of which {own:.0} MB is \
         its own and the rest pages of the program's file; {most:.0} MB at the most in all that was measured."
    ));
    report.promise(Figure::at_most(format!("resident memory, idle, {engine}"), idle, "MB", 50.0));
    report.promise(Figure::at_most(format!("resident memory under load, {engine}"), most, "MB", 150.0));
    Ok(())
}
