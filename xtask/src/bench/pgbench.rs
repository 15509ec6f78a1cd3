//! What PostgreSQL could do at best: its own pgbench runs the statements of the server's requests, with the same
//! parameters, prepared as the server prepares them.

use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::class::CLIENTS;
use super::load::Round;
use super::statements::Statement;
use crate::error::{Context, Error, Result};
use crate::postgres::Cluster;
use crate::process::Output;

/// As the server sets its own sessions: with PostgreSQL's defaults the longest of these statements are planned for longer than they run.
const SESSION: &str = "-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1";

/// A script in which every client is another employee.
pub struct Baseline<'a> {
    cluster: &'a Cluster,
    database: &'a str,
    script: PathBuf,
    said: PathBuf,
    variables: Vec<String>,
}

impl<'a> Baseline<'a> {
    /// Writes the script; `requests` are the statements of a request by each employee.
    pub fn new<'b>(
        cluster: &'a Cluster,
        database: &'a str,
        folder: &Path,
        name: &str,
        requests: impl Iterator<Item = Vec<&'b Statement>>,
    ) -> Result<Self> {
        let (mut text, mut variables) = (String::new(), Vec::new());
        for (client, statements) in requests.enumerate() {
            let word = if client == 0 { "if" } else { "elif" };
            let _ = writeln!(text, "\\{word} :client_id = {client}");
            text.push_str(&script(&statements, client, &mut variables)?);
        }
        text.push_str("\\endif\n");
        let script = folder.join(format!("{name}.sql"));
        fs::write(&script, text).context("writing a script")?;
        Ok(Self { cluster, database, script, said: folder.join("pgbench.log"), variables })
    }

    /// Runs it for a while, and a second before that in which everything is prepared.
    pub fn run(&self, length: Duration) -> Result<Round> {
        let clients = CLIENTS.to_string();
        let seconds = (length.as_secs_f64().ceil() + 1.0).to_string();
        let mut run = self.cluster.client("pgbench", self.database).env("PGOPTIONS", SESSION);
        run = run.args(["-n", "-M", "prepared", "-j", "2", "-P", "1", "-c", &clients, "-T", &seconds]);
        for variable in &self.variables {
            run = run.args(["-D", variable]);
        }
        let file = File::create(&self.said).context("making a log for pgbench")?;
        let done = run.arg("-f").arg(&self.script).run(&Output::File(&file));
        let said = fs::read_to_string(&self.said).context("reading what pgbench said")?;
        match done {
            Err(Error::Interrupted) => Err(Error::Interrupted),
            // The command line is as long as all parameters together.
            Err(Error::Failed(_)) => Err(Error::new(format!("pgbench failed:\n{said}"))),
            Ok(()) => Ok(Round::of(per_second(&said)?)),
        }
    }
}

/// One client's part. Parameters become variables of pgbench, which it turns into parameters again; their values go to
/// `variables`, as `name=value`.
fn script(statements: &[&Statement], client: usize, variables: &mut Vec<String>) -> Result<String> {
    let mut script = String::new();
    for (number, statement) in statements.iter().enumerate() {
        let name = |parameter: usize| format!("c{client}s{number}p{parameter}");
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

/// The mean of lines such as `progress: 2.0 s, 9700.1 tps, lat 1.6 ms stddev 0.5, 0 failed`, without the first.
fn per_second(said: &str) -> Result<f64> {
    let lines = said.lines().filter_map(|line| line.strip_prefix("progress: "));
    let seconds: Vec<f64> = lines
        .skip(1)
        .filter_map(|line| line.split(", ").find_map(|part| part.strip_suffix(" tps"))?.parse().ok())
        .collect();
    let failed = said.lines().any(|line| {
        line.strip_prefix("number of failed transactions: ").is_some_and(|rest| !rest.starts_with("0 "))
    });
    if failed || seconds.is_empty() {
        return Err(Error::new(format!("pgbench said:\n{said}")));
    }
    Ok(seconds.iter().sum::<f64>() / f64::from(u32::try_from(seconds.len()).unwrap_or(u32::MAX)))
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
        let text = script(&[&statement, &statement], 7, &mut variables).unwrap();
        assert_eq!(
            text.lines().next().unwrap(),
            "SELECT '$1', \"$2\" FROM t WHERE a = :c7s0p1 AND b = ANY(:c7s0p2::uuid[]) AND c = NULL;"
        );
        assert_eq!(variables, ["c7s0p1=x y", "c7s0p2={}", "c7s1p1=x y", "c7s1p2={}"]);
        let lacking = Statement { parameters: Vec::new(), ..statement };
        assert!(script(&[&lacking], 0, &mut variables).is_err());
    }

    #[test]
    fn the_second_in_which_everything_is_prepared_does_not_count() {
        let line = |second: u8, tps: &str| {
            format!("progress: {second}.0 s, {tps} tps, lat 1.6 ms stddev 0.5, 0 failed\n")
        };
        let said = line(1, "10.0") + &line(2, "300.0") + &line(3, "500.0");
        assert!((per_second(&said).unwrap() - 400.0).abs() < 1e-9);
        assert!(per_second(&line(1, "10.0")).is_err());
        assert!(per_second(&(said + "number of failed transactions: 3 (0.001%)\n")).is_err());
    }
}
