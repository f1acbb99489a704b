//! Bytes that are MP3 frames, and bytes that are not.

use proptest::prelude::*;

use super::mp3::*;

/// Frames of 128 kbit/s at 44 100 Hz.
fn frames(count: usize) -> Vec<u8> {
    frame_of(417, [0xFF, 0xFB, 0x90, 0x00]).repeat(count)
}

fn frame_of(length: usize, header: [u8; 4]) -> Vec<u8> {
    let mut frame = vec![0; length];
    frame[..4].copy_from_slice(&header);
    frame
}

#[test]
fn three_frames_at_any_offset_are_mp3() {
    assert_eq!(find_frames(&frames(3)), Some(0));
    assert_eq!(find_frames(&[vec![0; 1000], frames(4)].concat()), Some(1000));
    assert_eq!(find_frames(&frames(2)), None);
    // Truncated in the third frame: its header is enough.
    assert_eq!(find_frames(&frames(3)[..840]), Some(0));
    // MPEG 2, 64 kbit/s at 22 050 Hz, padded: 209 bytes.
    assert_eq!(find_frames(&frame_of(209, [0xFF, 0xF3, 0x82, 0x00]).repeat(3)), Some(0));
    // MPEG 2.5, 8 kbit/s at 8 000 Hz: 72 bytes.
    assert_eq!(find_frames(&frame_of(72, [0xFF, 0xE3, 0x18, 0x00]).repeat(3)), Some(0));
    // MPEG 2, 8 kbit/s at 24 000 Hz: 24 bytes, the shortest.
    assert_eq!(find_frames(&frame_of(24, [0xFF, 0xF3, 0x14, 0x00]).repeat(3)), Some(0));
}

#[test]
fn frames_of_free_format_have_the_length_of_the_first() {
    // LAME with 440 kbit/s at 44 100 Hz: 1436 bytes, some with a byte of padding.
    let plain = frame_of(1436, [0xFF, 0xFB, 0x00, 0x00]);
    let padded = frame_of(1437, [0xFF, 0xFB, 0x02, 0x00]);
    let file = [&plain[..], &padded, &padded, &plain].concat();
    assert_eq!(find_frames(&file), Some(0));
    assert_eq!(find_frames(&[vec![0; 77], file.clone()].concat()), Some(77));
    assert_eq!(find_frames(&file[1436..]), Some(0));
    assert!(!is_truncated(&file) && is_truncated(&file[..file.len() - 1]));
    // 640 kbit/s at 8 000 Hz, the longest.
    let longest = frame_of(5760, [0xFF, 0xE3, 0x08, 0x00]);
    assert_eq!(find_frames(&longest.repeat(3)), Some(0));
    // Two frames, or three of different lengths.
    assert_eq!(find_frames(&plain.repeat(2)), None);
    assert_eq!(find_frames(&[&plain[..], &plain[..1400], &plain].concat()), None);
    // Free format and a bit rate.
    assert_eq!(find_frames(&[&plain[..], &frames(1), &plain].concat()), None);
}

#[test]
fn patterns_are_not_frames() {
    // Pixels of a picture, of 3 and 4 bytes; the length of a frame is a multiple of theirs.
    for pixel in
        [&[0xFF, 0xFB, 0xE0][..], &[0xFF, 0xFB, 0xE0, 0x00], &[0xFF, 0xFB, 0x04, 0x00], &[0xFF, 0xFB, 0x02]]
    {
        assert_eq!(find_frames(&pixel.repeat(4000)), None, "{pixel:X?}");
    }
    for byte in 0..=255 {
        assert_eq!(find_frames(&[byte; 3000]), None);
    }
}

#[test]
fn stated_length_is_read_from_the_first_frame() {
    let frame = |at: usize, tag: &[u8]| {
        let mut frame = frames(1);
        frame[at..at + tag.len()].copy_from_slice(tag);
        stated_length(&frame)
    };
    assert_eq!(frame(36, b"Xing\0\0\0\x0F\0\0\0\x09\0\x01\0\x02"), 0x1_0002);
    assert_eq!(frame(21, b"Info\0\0\0\x02\0\0\x01\x09"), 0x109);
    assert_eq!(frame(13, b"Info\0\0\0\x03\0\0\0\x09\0\0\x01\x00"), 0x100);
    assert_eq!(frame(36, b"VBRI\0\x01\x07\x60\0\x4B\0\0\x03\x00"), 0x300);
    // Only the number of frames.
    assert_eq!(frame(36, b"Xing\0\0\0\x01\0\0\0\x09\0\x01\0\x02"), 0);
    assert_eq!(frame(36, b"Xinh\0\0\0\x0F\0\0\0\x09\0\x01\0\x02"), 0);
    assert_eq!((stated_length(&frames(1)[..30]), stated_length(&[])), (0, 0));
}

#[test]
fn inconsistent_frames_are_not_mp3() {
    let mut other_rate = frames(3);
    other_rate[417 * 2 + 2] = 0x94;
    assert!(find_frames(&other_rate).is_none());
    let mut layer_2 = frames(3);
    for start in [0, 417, 834] {
        layer_2[start + 1] = 0xFD;
    }
    assert!(find_frames(&layer_2).is_none());
    // Reserved values of version and emphasis; the lengths are those of version 2.5 and no emphasis.
    for (length, reserved) in [(522, [0xFF, 0xEB, 0x90, 0x00]), (417, [0xFF, 0xFB, 0x90, 0x02])] {
        let mut frame = vec![0; length];
        frame[..4].copy_from_slice(&reserved);
        assert!(find_frames(&frame.repeat(5)).is_none(), "{reserved:X?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn random_bytes_are_not_mp3(bytes in prop::collection::vec(any::<u8>(), 0..WINDOW)) {
        prop_assert_eq!(find_frames(&bytes), None);
    }
}
