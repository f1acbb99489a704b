//! One line per step: what is being done, why it is slow, and how long it has taken.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Terminal codes: a saved position is right even where the line was too long and went on in the next.
const SAVE_CURSOR: &str = "\x1b7";
const BACK_TO_CURSOR: &str = "\x1b8\x1b[K";

/// A line that has been begun. On a terminal its seconds are counting; in a log file they come at the end.
pub struct Line {
    begun: Instant,
    done: Arc<AtomicBool>,
    ticker: Option<thread::JoinHandle<()>>,
}

impl Line {
    pub fn begin(text: impl Display) -> Self {
        let begun = Instant::now();
        let done = Arc::new(AtomicBool::new(false));
        print!("{text} … ");
        let _ = io::stdout().flush();
        let ticker = io::stdout().is_terminal().then(|| {
            let done = Arc::clone(&done);
            print!("{SAVE_CURSOR}");
            thread::spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    thread::park_timeout(Duration::from_secs(1));
                    if !done.load(Ordering::Relaxed) {
                        print!("{BACK_TO_CURSOR}{}", seconds(begun.elapsed()));
                        let _ = io::stdout().flush();
                    }
                }
            })
        });
        Self { begun, done, ticker }
    }

    /// Closes the line with the time it took, after `result` if there is something to say.
    pub fn end(mut self, result: &str) {
        self.stop();
        let gap = if result.is_empty() { "" } else { ", " };
        println!("{result}{gap}{}", seconds(self.begun.elapsed()));
    }

    fn stop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(ticker) = self.ticker.take() {
            ticker.thread().unpark();
            let _ = ticker.join();
            print!("{BACK_TO_CURSOR}");
        }
    }
}

impl Drop for Line {
    /// An error on the way: the line ends here and the message begins on the next.
    fn drop(&mut self) {
        if !self.done.load(Ordering::Relaxed) {
            self.stop();
            println!("stopped");
        }
    }
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
