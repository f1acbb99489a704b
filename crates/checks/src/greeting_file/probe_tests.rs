//! Whole files: what is accepted, what is said of the others, and how much is read.

use omicall_issues::Report;
use proptest::prelude::*;

use super::{MAX_SEARCH, Mp3Probe, mp3::WINDOW, new_report};
use crate::tenant::Tenant;

/// Frames of 128 kbit/s at 44 100 Hz.
fn frames(count: usize) -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x90, 0x00]);
    frame.repeat(count)
}

/// Bytes like those of a compressed picture.
fn picture(length: usize) -> Vec<u8> {
    random_bytes(1, length)
}

fn random_bytes(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn id3(size: [u8; 4], content: &[u8]) -> Vec<u8> {
    [b"ID3\x03\x00\x00", &size[..], content].concat()
}

/// Checks a file of which `read` returns a piece, and returns the report and how many bytes were read.
fn probe(size: usize, read: &dyn Fn(usize, usize) -> Vec<u8>) -> (Report, usize) {
    let mut report = new_report(size as f64, &Tenant::default());
    let mut probe = Mp3Probe::new(size as f64);
    let mut count = 0_usize;
    while let Some((start, end)) = probe.next_range() {
        assert!(0.0 <= start && start <= end && end <= size as f64, "{start}..{end} of {size}");
        count = count.saturating_add((end - start) as usize);
        probe.feed(&read(start as usize, end as usize), &mut report);
    }
    (report, count)
}

/// The issues of a file: codes, and what was found.
fn issues(parts: &[&[u8]]) -> Vec<String> {
    let bytes = parts.concat();
    let (report, _) = probe(bytes.len(), &|start, end| bytes[start..end].to_vec());
    report.issues.iter().map(|issue| [issue.code.as_str(), " ", &issue.message].concat()).collect()
}

const TRUNCATED: &str = "greeting-truncated The recording is cut off at the end";

fn not_mp3(found: &str) -> String {
    ["greeting-not-mp3 Not an MP3 file: ", found].concat()
}

#[test]
fn padding_before_the_frames_is_skipped() {
    for length in [1, 4095, 4096, WINDOW - 100, WINDOW, WINDOW + 1, 40_000, 65_536, 300_000, 4_000_000] {
        for byte in [0, b' ', 0xFF, 0x55] {
            let padding = vec![byte; length];
            assert_eq!(issues(&[&padding, &frames(5)]), [""; 0], "{length} times {byte}");
        }
        let padding = vec![0; length];
        assert_eq!(issues(&[&id3([0, 0, 0, 100], &[1; 100]), &padding, &frames(5)]), [""; 0]);
        assert_eq!(issues(&[&padding, &frames(5)[..2000]]), [TRUNCATED]);
    }
    // A tag after the padding.
    assert_eq!(issues(&[&[0; 20_000], &id3([0, 1, 0, 0], &picture(1 << 14)), &frames(5)]), [""; 0]);
    // Another format after it.
    for length in [100, 4095, 5000, 20_000] {
        assert_eq!(issues(&[&vec![0; length], b"RIFF\x24\0\0\0WAVE", &frames(5)]), [not_mp3("WAV")]);
    }
    // Only padding, and padding before something else.
    assert_eq!(issues(&[&[0; 70_000]]), [not_mp3("00 00 00 00")]);
    assert_eq!(issues(&[&[0; 70_000], &picture(70_000)]), [not_mp3("00 00 00 00")]);
}

#[test]
fn tags_before_the_frames_are_skipped() {
    let ape = |size: u32, items: &[u8]| {
        let end = |flags: u8| {
            let head = [&b"APETAGEX\xD0\x07\x00\x00"[..], &size.to_le_bytes(), &[1, 0, 0, 0, 0, 0, 0, flags]];
            [&head.concat()[..], &[0; 8]].concat()
        };
        [end(0xA0), items.to_vec(), end(0x80)].concat()
    };
    for length in [0, 1000, 30_000, 500_000] {
        let tag = ape(length as u32 + 32, &picture(length));
        assert_eq!(issues(&[&tag, &frames(5)]), [""; 0], "{length}");
        assert_eq!(issues(&[&tag, &id3([0, 0, 0, 5], b"12345"), &frames(5)]), [""; 0]);
        assert_eq!(issues(&[&tag]), [not_mp3("APE")]);
    }
    assert_eq!(issues(&[&ape(32, b""), b"fLaC", &frames(5)]), [not_mp3("FLAC")]);
    // Beyond the file.
    assert_eq!(issues(&[&ape(50_000, b""), &frames(5)]), [""; 0]);
}

#[test]
fn tags_whose_length_is_wrong_are_searched() {
    for length in [200_usize, 20_000, 30_000, 200_000, 3_000_000] {
        let content = picture(length);
        // A plain number, or beyond the file, or too short by half, or too long by a few frames.
        let plain = (length as u32).to_be_bytes();
        let beyond = [0x7F, 0x7F, 0x7F, 0x7F];
        let seven_bits = |size: usize| {
            [(size >> 21) as u8 & 127, (size >> 14) as u8 & 127, (size >> 7) as u8 & 127, size as u8 & 127]
        };
        for size in [plain, beyond, seven_bits(length / 2), seven_bits(length + 1000)] {
            assert_eq!(issues(&[&id3(size, &content), &frames(50)]), [""; 0], "{length} as {size:X?}");
        }
    }
    // Without frames.
    assert_eq!(issues(&[&id3((5000_u32).to_be_bytes(), &picture(5000)), b"<!doctype html>"]).len(), 1);
    assert_eq!(issues(&[&id3([0, 0, 0, 9], b"123456789"), b"<!doctype html>"]), [not_mp3("3C 21 64 6F")]);
}

#[test]
fn download_that_ends_in_its_tag_is_named_and_truncated() {
    for length in [0, 5, 22, 23, 1000, 20_000, 100_000] {
        let file = id3([0, 0x10, 0, 0], &picture(length));
        assert_eq!(issues(&[&file]), [not_mp3("ID3"), TRUNCATED.into()], "{length}");
    }
    assert_eq!(issues(&[&id3([0, 0, 0, 5], b"12345")]), [not_mp3("ID3")]);
}

#[test]
fn end_that_the_encoder_states_must_be_there() {
    let stated = |length: u32| {
        let mut first = frames(1);
        first[36..48].copy_from_slice(&[&b"Info\0\0\0\x02"[..], &length.to_be_bytes()].concat());
        first
    };
    let id3v1 = [&b"TAG"[..], &[0; 125]].concat();
    let file = |length, parts: &[&[u8]]| issues(&[&[&stated(length)[..]], parts].concat());
    assert_eq!(file(417 * 20, &[&frames(19)]), [""; 0]);
    assert_eq!(file(417 * 20, &[&frames(18)]), [TRUNCATED]);
    assert_eq!(file(417 * 20, &[&frames(2)]), [TRUNCATED]);
    assert_eq!(file(417 * 20, &[&frames(18), &id3v1]), [TRUNCATED]);
    // Frames that were added, an ID3v1 tag that is counted, and an encoder that could not go back to its first frame.
    assert_eq!(file(417 * 20, &[&frames(30)]), [""; 0]);
    assert_eq!(file(417 * 20 + 128, &[&frames(19), &id3v1]), [""; 0]);
    assert_eq!(file(417 * 20 + 129, &[&frames(19)]), [TRUNCATED]);
    assert_eq!(file(0, &[&frames(5)]), [""; 0]);
    // It counts from the first frame.
    assert_eq!(
        issues(&[&id3([0, 0, 2, 0], &[1; 256]), &[0; 50_000], &stated(417 * 20), &frames(18)]),
        [TRUNCATED]
    );
}

#[test]
fn little_is_read_of_a_file_of_any_size() {
    let huge = 100 << 20;
    let limit = 2 * MAX_SEARCH as usize;
    let (report, read) = probe(huge, &|start, end| vec![0; end - start]);
    assert!(!report.ok && read < limit, "{read} bytes of zeros were read");
    let beyond_the_file = |start: usize, end: usize| {
        let mut piece = picture(end - start);
        if start == 0 {
            piece.splice(0..10, *b"ID3\x04\0\0\x7F\x7F\x7F\x7F");
        }
        piece
    };
    let (report, read) = probe(huge, &beyond_the_file);
    assert!(!report.ok && read < limit, "{read} bytes of a tag were read");
    let (report, read) = probe(huge, &|start, end| picture(end - start));
    assert!(!report.ok && read <= 32 + WINDOW, "{read} random bytes were read");
    let recording = frames(huge / 417);
    let (report, read) = probe(recording.len(), &|start, end| recording[start..end].to_vec());
    assert!(
        report.issues.is_empty() && read <= 32 + 2 * WINDOW + 160,
        "{read} bytes of a recording were read"
    );
}

#[test]
fn thousands_of_random_files_are_rejected() {
    let starts = [
        &b""[..],
        b"ID3\x03\0\0\0\0\x01\0",
        b"APETAGEX",
        b"\xFF\xF1",
        b"\xFF\xFB\x90\0",
        b"\xFF\xFB\0\0",
        b"\0",
    ];
    for seed in 0..4000_u32 {
        let start = starts[seed as usize % starts.len()];
        let bytes = random_bytes(seed.wrapping_mul(0x9E37_79B9), 1 + seed as usize * 7919 % (2 * WINDOW));
        let issues = issues(&[start, &bytes]);
        assert!(issues.iter().any(|issue| issue.starts_with("greeting-not-mp3")), "{seed}: {issues:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn frames_of_aac_are_rejected(length in 8_usize..2000, count in 1_usize..50, second in prop::sample::select(vec![0xF0_u8, 0xF1, 0xF8, 0xF9]), byte: u8) {
        let mut frame = vec![byte; length];
        frame[..7].copy_from_slice(&[0xFF, second, 0x50, 0x80 | (length >> 11) as u8, (length >> 3) as u8, (length << 5) as u8 | 0x1F, 0xFC]);
        prop_assert!(!issues(&[&frame.repeat(count)]).is_empty());
        // After a tag, and after padding.
        prop_assert!(!issues(&[&id3([0, 0, 0, 5], b"12345"), &frame.repeat(count)]).is_empty());
        prop_assert!(!issues(&[&[0; 9000], &frame.repeat(count)]).is_empty());
    }
}
