//! The names of formats that are often mistaken for MP3, or that can contain MP3 frames.

/// Bytes at an offset, and the name of the format that has them there.
const FORMATS: [(usize, &[u8], &str); 15] = [
    (8, b"AVI ", "AVI"),
    (8, b"WAVE", "WAV"),
    (0, b"RIFF", "RIFF"),
    (0, b"OggS", "Ogg"),
    (0, b"fLaC", "FLAC"),
    (4, b"ftyp", "MP4"),
    (0, b"\x1A\x45\xDF\xA3", "WebM"),
    (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "WMA"),
    (0, b"#!AMR", "AMR"),
    (0, b"FORM", "AIFF"),
    (0, b"FLV", "FLV"),
    (0, b"\x00\x00\x01\xBA", "MPEG"),
    (0, b"PK\x03\x04", "ZIP"),
    (257, b"ustar", "TAR"),
    (0, b"%PDF", "PDF"),
];

/// Returns the name of such a format; `None` for other bytes.
pub fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let is = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    let found = FORMATS.iter().find(|(at, magic, _)| is(*at, magic)).map(|(_, _, name)| *name);
    // ADTS: the sync word with the layer bits 00.
    let adts = matches!(bytes, [0xFF, second, ..] if second & 0xF6 == 0xF0);
    found.or(if adts { Some("AAC") } else { None })
}

/// Returns the first four bytes in hexadecimal digits, which need no translation: `3C 21 64 6F`.
pub fn first_bytes_hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes.iter().take(4) {
        if !text.is_empty() {
            text.push(' ');
        }
        for half in [byte >> 4, byte & 15] {
            text.extend(b"0123456789ABCDEF".get(usize::from(half)).copied().map(char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_named() {
        for (bytes, name) in [
            (&b"RIFF\x24\x08\x00\x00WAVEfmt "[..], "WAV"),
            (b"RIFF\x24\x08\x00\x00AVI LIST", "AVI"),
            (b"RIFF\x24\x08\x00\x00WEBPVP8 ", "RIFF"),
            (b"OggS\x00\x02", "Ogg"),
            (b"fLaC\x00", "FLAC"),
            (b"\x00\x00\x00\x20ftypM4A ", "MP4"),
            (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9", "WMA"),
            (b"\xFF\xF1\x50\x80\x02\x1F\xFC", "AAC"),
            (b"\xFF\xF9\x50\x80", "AAC"),
        ] {
            assert_eq!(other_format(bytes), Some(name));
        }
        for bytes in [&b"<!doctype html>"[..], b"\xFF\xFB\x90\x00", b"AVI WAVE", b"PK", b"", b"ftypM4A "] {
            assert_eq!(other_format(bytes), None, "{bytes:?}");
        }
        assert_eq!(first_bytes_hex(b"<!doctype html>"), "3C 21 64 6F");
        assert_eq!(first_bytes_hex(b"\x00\xAF"), "00 AF");
    }
}
