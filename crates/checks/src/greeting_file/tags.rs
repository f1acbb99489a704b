//! The tags before and after the frames: ID3v2, ID3v1 and APEv2.

/// The length of an ID3v2 tag's header, in bytes.
pub const TAG_HEADER: usize = 10;

/// The length of an ID3v1 tag (128) and the APEv2 footer before it (32), in bytes.
pub const TRAILING_TAGS: usize = ID3V1 + APE_FOOTER;

const ID3V1: usize = 128;
const APE_FOOTER: usize = 32;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_tag_length_includes_header_and_footer() {
        assert_eq!(leading_tag_length(b"ID3\x04\x00\x00\x00\x00\x02\x01"), Some(257 + 10));
        assert_eq!(leading_tag_length(b"ID3\x04\x00\x10\x00\x00\x00\x00"), Some(20));
        assert_eq!(leading_tag_length(b"ID3\x03\x00\x00\xFF\xFF\xFF\xFF"), Some(0x0FFF_FFFF + 10));
        assert_eq!(leading_tag_length(b"ID3\x03\x00\x00\x7F"), None);
        assert_eq!(leading_tag_length(b"TAG\x03\x00\x00\x00\x00\x00\x00"), None);
    }
}
