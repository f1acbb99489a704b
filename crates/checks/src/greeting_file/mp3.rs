//! Recognizes MP3 files by three Layer III frames in a row.
//!
//! One sync word is not enough: AAC starts with a similar one, and random bytes contain one every few kilobytes.

use super::formats::{first_bytes_hex, other_format};

/// How many bytes after the tags are searched for frames: enough for some junk and three of the longest frames.
pub const WINDOW: usize = 16 * 1024;

/// How many consistent frames in a row make a file an MP3 file.
const MIN_FRAMES: usize = 3;

const MPEG1_KILOBITS: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_KILOBITS: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_HERTZ: [usize; 3] = [44_100, 48_000, 32_000];

/// Returns whether the last frame is longer than the bytes that are left. `tail` is the end of the frames, at most
/// [`WINDOW`] bytes.
pub fn is_truncated(tail: &[u8]) -> bool {
    let mut rest = tail;
    while !rest.is_empty() {
        if !starts_with_frames(rest) {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        while let Some(frame) = Frame::read(rest) {
            match rest.get(frame.length..) {
                Some(after) => rest = after,
                None => return true,
            }
        }
        // The start of a frame's header.
        if let [0xFF] | [0xFF, _] | [0xFF, _, _] = rest {
            return true;
        }
    }
    false
}

/// Checks that the bytes after the tags are MPEG audio, Layer III. If not, returns the name of their format or the first
/// bytes in hexadecimal digits.
pub fn check_frames(bytes: &[u8]) -> Result<(), String> {
    if let Some(other) = other_format(bytes) {
        return Err(other.into());
    }
    let starts = (0..bytes.len()).filter_map(|start| bytes.get(start..));
    if starts.into_iter().any(starts_with_frames) { Ok(()) } else { Err(first_bytes_hex(bytes)) }
}

fn starts_with_frames(mut rest: &[u8]) -> bool {
    let mut first = None;
    for _ in 0..MIN_FRAMES {
        let Some(frame) = Frame::read(rest) else { return false };
        if *first.get_or_insert(frame.kind) != frame.kind {
            return false;
        }
        // The last frame may be longer than the window.
        rest = rest.get(frame.length..).unwrap_or_default();
    }
    true
}

struct Frame {
    /// Version and sampling rate, which are the same in all frames of a file.
    kind: (u8, u8),
    length: usize,
}

impl Frame {
    fn read(bytes: &[u8]) -> Option<Frame> {
        let &[0xFF, second, third, fourth] = bytes.first_chunk::<4>()? else { return None };
        let version = (second >> 3) & 3;
        let layer_3 = second & 0xE6 == 0xE2;
        if !layer_3 || version == 1 || fourth & 3 == 2 {
            return None;
        }
        let rate = (third >> 2) & 3;
        let (kilobits, samples) =
            if version == 3 { (MPEG1_KILOBITS, 144_000) } else { (MPEG2_KILOBITS, 72_000) };
        let halvings = match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
        let kilobits = *kilobits.get(usize::from(third >> 4).checked_sub(1)?)?;
        let hertz = *MPEG1_HERTZ.get(usize::from(rate))? >> halvings;
        let padding = usize::from((third >> 1) & 1);
        let length = samples_length(samples, kilobits, hertz)?.saturating_add(padding);
        Some(Frame { kind: (version, rate), length })
    }
}

fn samples_length(samples: usize, kilobits: usize, hertz: usize) -> Option<usize> {
    samples.checked_mul(kilobits)?.checked_div(hertz)
}
