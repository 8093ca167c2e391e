//! Medians and how they are printed.

use std::time::Duration;

/// Measured times, sorted.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// The times, in any order; there has to be one.
    pub(crate) fn new(mut times: Vec<Duration>) -> Self {
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Self(times)
    }

    /// The time that half of them stay below.
    pub(crate) fn median(&self) -> Duration {
        self.0[self.0.len() / 2]
    }

    /// The time that 95 % of them stay below.
    pub(crate) fn percentile_95(&self) -> Duration {
        self.0[self.0.len() * 95 / 100]
    }

    /// The longest time.
    pub(crate) fn longest(&self) -> Duration {
        self.0[self.0.len() - 1]
    }
}

/// A time in milliseconds.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// How many times the second time goes into the first.
pub(crate) fn ratio(long: Duration, short: Duration) -> String {
    format!("{:.0}", long.as_secs_f64() / short.as_secs_f64())
}

/// Prints a row of a Markdown table.
pub(crate) fn row(cells: &[&str]) {
    println!("| {} |", cells.join(" | "));
}

/// Prints the head of a Markdown table.
pub(crate) fn head(cells: &[&str]) {
    row(cells);
    println!("|{}", "---|".repeat(cells.len()));
}
