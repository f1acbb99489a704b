//! Recognizes MP3 files by three Layer III frames in a row.
//!
//! One sync word is not enough: AAC starts with a similar one, and random bytes contain one every few kilobytes.

/// How many bytes are searched for frames at once: enough for some junk and three of the longest frames.
pub const WINDOW: usize = 16 * 1024;

/// How many consistent frames in a row make a file an MP3 file.
const MIN_FRAMES: usize = 3;

/// No frame is shorter: 8 kbit/s at 24 000 Hz.
const MIN_LENGTH: usize = 24;

/// The longest frame of LAME's free format: 640 kbit/s at 8 000 Hz.
const MAX_FREE_LENGTH: usize = 5760;

const MPEG1_KILOBITS: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_KILOBITS: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_HERTZ: [usize; 3] = [44_100, 48_000, 32_000];

/// Returns where the first of at least three frames starts.
pub fn find_frames(bytes: &[u8]) -> Option<usize> {
    (0..bytes.len()).find(|start| bytes.get(*start..).is_some_and(|rest| Stream::read(rest).is_some()))
}

/// Returns whether the last frame is longer than the bytes that are left. `tail` is the end of the frames, at most
/// [`WINDOW`] bytes.
pub fn is_truncated(tail: &[u8]) -> bool {
    let mut rest = tail;
    while !rest.is_empty() {
        let Some(stream) = Stream::read(rest) else {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        while let Some(length) = Frame::read(rest).and_then(|frame| stream.length_of(&frame)) {
            match rest.get(length..) {
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

/// Returns how many bytes the encoder wrote, from the start of this first frame to the end of the last one; 0 if it does
/// not say so. LAME and FFmpeg write it into the tag `Xing` or `Info` of an empty first frame, Fraunhofer's into `VBRI`.
pub fn stated_length(first_frame: &[u8]) -> u32 {
    let number_at = |at: usize| {
        let bytes = first_frame.get(at..).and_then(<[u8]>::first_chunk::<4>);
        bytes.map_or(0, |bytes| u32::from_be_bytes(*bytes))
    };
    // After the header and the side information, whose length depends on the version and the channels.
    for at in 13..=38_usize {
        match first_frame.get(at..).and_then(<[u8]>::first_chunk::<4>) {
            Some(b"Xing" | b"Info") => {
                let flags = number_at(at.saturating_add(4));
                let before = if flags & 1 == 0 { 8 } else { 12 };
                return if flags & 2 == 0 { 0 } else { number_at(at.saturating_add(before)) };
            }
            Some(b"VBRI") => return number_at(at.saturating_add(10)),
            _ => {}
        }
    }
    0
}

/// What the frames of a file have in common.
struct Stream {
    kind: Kind,
    /// The length of a frame without padding, if the file is in free format: its frames do not say it.
    free_length: Option<usize>,
}

impl Stream {
    /// Reads at least three frames.
    fn read(bytes: &[u8]) -> Option<Stream> {
        let first = Frame::read(bytes)?;
        let is_repeated_at =
            |at: usize| bytes.get(at..).and_then(Frame::read).is_some_and(|frame| frame.kind == first.kind);
        // A header that comes again so soon is a pattern, such as the pixels of a picture.
        if (1..MIN_LENGTH).any(is_repeated_at) {
            return None;
        }
        let free_length = match first.length {
            Some(_) => None,
            None => Some(
                (MIN_LENGTH..=MAX_FREE_LENGTH).find(|at| is_repeated_at(*at))?.checked_sub(first.padding)?,
            ),
        };
        let stream = Stream { kind: first.kind, free_length };
        let mut rest = bytes;
        for _ in 0..MIN_FRAMES {
            let length = stream.length_of(&Frame::read(rest)?)?;
            // The last frame may be longer than the window.
            rest = rest.get(length..).unwrap_or_default();
        }
        Some(stream)
    }

    /// The length of a frame with its padding; `None` if it is not of this stream.
    fn length_of(&self, frame: &Frame) -> Option<usize> {
        let length = frame.length.or(self.free_length)?;
        Some(length.saturating_add(frame.padding)).filter(|_| frame.kind == self.kind)
    }
}

/// What is the same in all frames of a file: version, sampling rate, and whether it is in free format.
type Kind = (u8, u8, bool);

struct Frame {
    kind: Kind,
    /// Without padding; `None` in free format.
    length: Option<usize>,
    padding: usize,
}

impl Frame {
    // Compiled once: inlined everywhere it takes 1 KB more.
    #[inline(never)]
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
        let hertz = *MPEG1_HERTZ.get(usize::from(rate))? >> halvings;
        let length = match usize::from(third >> 4).checked_sub(1) {
            None => None,
            Some(index) => Some(samples_length(samples, *kilobits.get(index)?, hertz)?),
        };
        let padding = usize::from((third >> 1) & 1);
        Some(Frame { kind: (version, rate, length.is_none()), length, padding })
    }
}

fn samples_length(samples: usize, kilobits: usize, hertz: usize) -> Option<usize> {
    samples.checked_mul(kilobits)?.checked_div(hertz)
}
