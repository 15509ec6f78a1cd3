//! `cargo xtask test`: every check, the quick ones first, up to the first that fails.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::error::{Context, Error, Result};
use crate::postgres::{self, URL_VARIABLE};
use crate::process::Run;
use crate::progress::{Clock, time};
use crate::setup::{self, Purpose};
use crate::shell::Shell;
use crate::tally::Tally;
use crate::web::{self, Mode, Toolchain};
use crate::{browser, server};

/// What a step has to say beside that it succeeded.
type Note = Option<String>;

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Shell, &[String]) -> Result<Note>,
    /// Whether arguments after `--` mean something to it.
    takes_args: bool,
}

const STEPS: &[Step] = &[
    step("setup", "what the machine needs is there", |shell, _| silent(setup::ensure(shell, Purpose::Test))),
    step("format", "cargo fmt", |shell, _| silent(shell.run(Run::cargo().args(["fmt", "--all", "--check"])))),
    step("e2e-types", "TypeScript's types in the browser tests", |shell, _| {
        silent(browser::check_types(shell))
    }),
    step("clippy", "clippy on contract, api and xtask", |shell, _| silent(clippy(shell))),
    step("clippy-web", "clippy on the web app", |shell, _| silent(clippy_web(shell))),
    step("tests", "unit tests, and HTTP tests on SQLite", |shell, args| silent(tests(shell, args)))
        .with_args(),
    step("tests-web", "unit tests of the web app", |shell, _| {
        silent(shell.run(Run::cargo().args(["test", "--package", "web"])))
    }),
    step("openapi", "openapi.yaml is what the server says", |shell, _| silent(openapi(shell))),
    step("lint-openapi", "openapi.yaml keeps the API design rules", |shell, _| {
        silent(browser::lint_openapi(shell))
    }),
    step("tests-postgres", "HTTP tests on PostgreSQL", |shell, args| silent(tests_postgres(shell, args)))
        .with_args(),
    step("bundle", "the web app, within its size budget", |shell, _| bundle(shell)),
    step("browser", "browser tests", |shell, args| silent(browser_tests(shell, args))).with_args(),
    step("nodes", "two servers on one PostgreSQL, killed in turn", |shell, args| silent(nodes(shell, args)))
        .with_args(),
];

const fn step(name: &'static str, about: &'static str, run: fn(&Shell, &[String]) -> Result<Note>) -> Step {
    Step { name, about, run, takes_args: false }
}

impl Step {
    const fn with_args(self) -> Self {
        Self { takes_args: true, ..self }
    }
}

fn silent(result: Result) -> Result<Note> {
    result.map(|()| None)
}

/// Which steps there are.
pub fn list() -> String {
    STEPS.iter().map(|step| format!("  {:<15} {}\n", step.name, step.about)).collect()
}

/// Runs all steps, or the named ones. `args` go to the test runner of the only step named.
pub fn run(shell: &Shell, only: &[String], args: &[String]) -> Result {
    let steps = choose(only)?;
    if let (false, false) = (args.is_empty(), matches!(steps.as_slice(), [step] if step.takes_args)) {
        let takers: Vec<_> = STEPS.iter().filter(|step| step.takes_args).map(|step| step.name).collect();
        return Err(Error::new(format!("Arguments after -- need one --only of: {}", takers.join(", "))));
    }
    let started = Instant::now();
    let mut tally = Tally::default();
    let mut done = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let title = format!("[{}/{}] {}", number + 1, steps.len(), step.name);
        let (took, note) = perform(shell, step, title, args, &mut tally)?;
        done.push((step.name, took, note));
    }
    println!("\nAll checks passed in {}:\n", time(started.elapsed()));
    for (name, took, note) in done {
        println!("  {name:<15} {:>12}   {}", time(took), note.unwrap_or_default());
    }
    if tally.any() {
        println!("\n{tally}");
    }
    Ok(())
}

fn choose(only: &[String]) -> Result<Vec<&'static Step>> {
    if only.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    let find = |name: &String| {
        STEPS.iter().find(|step| step.name == name).context(format!("No step {name}. There are:\n{}", list()))
    };
    only.iter().map(find).collect()
}

/// Runs one step with its output in a file, which is shown if it fails.
fn perform(
    shell: &Shell,
    step: &Step,
    title: String,
    args: &[String],
    tally: &mut Tally,
) -> Result<(Duration, Note)> {
    let log = log_file(shell, step)?;
    shell.log_to(File::create(&log).context(format!("creating {}", log.display()))?);
    let clock = Clock::start(title);
    let outcome = (step.run)(shell, args);
    shell.log_to_terminal();
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    let counted = Tally::of(&said);
    *tally += counted;
    match outcome {
        Ok(note) => {
            let note = note.or_else(|| counted.any().then(|| counted.to_string()));
            let took = clock.finish("ok");
            Ok((took, note))
        }
        Err(Error::Interrupted) => {
            clock.finish("interrupted");
            Err(Error::Interrupted)
        }
        Err(error) => {
            clock.finish("FAILED");
            println!("\n{}\n", said.trim_end());
            if tally.any() {
                println!("{tally}\n");
            }
            Err(Error::new(format!(
                "{} ({}): {error}\nTry again with: cargo xtask test --only {}",
                step.name, step.about, step.name
            )))
        }
    }
}

fn log_file(shell: &Shell, step: &Step) -> Result<PathBuf> {
    let folder = shell.target.join("xtask");
    fs::create_dir_all(&folder).context(format!("creating {}", folder.display()))?;
    Ok(folder.join(format!("{}.log", step.name)))
}

/// Everything but the web app is always compiled together: the features of shared dependencies then are the same in
/// every step, and each is compiled once.
fn clippy(shell: &Shell) -> Result {
    shell.run(Run::cargo().args(["clippy", "--all-targets", "--", "-D", "warnings"]))
}

/// With the profile of the bundle, so that both use the same compiled macros.
fn clippy_web(shell: &Shell) -> Result {
    let clippy = Toolchain::find(shell)?.clippy(shell);
    shell.run(clippy.args(["--profile", "wasm", "--", "-D", "warnings"]))
}

fn tests(shell: &Shell, args: &[String]) -> Result {
    shell.run(Run::cargo().args(["test", "--no-fail-fast"]).args(args).env_remove(URL_VARIABLE))
}

fn tests_postgres(shell: &Shell, args: &[String]) -> Result {
    // Compiling fails before a database server is started for it, and needs none.
    shell.run(Run::cargo().args(["test", "--test", "http", "--no-run"]))?;
    postgres::with_cluster(shell, |url| {
        shell.run(Run::cargo().args(["test", "--test", "http"]).args(args).env(URL_VARIABLE, url))
    })
}

fn openapi(shell: &Shell) -> Result {
    let served = shell.target.join("xtask/openapi.yaml");
    fs::write(&served, server::openapi(&server::dev_binary(shell)?)?)
        .context("writing what the server says")?;
    let differs = |error| Error::new(format!("{error}: run cargo xtask openapi and commit openapi.yaml"));
    shell.run(Run::new("diff").args(["-u", "openapi.yaml"]).arg(served).dir(&shell.root)).map_err(differs)
}

fn bundle(shell: &Shell) -> Result<Note> {
    let sizes = web::build(shell, Mode::Release)?;
    sizes.check()?;
    Ok(Some(sizes.to_string()))
}

fn browser_tests(shell: &Shell, args: &[String]) -> Result {
    let werkbak = server::dev_binary(shell)?;
    web::build(shell, Mode::Release)?;
    browser::test(shell, &werkbak, args)
}

fn nodes(shell: &Shell, args: &[String]) -> Result {
    let werkbak = server::dev_binary(shell)?;
    web::build(shell, Mode::Release)?;
    postgres::with_cluster(shell, |url| browser::test_nodes(shell, &werkbak, url, args))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_found_by_name() {
        let names = |only: &[&str]| -> Result<Vec<&str>> {
            let only: Vec<_> = only.iter().map(|name| (*name).to_owned()).collect();
            Ok(choose(&only)?.iter().map(|step| step.name).collect())
        };
        assert_eq!(names(&["clippy", "format"]).unwrap(), ["clippy", "format"]);
        assert_eq!(names(&[]).unwrap().len(), STEPS.len());
        assert!(names(&["clipy"]).unwrap_err().to_string().starts_with("No step clipy."));
    }
}
