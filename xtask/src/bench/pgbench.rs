//! What PostgreSQL could do at best: its own pgbench runs the statements of the server's requests, with the same
//! parameters, prepared as the server prepares them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::class::CLIENTS;
use super::load::Round;
use super::statements::Statement;
use crate::error::{Context, Error, Result};
use crate::postgres::Cluster;

/// Scripts, one for each employee, of which every client takes any.
pub struct Baseline<'a> {
    cluster: &'a Cluster,
    database: &'a str,
    scripts: Vec<PathBuf>,
    variables: Vec<String>,
}

impl<'a> Baseline<'a> {
    /// Writes the scripts; `requests` are the statements of a request by each employee.
    pub fn new<'b>(
        cluster: &'a Cluster,
        database: &'a str,
        folder: &Path,
        name: &str,
        requests: impl Iterator<Item = Vec<&'b Statement>>,
    ) -> Result<Self> {
        let mut baseline = Self { cluster, database, scripts: Vec::new(), variables: Vec::new() };
        for (place, statements) in requests.enumerate() {
            let script = folder.join(format!("{name}-{place}.sql"));
            let text = write_script(&statements, place, &mut baseline.variables)?;
            fs::write(&script, text).context("writing a script")?;
            baseline.scripts.push(script);
        }
        Ok(baseline)
    }

    /// Runs them for a while.
    pub fn run(&self, length: Duration) -> Result<Round> {
        let clients = CLIENTS.to_string();
        let seconds = length.as_secs_f64().ceil().to_string();
        let mut run = self.cluster.client("pgbench", self.database);
        run = run.args(["-n", "-M", "prepared", "-j", "2", "-c", &clients, "-T", &seconds]);
        for variable in &self.variables {
            run = run.args(["-D", variable]);
        }
        for script in &self.scripts {
            run = run.arg("-f").arg(script);
        }
        // The command line is as long as all parameters together.
        let brief = |error: Error| match error {
            Error::Failed(text) => Error::new(
                text.split_once(" failed (").map_or_else(String::new, |(_, why)| format!("pgbench ({why}")),
            ),
            Error::Interrupted => Error::Interrupted,
        };
        Ok(Round::of(per_second(&run.read().map_err(brief)?)?))
    }
}

/// One employee's script. Parameters become variables of pgbench, which it turns into parameters again; their values go to
/// `variables`, as `name=value`.
fn write_script(statements: &[&Statement], place: usize, variables: &mut Vec<String>) -> Result<String> {
    let mut script = String::new();
    for (number, statement) in statements.iter().enumerate() {
        let name = |parameter: usize| format!("e{place}s{number}p{parameter}");
        for (at, value) in statement.parameters.iter().enumerate() {
            if let Some(value) = value {
                variables.push(format!("{}={value}", name(at + 1)));
            }
        }
        let text = replace(&statement.text, |parameter| {
            match statement.parameters.get(parameter.checked_sub(1)?)? {
                Some(_) => Some(format!(":{}", name(parameter))),
                None => Some("NULL".to_owned()),
            }
        });
        let text = text.context(format!("parameters are missing: {}", statement.text))?;
        let _ = writeln!(script, "{text};");
    }
    Ok(script)
}

/// Replaces `$1`, `$2`, … outside quotes.
fn replace(text: &str, with: impl Fn(usize) -> Option<String>) -> Option<String> {
    let (mut replaced, mut quote) = (String::with_capacity(text.len() * 2), None);
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match (char, quote) {
            ('\'' | '"', None) => quote = Some(char),
            (_, Some(open)) if open == char => quote = None,
            ('$', None) => {
                let mut number = 0;
                while let Some(digit) = rest.peek().and_then(|char| char.to_digit(10)) {
                    number = number * 10 + usize::try_from(digit).ok()?;
                    rest.next();
                }
                replaced.push_str(&with(number)?);
                continue;
            }
            _ => {}
        }
        replaced.push(char);
    }
    Some(replaced)
}

/// `tps = 9700.12 (without initial connection time)`; an error if not all of them succeeded.
fn per_second(said: &str) -> Result<f64> {
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    let failed = said.lines().any(|line| {
        line.strip_prefix("number of failed transactions: ").is_some_and(|rest| !rest.starts_with("0 "))
    });
    match tps {
        Some(tps) if !failed => Ok(tps),
        _ => Err(Error::new(format!("pgbench said:\n{said}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_the_same_statement_with_variables() {
        let statement = Statement {
            text: "SELECT '$1', \"$2\" FROM t WHERE a = $1 AND b = ANY($2::uuid[]) AND c = $3".to_owned(),
            parameters: vec![Some("x y".to_owned()), Some("{}".to_owned()), None],
            took: 0.0,
        };
        let mut variables = Vec::new();
        let script = write_script(&[&statement, &statement], 7, &mut variables).unwrap();
        assert_eq!(
            script.lines().next().unwrap(),
            "SELECT '$1', \"$2\" FROM t WHERE a = :e7s0p1 AND b = ANY(:e7s0p2::uuid[]) AND c = NULL;"
        );
        assert_eq!(variables, ["e7s0p1=x y", "e7s0p2={}", "e7s1p1=x y", "e7s1p2={}"]);
        let lacking = Statement { parameters: Vec::new(), ..statement };
        assert!(write_script(&[&lacking], 0, &mut variables).is_err());
    }

    #[test]
    fn what_failed_does_not_count() {
        let said = "number of failed transactions: 0 (0.000%)\nlatency average = 1.6 ms\n\
            tps = 9700.25 (without initial connection time)\n";
        assert!((per_second(said).unwrap() - 9700.25).abs() < 1e-9);
        assert!(per_second(&said.replace("0 (0.000%)", "3 (0.001%)")).is_err());
        assert!(per_second("pgbench: error").is_err());
    }
}
