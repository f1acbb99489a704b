//! One line per step: what is being done, why it is slow, and how long it has taken.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that has been begun. On a terminal its seconds are counting; in a log file they come at the end.
pub struct Line {
    begun: Instant,
    text: String,
    spinner: Option<ProgressBar>,
    ended: bool,
}

impl Line {
    pub fn begin(text: impl Display) -> Self {
        let text = text.to_string();
        let spinner = io::stdout().is_terminal().then(|| spinner(&text));
        if spinner.is_none() {
            print!("{text} … ");
            let _ = io::stdout().flush();
        }
        Self { begun: Instant::now(), text, spinner, ended: false }
    }

    /// Closes the line with the time it took, after `result` if there is something to say.
    pub fn end(mut self, result: &str) {
        let gap = if result.is_empty() { "" } else { ", " };
        let time = seconds(self.begun.elapsed());
        self.close(&format!("{result}{gap}{time}"));
    }

    fn close(&mut self, result: &str) {
        if let Some(spinner) = self.spinner.take() {
            spinner.finish_and_clear();
            print!("{} … ", self.text);
        }
        println!("{result}");
        self.ended = true;
    }
}

impl Drop for Line {
    /// An error on the way: the line ends here and the message begins on the next.
    fn drop(&mut self) {
        if !self.ended {
            self.close("stopped");
        }
    }
}

fn spinner(text: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} … {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stdout());
    spinner.set_style(style);
    spinner.set_message(text.to_owned());
    spinner.enable_steady_tick(Duration::from_secs(1));
    spinner
}

/// `0.4 s`, `71 s`, `3 min 20 s`.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    match whole {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..120 => format!("{whole} s"),
        _ => format!("{} min {} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(71)), "71 s");
        assert_eq!(seconds(Duration::from_secs(200)), "3 min 20 s");
    }
}
