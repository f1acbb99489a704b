//! `multipart/form-data`, as far as an upload needs it: splits a complete body into parts.

/// One part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) name: String,
    /// Only files have one.
    pub(crate) file_name: Option<String>,
    pub(crate) content: &'a [u8],
}

/// The parts of a body; `None` if it is malformed.
pub(crate) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())?;
    let dashes = format!("--{boundary}");
    // Each further boundary starts a line, and that line break is not part of the content before it.
    let next = format!("\r\n{dashes}");
    let (_, mut rest) = split(body, dashes.as_bytes())?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (part, after) = split(rest.strip_prefix(b"\r\n")?, next.as_bytes())?;
        let (head, content) = split(part, b"\r\n\r\n")?;
        let head = std::str::from_utf8(head).ok()?;
        let disposition =
            head.split("\r\n").find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
        let name = parameter(disposition, "name")?;
        parts.push(Part { name, file_name: parameter(disposition, "filename"), content });
        rest = after;
    }
    Some(parts)
}

/// Splits at the first `separator`.
fn split<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((bytes.get(..at)?, bytes.get(at + separator.len()..)?))
}

/// `value` of `…; name=value` or `…; name="value"`, in which browsers write `%22` for a quote.
fn parameter(header: &str, name: &str) -> Option<String> {
    // A semicolon within quotes does not end a value, so quotes come first.
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"')?;
                (value, after.split_once(';').map_or("", |(_, after)| after))
            }
            None => value.split_once(';').unwrap_or((value, "")),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names_and_exact_bytes() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n\
            content-type: audio/mpeg\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;=%22.mp3\"\r\n\r\n\
            \r\n\xff\xfb--x\n\r\n--x--\r\n";
        let expected = [
            Part { name: "a".to_owned(), file_name: None, content: b"1" },
            Part {
                name: "file".to_owned(),
                file_name: Some("a;=\".mp3".to_owned()),
                content: b"\r\n\xff\xfb--x\n",
            },
        ];
        for content_type in
            ["multipart/form-data; boundary=x", "multipart/form-data;charset=a; boundary=\"x\""]
        {
            assert_eq!(parts(content_type, body).unwrap(), expected);
        }
        assert_eq!(parts("multipart/form-data; boundary=x", b"--x--\r\n").unwrap(), []);
    }

    #[test]
    fn malformed_form_is_rejected() {
        let whole = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--";
        assert!(parts("multipart/form-data; boundary=x", whole).is_some());
        for end in 0..whole.len() - 2 {
            assert_eq!(parts("multipart/form-data; boundary=x", &whole[..end]), None, "{end}");
        }
        for content_type in
            ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=y"]
        {
            assert_eq!(parts(content_type, whole), None, "{content_type}");
        }
    }
}
