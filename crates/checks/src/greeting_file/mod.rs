//! What is wrong with a recording. Only its tags' headers, its first and its last frames are looked at, wherever it lies:
//! a file may be long, and reading one takes time.

pub mod mp3;

use crate::tenant::Tenant;
use omicall_issues::{IssueCode, Report};

/// How many tags may stand one after the other.
const MOST_TAGS: u32 = 8;

/// A look into a file: says which bytes it wants, takes them, and so on.
#[derive(Debug)]
pub struct Mp3Probe {
    /// How many bytes the file has.
    size: f64,
    /// Where the frames begin, as far as is known.
    start: f64,
    /// Where they end, as far as is known.
    end: f64,
    step: Step,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// The tags before the frames, and how many there were.
    TagsBefore(u32),
    FirstFrames,
    TagsAfter,
    LastFrames,
    Done,
}

impl Mp3Probe {
    /// Into a file of that size.
    pub fn new(size: f64) -> Self {
        let step = if size > 0.0 { Step::TagsBefore(0) } else { Step::Done };
        Mp3Probe { size, start: 0.0, end: size, step }
    }

    /// Where the wanted bytes begin and end; nothing once all has been seen.
    pub fn wants(&self) -> Option<(f64, f64)> {
        let from = |start: f64, length: usize| Some((start, (start + length as f64).min(self.size)));
        let before = |end: f64, length: usize| Some(((end - length as f64).max(self.start), end));
        match self.step {
            Step::TagsBefore(_) => from(self.start, mp3::TAG_HEADER),
            Step::FirstFrames => from(self.start, mp3::WINDOW),
            Step::TagsAfter => before(self.end, mp3::TAGS_AFTER),
            Step::LastFrames => before(self.end, mp3::WINDOW),
            Step::Done => None,
        }
    }

    /// Takes the wanted bytes; what it finds wrong goes into the report.
    pub fn takes(&mut self, bytes: &[u8], report: &mut Report) {
        self.step = match self.step {
            Step::TagsBefore(count) => match mp3::tag_length(bytes) {
                Some(length) if count < MOST_TAGS => {
                    self.start += f64::from(length);
                    Step::TagsBefore(count.saturating_add(1))
                }
                _ => Step::FirstFrames,
            },
            Step::FirstFrames => match mp3::check(bytes) {
                Ok(()) => Step::TagsAfter,
                Err(found) => {
                    report
                        .push(report.issue(IssueCode::GreetingNotMp3, &["/file"]).with_param("found", found));
                    Step::Done
                }
            },
            Step::TagsAfter => {
                self.end = (self.end - f64::from(mp3::tags_after(bytes))).max(self.start);
                Step::LastFrames
            }
            Step::LastFrames => {
                if mp3::is_cut_off(bytes) {
                    report.add(IssueCode::GreetingTruncated, &["/file"]);
                }
                Step::Done
            }
            Step::Done => Step::Done,
        };
    }
}

/// A report of a file of that size, before anybody looked into it.
pub fn begin(size: f64, context: &Tenant<'_>) -> Report {
    let mut report = context.report();
    if size <= 0.0 {
        report.add(IssueCode::GreetingEmpty, &["/file"]);
    }
    report
}
