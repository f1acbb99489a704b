//! Whether bytes are an MP3 file: three Layer III frames in a row, after the tags that may stand before them.
//!
//! A sync word alone proves nothing: AAC begins like it, and random bytes hold one every few kilobytes.

/// How many bytes after the tags are looked at: room for some junk and three of the longest frames.
pub const WINDOW: usize = 16 * 1024;

/// How many bytes the header of an ID3v2 tag has.
pub const TAG_HEADER: usize = 10;

/// How many bytes hold the ID3v1 tag (128) and the footer of the APEv2 tag before it (32).
pub const TAGS_AFTER: usize = ID3V1 + APE_FOOTER;

const ID3V1: usize = 128;
const APE_FOOTER: usize = 32;

/// How many consistent frames in a row make an MP3.
const FRAMES: usize = 3;

const KILOBITS_1: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KILOBITS_2: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const HERTZ_1: [usize; 3] = [44_100, 48_000, 32_000];

/// The length of an ID3v2 tag with its header and footer; nothing where `head` does not begin with one.
pub fn tag_length(head: &[u8]) -> Option<u32> {
    let &[b'I', b'D', b'3', _, _, flags, a, b, c, d] = head.first_chunk::<TAG_HEADER>()? else {
        return None;
    };
    // Four times seven bits.
    let size = [a, b, c, d].iter().fold(0_u32, |size, byte| (size << 7).wrapping_add((byte & 0x7F).into()));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    Some(size.saturating_add(10).saturating_add(footer))
}

/// How many of the last bytes of a file, of which `end` is the end, belong to tags.
pub fn tags_after(end: &[u8]) -> u32 {
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
        // The size counts the footer, but not the header that there may be.
        let header = if flags & 0x80 == 0 { 0 } else { APE_FOOTER as u32 };
        length = length.saturating_add(u32::from_le_bytes([a, b, c, d])).saturating_add(header);
    }
    length
}

/// Whether the last frame goes beyond the end. `tail` is the end of the frames: [`WINDOW`] bytes, or all there are.
pub fn is_cut_off(tail: &[u8]) -> bool {
    let mut rest = tail;
    while !rest.is_empty() {
        if !begins_with_frames(rest) {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        while let Some(frame) = Frame::read(rest) {
            match rest.get(frame.length..) {
                Some(after) => rest = after,
                None => return true,
            }
        }
        // Less than the header of a frame.
        if let [0xFF] | [0xFF, _] | [0xFF, _, _] = rest {
            return true;
        }
    }
    false
}

/// Whether the bytes after the tags are MPEG audio of Layer III; otherwise what they look like.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    if let Some(other) = other_format(bytes) {
        return Err(other.into());
    }
    let starts = (0..bytes.len()).filter_map(|start| bytes.get(start..));
    if starts.into_iter().any(begins_with_frames) { Ok(()) } else { Err(first_bytes(bytes)) }
}

/// In hexadecimal digits, which are the same in every language: `3C 21 64 6F`.
fn first_bytes(bytes: &[u8]) -> String {
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

/// Formats that are often taken for MP3, or that may hold MP3 frames without being such a file.
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

fn begins_with_frames(mut rest: &[u8]) -> bool {
    let mut first = None;
    for _ in 0..FRAMES {
        let Some(frame) = Frame::read(rest) else { return false };
        if *first.get_or_insert(frame.kind) != frame.kind {
            return false;
        }
        // The last frame may go beyond the window.
        rest = rest.get(frame.length..).unwrap_or_default();
    }
    true
}

struct Frame {
    /// Version and sampling rate, which do not change within a file.
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
        let (kilobits, samples) = if version == 3 { (KILOBITS_1, 144_000) } else { (KILOBITS_2, 72_000) };
        let halvings = match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
        let kilobits = *kilobits.get(usize::from(third >> 4).checked_sub(1)?)?;
        let hertz = *HERTZ_1.get(usize::from(rate))? >> halvings;
        let padding = usize::from((third >> 1) & 1);
        let length = samples_length(samples, kilobits, hertz)?.saturating_add(padding);
        Some(Frame { kind: (version, rate), length })
    }
}

fn samples_length(samples: usize, kilobits: usize, hertz: usize) -> Option<usize> {
    samples.checked_mul(kilobits)?.checked_div(hertz)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Frames of 128 kbit/s at 44 100 Hz.
    fn frames(count: usize) -> Vec<u8> {
        let mut frame = vec![0; 417];
        frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x90, 0x00]);
        frame.repeat(count)
    }

    #[test]
    fn three_frames_make_an_mp3_wherever_they_begin() {
        assert_eq!(check(&frames(3)), Ok(()));
        assert_eq!(check(&[vec![0; 1000], frames(4)].concat()), Ok(()));
        assert_eq!(check(&frames(2)), Err("FF FB 90 00".into()));
        // Cut off in the third: its header is enough.
        assert_eq!(check(&frames(3)[..840]), Ok(()));
        // MPEG 2, 64 kbit/s at 22 050 Hz, padded: 209 bytes.
        let mut low = vec![0; 209];
        low[..4].copy_from_slice(&[0xFF, 0xF3, 0x82, 0x00]);
        assert_eq!(check(&low.repeat(3)), Ok(()));
        // MPEG 2.5, 8 kbit/s at 8 000 Hz: 72 bytes.
        let mut lowest = [0; 72];
        lowest[..4].copy_from_slice(&[0xFF, 0xE3, 0x18, 0x00]);
        assert_eq!(check(&lowest.repeat(3)), Ok(()));
    }

    #[test]
    fn frames_that_do_not_agree_make_none() {
        let mut other_rate = frames(3);
        other_rate[417 * 2 + 2] = 0x94;
        assert!(check(&other_rate).is_err());
        let mut layer_2 = frames(3);
        for start in [0, 417, 834] {
            layer_2[start + 1] = 0xFD;
        }
        assert!(check(&layer_2).is_err());
        // No version and no emphasis has these bits; as long as they would be of version 2.5 and without emphasis.
        for (length, reserved) in [(522, [0xFF, 0xEB, 0x90, 0x00]), (417, [0xFF, 0xFB, 0x90, 0x02])] {
            let mut frame = vec![0; length];
            frame[..4].copy_from_slice(&reserved);
            assert!(check(&frame.repeat(5)).is_err(), "{reserved:X?}");
        }
    }

    #[test]
    fn other_formats_are_named() {
        for (bytes, name) in [
            (&b"RIFF\x24\x08\x00\x00WAVEfmt "[..], "WAV"),
            (b"OggS\x00\x02", "Ogg"),
            (b"fLaC\x00", "FLAC"),
            (b"\x00\x00\x00\x20ftypM4A ", "MP4"),
            (b"\xFF\xF1\x50\x80\x02\x1F\xFC", "AAC"),
            (b"\xFF\xF9\x50\x80", "AAC"),
            (b"<!doctype html>", "3C 21 64 6F"),
            (b"\x00\xAF", "00 AF"),
        ] {
            assert_eq!(check(bytes), Err(name.into()));
        }
        // Frames within another format do not make it an MP3 file.
        assert_eq!(check(&[b"RIFF\x24\x08\x00\x00WAVE".to_vec(), frames(5)].concat()), Err("WAV".into()));
    }

    #[test]
    fn tags_are_measured() {
        assert_eq!(tag_length(b"ID3\x04\x00\x00\x00\x00\x02\x01"), Some(257 + 10));
        assert_eq!(tag_length(b"ID3\x04\x00\x10\x00\x00\x00\x00"), Some(20));
        assert_eq!(tag_length(b"ID3\x03\x00\x00\xFF\xFF\xFF\xFF"), Some(0x0FFF_FFFF + 10));
        assert_eq!(tag_length(b"ID3\x03\x00\x00\x7F"), None);
        assert_eq!(tag_length(b"TAG\x03\x00\x00\x00\x00\x00\x00"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn random_bytes_are_none(bytes in prop::collection::vec(any::<u8>(), 0..WINDOW)) {
            prop_assert!(check(&bytes).is_err());
        }
    }
}
