//! The tags before and after the frames: ID3v2, ID3v1 and APEv2.

/// The length of the longest header of a tag before the frames, in bytes.
pub const LEADING_TAG: usize = APE;

/// The length of an ID3v1 tag and the APEv2 footer before it, in bytes.
pub const TRAILING_TAGS: usize = ID3V1 + APE;

/// The length of an ID3v1 tag, in bytes.
pub const ID3V1: usize = 128;

/// The length of the header and of the footer of an APEv2 tag.
const APE: usize = 32;

/// A tag at the start of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct LeadingTag {
    /// Its name, for a message.
    pub name: &'static str,
    /// The length that it says it has, in bytes, with its header and footer.
    pub length: u32,
}

/// Reads the tag at the start of `head`.
pub fn leading_tag(head: &[u8]) -> Option<LeadingTag> {
    if let Some(tag) = head.first_chunk().and_then(ApeTag::read) {
        return Some(LeadingTag { name: "APE", length: tag.size.saturating_add(APE as u32) });
    }
    let &[b'I', b'D', b'3', _, _, flags, a, b, c, d] = head.first_chunk::<10>()? else { return None };
    // Four times seven bits.
    let size = [a, b, c, d].iter().fold(0_u32, |size, byte| (size << 7).wrapping_add((byte & 0x7F).into()));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    Some(LeadingTag { name: "ID3", length: size.saturating_add(10).saturating_add(footer) })
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
    if let Some(tag) = rest.last_chunk().and_then(ApeTag::read) {
        let header = if tag.has_header { APE as u32 } else { 0 };
        length = length.saturating_add(tag.size).saturating_add(header);
    }
    length
}

/// The header or the footer of an APEv2 tag.
struct ApeTag {
    /// The size of the items and the footer, in bytes.
    size: u32,
    has_header: bool,
}

impl ApeTag {
    fn read(bytes: &[u8; APE]) -> Option<Self> {
        let (name, rest) = bytes.split_first_chunk()?;
        let &[_, _, _, _, a, b, c, d, _, _, _, _, _, _, _, flags] = rest.first_chunk()?;
        let tag = ApeTag { size: u32::from_le_bytes([a, b, c, d]), has_header: flags & 0x80 != 0 };
        Some(tag).filter(|_| name == b"APETAGEX")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_of_an_id3_tag_includes_header_and_footer() {
        let length = |head: &[u8]| leading_tag(head).map(|tag| tag.length);
        assert_eq!(length(b"ID3\x04\x00\x00\x00\x00\x02\x01"), Some(257 + 10));
        assert_eq!(length(b"ID3\x04\x00\x10\x00\x00\x00\x00"), Some(20));
        assert_eq!(length(b"ID3\x03\x00\x00\xFF\xFF\xFF\xFF"), Some(0x0FFF_FFFF + 10));
        assert_eq!(length(b"ID3\x03\x00\x00\x7F"), None);
        assert_eq!(length(b"TAG\x03\x00\x00\x00\x00\x00\x00"), None);
    }

    #[test]
    fn length_of_an_ape_tag_includes_its_header() {
        let mut head =
            *b"APETAGEX\xD0\x07\x00\x00\x60\x9C\x00\x00\x01\x00\x00\x00\x00\x00\x00\xA0\0\0\0\0\0\0\0\0";
        assert_eq!(leading_tag(&head), Some(LeadingTag { name: "APE", length: 40_064 }));
        head[7] = b'Y';
        assert_eq!(leading_tag(&head), None);
    }
}
