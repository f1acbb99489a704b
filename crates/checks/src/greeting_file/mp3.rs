//! Recognizes MP3 files by three Layer III frames in a row, after any ID3v2 tags.
//!
//! One sync word is not enough: AAC starts with a similar one, and random bytes contain one every few kilobytes.

/// How many bytes after the tags are searched for frames: enough for some junk and three of the longest frames.
pub const WINDOW: usize = 16 * 1024;

/// The length of an ID3v2 tag's header, in bytes.
pub const TAG_HEADER: usize = 10;

/// The length of an ID3v1 tag (128) and the APEv2 footer before it (32), in bytes.
pub const TRAILING_TAGS: usize = ID3V1 + APE_FOOTER;

const ID3V1: usize = 128;
const APE_FOOTER: usize = 32;

/// How many consistent frames in a row make a file an MP3 file.
const MIN_FRAMES: usize = 3;

const MPEG1_KILOBITS: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_KILOBITS: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_HERTZ: [usize; 3] = [44_100, 48_000, 32_000];

/// Returns the length of the ID3v2 tag at the start of `head`, in bytes, with its header and footer; `None` if there is no tag.
pub fn leading_tag_length(head: &[u8]) -> Option<u32> {
    let &[b'I', b'D', b'3', _, _, flags, a, b, c, d] = head.first_chunk::<TAG_HEADER>()? else {
        return None;
    };
    // Four times seven bits.
    let size = [a, b, c, d].iter().fold(0_u32, |size, byte| (size << 7).wrapping_add((byte & 0x7F).into()));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    Some(size.saturating_add(10).saturating_add(footer))
}

/// Returns how many of the last bytes of a file belong to tags. `end` is the end of the file.
pub fn trailing_tags_length(end: &[u8]) -> u32 {
    let mut length = 0_u32;
    let mut rest = end;
    if let Some((before, tag)) = rest.split_last_chunk::<ID3V1>()
        && tag.starts_with(b"TAG")
    {
        rest = before;
        length = ID3V1 as u32;
    }
    let Some((_, footer)) = rest.split_last_chunk::<APE_FOOTER>() else { return length };
    if let &[
        b'A',
        b'P',
        b'E',
        b'T',
        b'A',
        b'G',
        b'E',
        b'X',
        _,
        _,
        _,
        _,
        a,
        b,
        c,
        d,
        _,
        _,
        _,
        _,
        _,
        _,
        _,
        flags,
        ..,
    ] = footer
    {
        // The size includes the footer, but not the optional header.
        let header = if flags & 0x80 == 0 { 0 } else { APE_FOOTER as u32 };
        length = length.saturating_add(u32::from_le_bytes([a, b, c, d])).saturating_add(header);
    }
    length
}

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

/// Returns the first four bytes in hexadecimal digits, which need no translation: `3C 21 64 6F`.
fn first_bytes_hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes.iter().take(4) {
        if !text.is_empty() {
            text.push(' ');
        }
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(half.into(), 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
    text
}

/// Returns the name of a format that is often mistaken for MP3 or that can contain MP3 frames; `None` for other bytes.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let is = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    let known: [(usize, &[u8], &str); 8] = [
        (0, b"RIFF", "WAV"),
        (0, b"OggS", "Ogg"),
        (0, b"fLaC", "FLAC"),
        (4, b"ftyp", "MP4"),
        (0, b"\x1A\x45\xDF\xA3", "WebM"),
        (0, b"#!AMR", "AMR"),
        (0, b"FORM", "AIFF"),
        (0, b"%PDF", "PDF"),
    ];
    let found = known.into_iter().find(|(at, magic, _)| is(*at, magic)).map(|(_, _, name)| name);
    // ADTS: the sync word with the layer bits 00.
    let adts = matches!(bytes, [0xFF, second, ..] if second & 0xF6 == 0xF0);
    found.or(if adts { Some("AAC") } else { None })
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
