//! A large office to measure with.

use std::io::Write;
use std::time::{Duration, Instant};

use super::demo::PASSWORD;
use super::{LargeOffice, Result, connect_current, out};
use crate::config::Config;
use crate::seed::{self, Plan, Progress};
use crate::sign_in::hashing;

/// How often is told how far it is.
const EVERY: Duration = Duration::from_secs(1);

fn tell(line: &str) {
    // Nobody who watches is no reason to stop.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Whole numbers in groups of three: 1,234,567.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn line(progress: &Progress, passed: Duration) -> String {
    let done = progress.done.max(1) as f64;
    let left = passed.mul_f64((progress.total as f64 - done).max(0.0) / done);
    let rate = progress.all_rows() as f64 / passed.as_secs_f64().max(0.001);
    format!(
        "{} of {} dossiers and cases, {} rows, {} rows/s, {} s to go",
        grouped(progress.done),
        grouped(progress.total),
        grouped(progress.all_rows()),
        grouped(rate as usize),
        left.as_secs()
    )
}

pub(super) fn large(config: &Config, asked: &LargeOffice) -> Result<()> {
    let plan = Plan {
        cases: asked.cases as usize,
        employees: asked.employees as usize,
        groups: asked.groups as usize,
        seed: asked.seed,
        now: asked.now,
        password_hash: hashing::hash_with_salt(PASSWORD, &seed::salt(asked.seed))?,
    };
    let mut conn = connect_current(config)?;
    let started = Instant::now();
    let mut last = started;
    let mut progress = Progress::default();
    let made = seed::run(&mut conn, &plan, &mut |now| {
        if last.elapsed() >= EVERY {
            last = Instant::now();
            tell(&line(now, started.elapsed()));
        }
        if now.done == now.total {
            tell("All rows are there. The database looks at them for a moment.");
        }
        progress = now.clone();
    })
    .map_err(|problem| problem.to_string())?;
    let seconds = started.elapsed().as_secs_f64();
    for (table, rows) in &progress.rows {
        out(&format!("  {table:<24}{:>12}", grouped(*rows)))?;
    }
    out(&format!("Made {} rows in {seconds:.1} seconds. Sign in as:", grouped(progress.all_rows())))?;
    for office in made {
        out(&format!("  {:<28}local administrator", format!("beheer1..5@{}", office.code)))?;
        for class in office.classes {
            let who = format!("{}1..16@{}", class.username(), office.code);
            out(&format!("  {who:<28}{}", class.shows()))?;
        }
    }
    out(&format!("The password of all of them is:  {PASSWORD}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_how_far_it_is_and_how_long_it_will_take() {
        let progress =
            Progress { done: 250_000, total: 1_000_000, rows: vec![("cases", 1_000), ("tasks", 234)] };
        assert_eq!(
            line(&progress, Duration::from_secs(10)),
            "250,000 of 1,000,000 dossiers and cases, 1,234 rows, 123 rows/s, 30 s to go"
        );
    }
}
