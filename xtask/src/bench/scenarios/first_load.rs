//! The app's first load: how much it is, and how soon one can type in the sign-in form on a slow processor.

use crate::bench::report::{Figure, Report};
use crate::bench::site::Data;
use crate::bench::stats::{as_float, median};
use crate::error::{Context, Result};
use crate::shell::Shell;
use crate::{browser, web};

/// How many visits, each with nothing in its cache.
const VISITS: usize = 5;
/// How much slower than this machine the visitor's is.
const SLOWER: usize = 4;

/// On an empty database.
pub fn run(shell: &Shell, data: &Data<'_>, report: &mut Report) -> Result {
    let sizes = web::build(shell, web::Mode::Release)?;
    data.werkbak(&["migrate"]).read()?;
    data.werkbak(&["seed", "demo"]).read()?;
    let site = data.serve_with(|run| run.env("WERKBAK_WEB_ROOT", web::dist(shell)))?;
    let said = browser::first_load(shell, site.address(), VISITS, SLOWER)?;
    let visits: Vec<f64> = serde_json::from_str(&said).context("reading what the browser measured")?;
    let usable = median(visits.iter().copied());
    let kilobytes = as_float(sizes.first_visit()) / 1000.0;
    let list: Vec<_> = visits.iter().map(|visit| format!("{visit:.0}")).collect();
    report.say(format!(
        "## The first load of the app\n\n{sizes}, with brotli. From the start of the navigation until the username can be typed, \
         in Chromium with its processor slowed down {SLOWER} times, from this machine, with an empty cache: {usable:.0} ms, the \
         median of {}.",
        list.join(", ")
    ));
    report.promise(Figure::at_most("first load, brotli".to_owned(), kilobytes, "KB", 300.0));
    let target = format!("first load, usable on a {SLOWER}x slower processor");
    report.promise(Figure::at_most(target, usable, "ms", 1000.0));
    Ok(())
}
