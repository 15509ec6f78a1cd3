//! `cargo xtask …`: everything a person or CI runs.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program talks to its user")]

mod bench;
mod browser;
mod checks;
mod digest;
mod error;
mod node;
mod postgres;
mod process;
mod progress;
mod server;
mod setup;
mod shell;
mod signals;
mod tally;
mod web;

use std::env;
use std::fs;
use std::process::ExitCode;

use error::{Context, Error, Result};
use setup::Purpose;
use shell::Shell;
use web::Mode;

const HELP: &str = "\
cargo xtask <command>

  up [--detach]                 build and start Werkbak with demo data
  test [--only STEP]... [-- ARG ...]
                                run every check, or the named ones (see test --list)
  e2e [--dev] [-- ARG ...]      only the browser tests; --dev builds the app quickly
  web [--dev]                   build the web app into web/dist
  openapi                       write openapi.yaml
  postgres -- COMMAND [ARG ...] run a command with TEST_DATABASE_URL naming a PostgreSQL of its own
  bench [OPTION ...]            measure all that is promised about speed; writes docs/performance.*
          --quick               only look, for a minute or two
          --only SCENARIO       lists, paging, tasks, by-id, claims, sign-in, memory, first-load
          --sqlite-only, --postgres-only, --cases N, --rounds N, --seconds N
          --keep FOLDER         leave the data there for the next time
          --binary FILE         measure this server instead of building one
  bench sign-in [--postgres]    measure what others notice of an attack on sign-in; writes docs/performance-sign-in.*
  setup                         install what is missing on this machine to build and test
";

fn main() -> ExitCode {
    match signals::listen().and_then(|()| dispatch()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Error::Interrupted) => ExitCode::from(130),
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result {
    let mut args: Vec<String> = env::args().skip(1).collect();
    let passed_on = match args.iter().position(|arg| arg == "--") {
        Some(at) => args.split_off(at).split_off(1),
        None => Vec::new(),
    };
    let shell = Shell::find()?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if !passed_on.is_empty() && !matches!(args.first(), Some(&("test" | "e2e" | "postgres"))) {
        return Err(Error::new(format!("This command takes nothing after --.\n\n{HELP}")));
    }
    match args.as_slice() {
        ["up"] => server::up(&shell, false),
        ["up", "--detach"] => server::up(&shell, true),
        ["test", "--list"] => {
            print!("{}", checks::list());
            Ok(())
        }
        ["test", only @ ..] => checks::run(&shell, &steps(only)?, &passed_on),
        ["e2e"] => e2e(&shell, Mode::Release, &passed_on),
        ["e2e", "--dev"] => e2e(&shell, Mode::Dev, &passed_on),
        ["web"] => build_web(&shell, Mode::Release),
        ["web", "--dev"] => build_web(&shell, Mode::Dev),
        ["openapi"] => write_openapi(&shell),
        ["postgres"] => postgres::run_with_cluster(&shell, &passed_on),
        ["bench", "sign-in"] => bench::sign_in(&shell, false),
        ["bench", "sign-in", "--postgres"] => bench::sign_in(&shell, true),
        ["bench", options @ ..] => bench::run(&shell, options),
        ["setup"] => {
            setup::ensure(&shell, Purpose::Test)?;
            shell.say("This machine has what it takes.");
            Ok(())
        }
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(Error::new(format!("Not a command: {}\n\n{HELP}", args.join(" ")))),
    }
}

/// The steps of `--only STEP --only STEP`.
fn steps(args: &[&str]) -> Result<Vec<String>> {
    let pairs = args.chunks(2).map(|pair| match pair {
        ["--only", step] => Ok((*step).to_owned()),
        other => Err(Error::new(format!("Not understood: {}\n\n{HELP}", other.join(" ")))),
    });
    pairs.collect()
}

fn build_web(shell: &Shell, mode: Mode) -> Result {
    setup::ensure(shell, Purpose::Build)?;
    let sizes = web::build(shell, mode)?;
    shell.say(format!("web/dist: {sizes}"));
    Ok(())
}

fn e2e(shell: &Shell, mode: Mode, args: &[String]) -> Result {
    setup::ensure(shell, Purpose::Test)?;
    web::build(shell, mode)?;
    browser::test(shell, &server::dev_binary(shell)?, args)
}

fn write_openapi(shell: &Shell) -> Result {
    let document = server::openapi(&server::dev_binary(shell)?)?;
    fs::write(shell.path("openapi.yaml"), document).context("writing openapi.yaml")?;
    shell.say("Wrote openapi.yaml.");
    Ok(())
}
