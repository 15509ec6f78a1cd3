//! How many tests ran, read from the closing lines of cargo test and Playwright.

use std::fmt::{self, Display};
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Tally {
    /// `test result: ok. 3 passed; 1 failed; 2 ignored; …` or, alone on a line, `  3 passed (1.2s)`.
    pub fn of(said: &str) -> Self {
        let mut tally = Self::default();
        for line in said.lines() {
            match line.split_once("test result: ") {
                Some((_, result)) => result.split([';', '.']).for_each(|part| tally.count(part)),
                None => tally.count(line.split_once(" (").map_or(line, |(before, _)| before)),
            }
        }
        tally
    }

    pub fn any(self) -> bool {
        self != Self::default()
    }

    /// Adds up `3 passed` and the like; anything else counts for nothing.
    fn count(&mut self, words: &str) {
        let Some((number, what)) = words.trim().split_once(' ') else { return };
        let Ok(number) = number.parse::<u64>() else { return };
        match what {
            "passed" => self.passed += number,
            "failed" | "flaky" | "interrupted" => self.failed += number,
            "skipped" | "ignored" | "did not run" => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runners_are_counted() {
        let said = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
              5 passed (3.4s)\n  1 skipped\n  1 failed\n    [chromium] › 4 passed elsewhere\n";
        assert_eq!(Tally::of(said), Tally { passed: 9, failed: 3, skipped: 2 });
    }

    #[test]
    fn skipped_tests_are_not_hidden() {
        assert_eq!(Tally { passed: 9, failed: 0, skipped: 0 }.to_string(), "9 passed, 0 failed");
        assert_eq!(Tally { passed: 9, failed: 0, skipped: 2 }.to_string(), "9 passed, 0 failed, 2 skipped");
    }
}
