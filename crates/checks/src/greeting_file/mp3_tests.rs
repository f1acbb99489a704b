//! Bytes that are an MP3 file, and bytes that are not.

use proptest::prelude::*;

use super::mp3::*;

/// Frames of 128 kbit/s at 44 100 Hz.
fn frames(count: usize) -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x90, 0x00]);
    frame.repeat(count)
}

#[test]
fn three_frames_at_any_offset_are_mp3() {
    assert_eq!(check_frames(&frames(3)), Ok(()));
    assert_eq!(check_frames(&[vec![0; 1000], frames(4)].concat()), Ok(()));
    assert_eq!(check_frames(&frames(2)), Err("FF FB 90 00".into()));
    // Truncated in the third frame: its header is enough.
    assert_eq!(check_frames(&frames(3)[..840]), Ok(()));
    // MPEG 2, 64 kbit/s at 22 050 Hz, padded: 209 bytes.
    let mut low = vec![0; 209];
    low[..4].copy_from_slice(&[0xFF, 0xF3, 0x82, 0x00]);
    assert_eq!(check_frames(&low.repeat(3)), Ok(()));
    // MPEG 2.5, 8 kbit/s at 8 000 Hz: 72 bytes.
    let mut lowest = [0; 72];
    lowest[..4].copy_from_slice(&[0xFF, 0xE3, 0x18, 0x00]);
    assert_eq!(check_frames(&lowest.repeat(3)), Ok(()));
}

#[test]
fn inconsistent_frames_are_not_mp3() {
    let mut other_rate = frames(3);
    other_rate[417 * 2 + 2] = 0x94;
    assert!(check_frames(&other_rate).is_err());
    let mut layer_2 = frames(3);
    for start in [0, 417, 834] {
        layer_2[start + 1] = 0xFD;
    }
    assert!(check_frames(&layer_2).is_err());
    // Reserved values of version and emphasis; the lengths are those of version 2.5 and no emphasis.
    for (length, reserved) in [(522, [0xFF, 0xEB, 0x90, 0x00]), (417, [0xFF, 0xFB, 0x90, 0x02])] {
        let mut frame = vec![0; length];
        frame[..4].copy_from_slice(&reserved);
        assert!(check_frames(&frame.repeat(5)).is_err(), "{reserved:X?}");
    }
}

#[test]
fn other_formats_are_named_in_the_error() {
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
        assert_eq!(check_frames(bytes), Err(name.into()));
    }
    // Frames within another format do not make it an MP3 file.
    assert_eq!(check_frames(&[b"RIFF\x24\x08\x00\x00WAVE".to_vec(), frames(5)].concat()), Err("WAV".into()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn random_bytes_are_not_mp3(bytes in prop::collection::vec(any::<u8>(), 0..WINDOW)) {
        prop_assert!(check_frames(&bytes).is_err());
    }
}
