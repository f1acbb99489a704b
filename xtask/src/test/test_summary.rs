//! How many tests passed and failed, read from what the test runners print.
//!
//! No crate does this better: libtest's JSON output is not stable, and wasm-bindgen's test runner prints only libtest's
//! text, which is therefore read in any case. A JUnit file for Node alone would be a second way beside it.

use std::{fmt, ops::AddAssign};

use anyhow::{Error, Result};

use crate::command::Outcome;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    pub passed: usize,
    pub failed: usize,
}

impl AddAssign for TestCounts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for TestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The result of a check.
#[derive(Debug)]
pub struct CheckResult {
    pub counts: TestCounts,
    /// Printed after the counts, for example a size.
    pub note: String,
    /// What a person has to read when it failed.
    pub problem: Option<String>,
}

impl CheckResult {
    pub fn passed(note: impl Into<String>) -> Self {
        Self { counts: TestCounts { passed: 1, failed: 0 }, note: note.into(), problem: None }
    }

    pub fn failed(problem: impl Into<String>) -> Self {
        Self {
            counts: TestCounts { passed: 0, failed: 1 },
            note: String::new(),
            problem: Some(problem.into()),
        }
    }

    /// Of a check that either works as a whole or does not.
    pub fn single(result: Result<String, Error>) -> Self {
        match result {
            Ok(note) => Self::passed(note),
            Err(error) => Self::failed(format!("{error:#}")),
        }
    }

    /// Of a test runner. It must have run something, and a failure it did not count (a test that does not
    /// compile, a browser that does not start) counts as one.
    pub fn from_runner(outcome: &Outcome, count: fn(&str) -> TestCounts) -> Self {
        let mut counts = count(&outcome.output);
        let problem = if !outcome.success {
            counts.failed = counts.failed.max(1);
            Some(format!("{}; the end of {}:\n{}", outcome.status, outcome.log.display(), outcome.tail()))
        } else if counts.failed > 0 {
            Some(outcome.tail())
        } else if counts.passed == 0 {
            counts.failed = 1;
            Some(format!("no test was run; see {}:\n{}", outcome.log.display(), outcome.tail()))
        } else {
            None
        };
        Self { counts, note: String::new(), problem }
    }

    pub fn summary(&self) -> String {
        let result = match self.counts {
            TestCounts { passed: 1, failed: 0 } => "passed".to_owned(),
            TestCounts { passed: 0, failed: 1 } => "FAILED".to_owned(),
            TestCounts { failed: 0, .. } => self.counts.to_string(),
            TestCounts { passed, failed } => format!("{passed} passed, {failed} FAILED"),
        };
        if self.note.is_empty() { result } else { format!("{result}, {}", self.note) }
    }
}

/// The sum of cargo's lines `test result: ok. 3 passed; 0 failed; …`, one per test binary.
pub fn count_cargo_tests(output: &str) -> TestCounts {
    let mut total = TestCounts::default();
    for line in output.lines() {
        if let Some((_, result)) = line.split_once("test result: ") {
            total += TestCounts { passed: before(result, " passed"), failed: before(result, " failed") };
        }
    }
    total
}

/// The last lines that Node's test runner prints: `ℹ pass 3`, or `# pass 3` in TAP.
pub fn count_node_tests(output: &str) -> TestCounts {
    let mut total = TestCounts::default();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        if !matches!(words.next(), Some("#" | "ℹ")) {
            continue;
        }
        let (Some(what), Some(number), None) = (words.next(), words.next(), words.next()) else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        match what {
            "pass" => total.passed += number,
            // A test that was cut off by a time limit has not passed.
            "fail" | "cancelled" => total.failed += number,
            _ => {}
        }
    }
    total
}

/// The number that ends where `word` begins.
fn before(text: &str, word: &str) -> usize {
    let number = text.split_once(word).map(|(number, _)| number);
    number.and_then(|text| text.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_lines_are_added_up() {
        let output = "running 2 tests\ntest result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                      test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(count_cargo_tests(output), TestCounts { passed: 15, failed: 2 });
        assert_eq!(count_cargo_tests("error: could not compile"), TestCounts::default());
    }

    #[test]
    fn both_forms_of_nodes_summary_are_read() {
        assert_eq!(
            count_node_tests("ℹ tests 4\nℹ pass 3\nℹ fail 0\nℹ cancelled 1\n"),
            TestCounts { passed: 3, failed: 1 }
        );
        assert_eq!(
            count_node_tests("# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n"),
            TestCounts { passed: 3, failed: 1 }
        );
        assert_eq!(count_node_tests("# pass the salt 3\n"), TestCounts::default());
    }

    #[test]
    fn a_runner_without_tests_has_failed() {
        let outcome = |success, output: &str| Outcome {
            success,
            status: "exit status: 101".to_owned(),
            output: output.to_owned(),
            log: "a.log".into(),
        };
        let empty = "test result: ok. 0 passed; 0 failed; 0 ignored";
        assert_eq!(CheckResult::from_runner(&outcome(true, empty), count_cargo_tests).counts.failed, 1);
        assert_eq!(CheckResult::from_runner(&outcome(false, "error"), count_cargo_tests).counts.failed, 1);
        let good = "test result: ok. 2 passed; 0 failed; 0 ignored";
        assert_eq!(
            CheckResult::from_runner(&outcome(true, good), count_cargo_tests).summary(),
            "2 passed, 0 failed"
        );
    }
}
