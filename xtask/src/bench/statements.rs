//! What a request asks of PostgreSQL, as PostgreSQL's log tells it.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::site::{Person, Site};
use crate::error::{Context, Error, Result};
use crate::signals;

/// For the connections of a server whose statements are to be logged.
pub const LOGGED: &str = "-c log_min_duration_statement=0";
/// How long a line may take from PostgreSQL to the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// One statement that ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// With `$1`, `$2`, … for its parameters.
    pub text: String,
    /// As text; nothing for NULL.
    pub parameters: Vec<Option<String>>,
    /// How long it took, planned or not, in milliseconds.
    pub took: f64,
}

/// The statements of one request, in order, when everything is prepared.
pub fn of_request(site: &Site<'_>, log: &Path, person: &Person, path: &str) -> Result<Vec<Statement>> {
    let (cluster, database) = site.data.cluster.as_ref().context("only PostgreSQL tells")?;
    let asked = Instant::now();
    for _ in 0..SETTLED {
        site.get(person, path)?;
        if signals::interrupted() {
            return Err(Error::Interrupted);
        }
        if asked.elapsed() > Duration::from_secs(1) {
            break;
        }
    }
    let before = fs::metadata(log).context("looking at the log")?.len();
    site.get(person, path)?;
    let mark = format!("SELECT 'end of {path} by {}'", person.id);
    let marked = cluster.client("psql", database).env("PGOPTIONS", LOGGED);
    marked.args(["-XAtq", "-c", &mark]).read()?;
    let asked = Instant::now();
    loop {
        let all = fs::read(log).context("reading the log")?;
        let new = all.get(usize::try_from(before).unwrap_or(usize::MAX)..).unwrap_or_default();
        let new = String::from_utf8_lossy(new);
        if let Some((said, _)) = new.split_once(&mark) {
            return Ok(read(said).into_iter().filter(Statement::reads).collect());
        }
        if asked.elapsed() > PATIENCE {
            return Err(Error::new("PostgreSQL logs nothing"));
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// After so many times the connection that is asked has the statement planned, and what it reads in memory.
const SETTLED: usize = 6;

impl Statement {
    /// Not what the server notes now and then by itself.
    fn reads(&self) -> bool {
        let text = self.text.trim_start().to_uppercase();
        text.starts_with("SELECT") || text.starts_with("WITH") || text.starts_with('(')
    }

    /// Whether it names a table.
    pub fn names(&self, table: &str) -> bool {
        let other = |c: char| !c.is_alphanumeric() && c != '_';
        self.text.split(other).any(|word| word == table)
    }
}

/// Statements of a log, each line of which starts with what it is; what goes on on the next line is indented.
fn read(log: &str) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut preparing = 0.0;
    let mut lines = log.lines().peekable();
    while let Some(line) = lines.next() {
        let mut whole = line.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with('\t')) {
            whole.push('\n');
            whole.push_str(more.trim_start_matches('\t'));
        }
        if let Some(rest) = whole.strip_prefix("LOG:  duration: ") {
            let Some((took, rest)) = rest.split_once(" ms  ") else { continue };
            let Ok(took) = took.parse::<f64>() else { continue };
            let Some((what, text)) = rest.split_once(": ") else { continue };
            if what.starts_with("parse") || what.starts_with("bind") {
                preparing += took;
                continue;
            }
            let took = took + std::mem::take(&mut preparing);
            statements.push(Statement { text: text.to_owned(), parameters: Vec::new(), took });
        } else if let Some(list) = whole.strip_prefix("DETAIL:  ")
            && let Some((_, list)) = list.split_once("arameters: ")
            && let Some(last) = statements.last_mut().filter(|_| preparing == 0.0)
        {
            last.parameters = parameters(list);
        }
    }
    statements
}

/// `$1 = 'it''s', $2 = NULL`.
fn parameters(list: &str) -> Vec<Option<String>> {
    let mut all = Vec::new();
    let mut rest = list;
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            all.push(None);
            rest = value.strip_prefix("NULL").unwrap_or_default();
            continue;
        };
        let (mut text, mut after) = (String::new(), quoted);
        while let Some((part, more)) = after.split_once('\'') {
            text.push_str(part);
            match more.strip_prefix('\'') {
                Some(more) => {
                    text.push('\'');
                    after = more;
                }
                None => {
                    after = more;
                    break;
                }
            }
        }
        all.push(Some(text));
        rest = after;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_come_with_their_parameters_and_the_time_they_took() {
        let log = "LOG:  duration: 0.020 ms  bind s1: SELECT \"a\"\n\tFROM t WHERE b = $1 AND c = $2 LIMIT $3\n\
            DETAIL:  parameters: $1 = 'x', $2 = NULL, $3 = '51'\n\
            LOG:  duration: 0.300 ms  execute s1: SELECT \"a\"\n\tFROM t WHERE b = $1 AND c = $2 LIMIT $3\n\
            DETAIL:  parameters: $1 = 'it''s, $2 = ''no''', $2 = NULL, $3 = '51'\n\
            LOG:  checkpoint starting: time\n\
            LOG:  duration: 0.100 ms  statement: SELECT 1\n";
        let read = read(log);
        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!(read[0].text, "SELECT \"a\"\nFROM t WHERE b = $1 AND c = $2 LIMIT $3");
        assert_eq!(read[0].parameters, [Some("it's, $2 = 'no'".to_owned()), None, Some("51".to_owned())]);
        assert!((read[0].took - 0.32).abs() < 1e-9);
        assert_eq!((read[1].text.as_str(), read[1].parameters.len()), ("SELECT 1", 0));
    }

    #[test]
    fn a_table_is_a_whole_word() {
        let statement = |text: &str| Statement { text: text.to_owned(), parameters: Vec::new(), took: 0.0 };
        assert!(statement("SELECT \"cases\".\"id\" FROM x").names("cases"));
        assert!(!statement("SELECT 1 FROM case_cases").names("cases"));
        assert!(statement("SELECT 1").reads() && !statement("UPDATE sessions SET a = 1").reads());
    }
}
