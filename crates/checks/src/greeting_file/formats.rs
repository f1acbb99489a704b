//! The names of formats that are often mistaken for MP3, or that can contain MP3 frames.

/// Returns the first four bytes in hexadecimal digits, which need no translation: `3C 21 64 6F`.
pub fn first_bytes_hex(bytes: &[u8]) -> String {
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
pub fn other_format(bytes: &[u8]) -> Option<&'static str> {
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
