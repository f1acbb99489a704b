//! Rules about a recording. Only its tags, its first and its last frames are read: a file may be long, and reading it takes time.

mod formats;
pub mod mp3;
mod tags;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod mp3_tests;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod probe_tests;

use omicall_issues::{IssueCode, Report};

use crate::tenant::Tenant;

/// The maximum number of tags in a row before the frames.
const MAX_TAGS: u32 = 8;

/// How many bytes of padding, or after a tag whose length is wrong, are searched for the first frame. Pictures in tags may
/// have megabytes.
const MAX_SEARCH: f64 = 4.0 * 1024.0 * 1024.0;

/// How many times the same byte counts as padding. The rest of a window holds three of the longest frames.
const MIN_PADDING: usize = 4 * 1024;

/// By how much two windows overlap, so that three of the longest frames are in one of them.
const OVERLAP: usize = 12 * 1024;

/// How much may be missing of the length that the encoder states: some count the ID3v1 tag too.
const STATED_TOLERANCE: f64 = tags::ID3V1 as f64;

/// Checks a file piece by piece: [`next_range`](Mp3Probe::next_range) says which bytes to read, [`feed`](Mp3Probe::feed)
/// takes them, until there is no next range.
#[derive(Debug)]
pub struct Mp3Probe {
    /// The size of the file, in bytes.
    size: f64,
    /// Where the first frame is searched for, and then where it is.
    start: f64,
    /// The offset after the last frame; updated as tags are found.
    end: f64,
    /// The offset after the last frame, as the encoder states it.
    stated_end: f64,
    /// How many bytes have been searched in vain.
    searched: f64,
    /// The name of the last tag before the frames.
    tag: Option<&'static str>,
    /// Whether that tag is longer than the file.
    tag_is_cut: bool,
    /// What the file is, if it is not MP3: the name of a format, or its first bytes after the tags.
    found: String,
    step: Step,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// The tags before the frames; holds how many there were so far.
    LeadingTags(u32),
    /// Holds how many tags there were.
    FirstFrames(u32),
    TrailingTags,
    LastFrames,
    Finished,
}

impl Mp3Probe {
    /// Starts to check a file of this size, in bytes.
    pub fn new(size: f64) -> Self {
        Mp3Probe {
            size,
            start: 0.0,
            end: size,
            stated_end: 0.0,
            searched: 0.0,
            tag: None,
            tag_is_cut: false,
            found: String::new(),
            step: if size > 0.0 { Step::LeadingTags(0) } else { Step::Finished },
        }
    }

    /// Returns the start and the end of the next bytes to read; `None` if the check is finished.
    pub fn next_range(&self) -> Option<(f64, f64)> {
        let after = |length: usize| Some((self.start, (self.start + length as f64).min(self.size)));
        let before = |length: usize| Some(((self.end - length as f64).max(self.start), self.end));
        match self.step {
            Step::LeadingTags(_) => after(tags::LEADING_TAG),
            Step::FirstFrames(_) if self.searched > 0.0 => after(4 * mp3::WINDOW),
            Step::FirstFrames(_) => after(mp3::WINDOW),
            Step::TrailingTags => before(tags::TRAILING_TAGS),
            Step::LastFrames => before(mp3::WINDOW),
            Step::Finished => None,
        }
    }

    /// Checks the bytes of [`next_range`](Mp3Probe::next_range) and adds issues to the report.
    pub fn feed(&mut self, bytes: &[u8], report: &mut Report) {
        self.step = match self.step {
            Step::LeadingTags(count) => self.skip_tag(bytes, count),
            Step::FirstFrames(count) => self.find_frames(bytes, count, report),
            Step::TrailingTags => {
                let length = f64::from(tags::trailing_tags_length(bytes));
                self.end = (self.end - length).max(self.start);
                Step::LastFrames
            }
            Step::LastFrames => {
                if mp3::is_truncated(bytes) || self.stated_end > self.end + STATED_TOLERANCE {
                    report.add(IssueCode::GreetingTruncated, &["/file"]);
                }
                Step::Finished
            }
            Step::Finished => Step::Finished,
        };
    }

    fn skip_tag(&mut self, bytes: &[u8], count: u32) -> Step {
        let Some(tag) = tags::leading_tag(bytes).filter(|_| count < MAX_TAGS) else {
            return Step::FirstFrames(count);
        };
        self.tag = Some(tag.name);
        let end = self.start + f64::from(tag.length);
        self.tag_is_cut = end > self.size;
        if self.tag_is_cut {
            self.start = (self.start + tags::LEADING_TAG as f64).min(self.size);
            return Step::FirstFrames(count);
        }
        self.start = end;
        Step::LeadingTags(count.saturating_add(1))
    }

    fn find_frames(&mut self, bytes: &[u8], count: u32, report: &mut Report) -> Step {
        let padding = bytes.iter().take_while(|byte| Some(*byte) == bytes.first()).count();
        if padding >= MIN_PADDING {
            return self.search_after(padding, bytes, Step::LeadingTags(count), report);
        }
        // Within a tag there may be any bytes.
        let is_in_tag = self.tag_is_cut || (self.tag.is_some() && self.searched > 0.0);
        let content = bytes.get(padding..).filter(|_| padding >= 4).unwrap_or(bytes);
        if let Some(name) = formats::other_format(content).filter(|_| !is_in_tag) {
            self.found = name.into();
            return self.reject(report);
        }
        if let Some(at) = mp3::find_frames(bytes) {
            self.start += at as f64;
            let length = mp3::stated_length(bytes.get(at..).unwrap_or_default());
            self.stated_end = self.start + f64::from(length);
            return Step::TrailingTags;
        }
        let is_end = self.start + bytes.len() as f64 >= self.size;
        let length = if self.tag.is_some() && !is_end { bytes.len().saturating_sub(OVERLAP) } else { 0 };
        self.search_after(length, bytes, Step::FirstFrames(count), report)
    }

    /// Goes on after `length` of these bytes, unless enough has been searched.
    fn search_after(&mut self, length: usize, bytes: &[u8], next: Step, report: &mut Report) -> Step {
        if self.found.is_empty() {
            let tag = self.tag.filter(|_| self.tag_is_cut || bytes.is_empty());
            self.found = tag.map_or_else(|| formats::first_bytes_hex(bytes), Into::into);
        }
        if length == 0 || self.searched > MAX_SEARCH {
            return self.reject(report);
        }
        self.start += length as f64;
        self.searched += length as f64;
        next
    }

    fn reject(&mut self, report: &mut Report) -> Step {
        let found = std::mem::take(&mut self.found);
        report.add_with(IssueCode::GreetingNotMp3, &["/file"], None, "found", found.into());
        if self.tag_is_cut {
            report.add(IssueCode::GreetingTruncated, &["/file"]);
        }
        Step::Finished
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
