//! What of the measurements is asked for.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::scenarios::SCENARIOS;
use crate::error::{Context, Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// A look rather than a measurement: little data, one short round, three classes, nothing written.
    pub quick: bool,
    /// How much data, and how little for comparison.
    pub cases: u64,
    pub few_cases: u64,
    pub engines: Vec<Engine>,
    /// Names of scenarios; all when empty.
    pub only: Vec<String>,
    /// Where the data stays for the next time.
    pub keep: Option<PathBuf>,
    /// The server to measure instead of a release build made for it.
    pub binary: Option<PathBuf>,
    pub rounds: usize,
    pub round: Duration,
    pub warm_up: Duration,
}

impl Plan {
    /// `[--quick] [--cases N] [--only SCENARIO]... [--sqlite-only | --postgres-only] [--keep FOLDER] [--binary FILE]
    /// [--rounds N] [--seconds N]`.
    pub fn parse(args: &[&str]) -> Result<Self> {
        let mut plan = Self {
            quick: false,
            cases: 1_000_000,
            few_cases: 10_000,
            engines: vec![Engine::Sqlite, Engine::Postgres],
            only: Vec::new(),
            keep: None,
            binary: None,
            rounds: 5,
            round: Duration::from_secs(4),
            warm_up: Duration::from_secs(2),
        };
        if args.contains(&"--quick") {
            plan.quick = true;
            plan.cases = 20_000;
            plan.rounds = 1;
            plan.round = Duration::from_secs(1);
            plan.warm_up = Duration::from_millis(500);
        }
        let mut args = args.iter().filter(|arg| **arg != "--quick");
        while let Some(arg) = args.next() {
            let mut value = || args.next().copied().context(format!("{arg} needs a value"));
            match *arg {
                "--sqlite-only" => plan.engines = vec![Engine::Sqlite],
                "--postgres-only" => plan.engines = vec![Engine::Postgres],
                "--cases" => plan.cases = number(value()?)?,
                "--rounds" => plan.rounds = usize::try_from(number(value()?)?).context("--rounds")?,
                "--seconds" => plan.round = Duration::from_secs(number(value()?)?),
                "--keep" => plan.keep = Some(std::path::absolute(value()?).context("--keep")?),
                "--binary" => plan.binary = Some(std::path::absolute(value()?).context("--binary")?),
                "--only" => plan.only.push(known(value()?)?),
                other => return Err(Error::new(format!("Not an option of bench: {other}"))),
            }
        }
        Ok(plan)
    }

    /// Whether a scenario is asked for. A look does not wait for the app to be built.
    pub fn wants(&self, scenario: &str) -> bool {
        let usual = self.only.is_empty() && !(self.quick && scenario == "first-load");
        usual || self.only.iter().any(|name| name == scenario)
    }

    /// Whether it measures all that is promised, as it is promised.
    pub fn is_complete(&self) -> bool {
        !self.quick && self.only.is_empty() && self.engines.len() == 2 && self.cases >= 1_000_000
    }
}

fn number(text: &str) -> Result<u64> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.context(format!("Not a number above 0: {text}"))
}

fn known(name: &str) -> Result<String> {
    if SCENARIOS.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(Error::new(format!("No scenario {name}. There are: {}", SCENARIOS.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_of_it_is_complete() {
        let plan = |args: &[&str]| Plan::parse(args).unwrap();
        assert!(plan(&[]).is_complete());
        for less in [&["--quick"] as &[_], &["--cases", "999999"], &["--only", "claims"], &["--sqlite-only"]]
        {
            assert!(!plan(less).is_complete(), "{less:?}");
        }
        assert!(plan(&["--only", "claims"]).wants("claims") && !plan(&["--only", "claims"]).wants("lists"));
        assert_eq!(plan(&["--cases", "30000", "--quick"]).cases, 30_000);
        let quick = plan(&["--quick"]);
        assert!(quick.wants("lists") && !quick.wants("first-load"));
        assert!(plan(&["--quick", "--only", "first-load"]).wants("first-load"));
    }

    #[test]
    fn mistakes_are_told() {
        for wrong in [&["--cases"] as &[_], &["--cases", "0"], &["--only", "lsts"], &["--fast"]] {
            assert!(Plan::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
