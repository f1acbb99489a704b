//! Rules about a recording. Only the headers of its tags and its first and last frames are read: a file may be long, and
//! reading it takes time.

mod formats;
pub mod mp3;
mod tags;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod mp3_tests;

use omicall_issues::{IssueCode, Report};

use crate::tenant::Tenant;

/// The maximum number of ID3v2 tags in a row.
const MAX_TAGS: u32 = 8;

/// Checks a file piece by piece: [`next_range`](Mp3Probe::next_range) says which bytes to read, [`feed`](Mp3Probe::feed)
/// takes them, until there is no next range.
#[derive(Debug)]
pub struct Mp3Probe {
    /// The size of the file, in bytes.
    size: f64,
    /// The offset of the first frame; updated as tags are found.
    start: f64,
    /// The offset after the last frame; updated as tags are found.
    end: f64,
    step: Step,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// The tags before the frames; holds how many there were so far.
    LeadingTags(u32),
    FirstFrames,
    TrailingTags,
    LastFrames,
    Finished,
}

impl Mp3Probe {
    /// Starts to check a file of this size, in bytes.
    pub fn new(size: f64) -> Self {
        let step = if size > 0.0 { Step::LeadingTags(0) } else { Step::Finished };
        Mp3Probe { size, start: 0.0, end: size, step }
    }

    /// Returns the start and the end of the next bytes to read; `None` if the check is finished.
    pub fn next_range(&self) -> Option<(f64, f64)> {
        let after = |start: f64, length: usize| Some((start, (start + length as f64).min(self.size)));
        let before = |end: f64, length: usize| Some(((end - length as f64).max(self.start), end));
        match self.step {
            Step::LeadingTags(_) => after(self.start, tags::TAG_HEADER),
            Step::FirstFrames => after(self.start, mp3::WINDOW),
            Step::TrailingTags => before(self.end, tags::TRAILING_TAGS),
            Step::LastFrames => before(self.end, mp3::WINDOW),
            Step::Finished => None,
        }
    }

    /// Checks the bytes of [`next_range`](Mp3Probe::next_range) and adds issues to the report.
    pub fn feed(&mut self, bytes: &[u8], report: &mut Report) {
        self.step = match self.step {
            Step::LeadingTags(count) => match tags::leading_tag_length(bytes) {
                Some(length) if count < MAX_TAGS => {
                    self.start += f64::from(length);
                    Step::LeadingTags(count.saturating_add(1))
                }
                _ => Step::FirstFrames,
            },
            Step::FirstFrames => match mp3::check_frames(bytes) {
                Ok(()) => Step::TrailingTags,
                Err(found) => {
                    report
                        .push(report.issue(IssueCode::GreetingNotMp3, &["/file"]).with_param("found", found));
                    Step::Finished
                }
            },
            Step::TrailingTags => {
                self.end = (self.end - f64::from(tags::trailing_tags_length(bytes))).max(self.start);
                Step::LastFrames
            }
            Step::LastFrames => {
                if mp3::is_truncated(bytes) {
                    report.add(IssueCode::GreetingTruncated, &["/file"]);
                }
                Step::Finished
            }
            Step::Finished => Step::Finished,
        };
    }
}

/// Returns the report of a file of this size before any byte is read. It has an issue if the file is empty.
pub fn new_report(size: f64, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    if size <= 0.0 {
        report.add(IssueCode::GreetingEmpty, &["/file"]);
    }
    report
}
