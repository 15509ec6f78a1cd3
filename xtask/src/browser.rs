//! The browser tests in `e2e/`.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::{Context, Result};
use crate::node;
use crate::postgres::{self, URL_VARIABLE};
use crate::process::{Run, find_program};
use crate::shell::Shell;
use crate::web;

/// Debian's Chromium, or the one named by `CHROMIUM`.
pub fn chromium() -> Option<PathBuf> {
    env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| find_program("chromium"))
}

/// Debian's HAProxy, also where only administrators have its folder in their `PATH`, or the one named by `HAPROXY`.
pub fn haproxy() -> Option<PathBuf> {
    let usual = || Some(PathBuf::from("/usr/sbin/haproxy")).filter(|program| program.is_file());
    env::var_os("HAPROXY").map(PathBuf::from).or_else(|| find_program("haproxy")).or_else(usual)
}

/// Runs the tests against this server binary and the built app. `args` go to Playwright.
pub fn test(shell: &Shell, werkbak: &Path, args: &[String]) -> Result {
    shell.run(playwright(shell, werkbak, "app")?.args(args))
}

/// Runs the tests of several servers on one PostgreSQL, which `url` names, behind a proxy.
pub fn test_nodes(shell: &Shell, werkbak: &Path, url: &str, args: &[String]) -> Result {
    let haproxy = haproxy().context("HAProxy is not installed: run cargo xtask setup")?;
    let psql = postgres::psql().context("psql is not installed: run cargo xtask setup")?;
    let playwright = playwright(shell, werkbak, "nodes")?.args(args).env("HAPROXY", haproxy);
    shell.run(playwright.env("PSQL", psql).env(URL_VARIABLE, url))
}

fn playwright(shell: &Shell, werkbak: &Path, project: &str) -> Result<Run> {
    let folder = install(shell)?;
    let chromium = chromium().context("Chromium is not installed: run cargo xtask setup")?;
    // In one word: of two, it would take what follows for projects as well.
    let project = format!("--project={project}");
    let playwright = Run::new("node").args(["node_modules/@playwright/test/cli.js", "test", &project]);
    let playwright = playwright
        .env("WERKBAK_BIN", werkbak)
        .env("WERKBAK_WEB_ROOT", web::dist(shell))
        .env("CHROMIUM", chromium);
    // Colours set by force in both ways make Node complain at every start.
    Ok(playwright.env_remove("NO_COLOR").dir(folder))
}

/// Visits the app for the first time so many times, with a processor that is so many times slower; the milliseconds until
/// it could be used, as a JSON list.
pub fn first_load(shell: &Shell, address: &str, visits: usize, slower: usize) -> Result<String> {
    let folder = install(shell)?;
    let chromium = chromium().context("Chromium is not installed: run cargo xtask setup")?;
    let visit = Run::new("node").args(["speed/first-load.mjs", address]);
    visit.args([visits.to_string(), slower.to_string()]).env("CHROMIUM", chromium).dir(folder).read()
}

/// Checks the types of the tests.
pub fn check_types(shell: &Shell) -> Result {
    let folder = install(shell)?;
    shell.run(Run::new("node").args(["node_modules/typescript/bin/tsc", "--noEmit"]).dir(folder))
}

/// Checks the API's description against the Dutch government's rules.
pub fn lint_openapi(shell: &Shell) -> Result {
    let folder = install(shell)?;
    let spectral = Run::new("node").args(["node_modules/@stoplight/spectral-cli/dist/index.js", "lint"]);
    let spectral =
        spectral.args(["--ruleset", "lint/nlgov-api-design-rules.yaml", "--fail-severity", "error"]);
    shell.run(spectral.arg(shell.path("openapi.yaml")).env("SCARF_ANALYTICS", "false").dir(folder))
}

fn install(shell: &Shell) -> Result<PathBuf> {
    let folder = shell.path("e2e");
    node::install(shell, &folder)?;
    Ok(folder)
}
