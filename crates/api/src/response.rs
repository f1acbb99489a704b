//! From an HTTP response to its payload, or to the error that explains why there is none.
//!
//! The envelope decides, not the HTTP status: the vendor sends most failures with HTTP 200.

use omicall_schema::{
    Schema,
    compact::{replace_all, usize_to_string},
    json::{
        pointer::JsonPath,
        unescape::{string_equals, unescape},
        validate::{InvalidJson, InvalidJsonReason, JsonValidator, SchemaMismatch},
    },
};

use crate::{
    error::{Error, ErrorKind},
    list_page,
    request::encoded,
    retry,
};

/// The `status_code` of an envelope that carries what was asked for.
pub const SUCCESS: &[u8] = b"9999";

/// How much of an answer that is no JSON is quoted.
const QUOTED_PAGE: usize = 80;

/// How much of a message of the API is quoted.
const QUOTED_WORDS: usize = 300;

/// An HTTP response, read to its end.
#[derive(Debug, Clone, Copy)]
pub struct RawResponse<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, `""` where there is none.
    pub content_type: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// The token and the key: masked wherever the server's words are quoted, for a server may echo them.
    pub secrets: &'a [&'a str],
}

impl RawResponse<'_> {
    /// The text of a JSON string; nothing for other values and for the empty string.
    fn text(&self, raw: Option<&[u8]>) -> Option<String> {
        let inside = raw?.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        // An escape takes six bytes for a character.
        let looked_at = self.looked_at(QUOTED_WORDS).saturating_mul(6);
        let inside = inside.get(..looked_at).unwrap_or(inside);
        Some(self.quoted(&unescape(inside), QUOTED_WORDS)).filter(|text| !text.is_empty())
    }

    /// A string member of a JSON object.
    fn member(&self, object: &[u8], name: &str) -> Option<String> {
        let mut found = None;
        let read = JsonValidator::new(object).read_members(|scanner, at| {
            let raw = scanner.raw_value()?;
            if string_equals(at, name) {
                found = Some(raw);
            }
            Ok(())
        });
        read.ok()?;
        self.text(found)
    }

    /// How much of a text is looked at of which `most` characters are quoted: so much that a secret which the cut runs
    /// through lies behind them, though every secret before it has shrunk to three characters.
    fn looked_at(&self, most: usize) -> usize {
        let longest = self.secrets.iter().map(|secret| encoded(secret).len()).max().unwrap_or(0);
        most.saturating_mul(4).saturating_add(longest.saturating_mul((most / 3).saturating_add(2)))
    }

    fn quoted(&self, text: &str, most: usize) -> String {
        quoted(text, self.secrets, most)
    }
}

/// The server's words, fit to stand in a message: secrets masked as they are and as they stand in an address, on one
/// line, and no more than `most` characters.
pub fn quoted(text: &str, secrets: &[&str], most: usize) -> String {
    let mut text = String::from(text.trim());
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        for form in [String::from(*secret), encoded(secret)] {
            text = replace_all(&text, &form, "***");
        }
    }
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).take(most).collect()
}

/// What an answer holds, once its envelope says that it succeeded.
#[derive(Debug)]
pub struct Payload<'a> {
    /// The bytes of the payload.
    pub bytes: &'a [u8],
    /// Where it is not what TypeScript promises, though still of use.
    pub mismatches: Vec<SchemaMismatch>,
}

/// The parts of an envelope that decide.
#[derive(Default)]
struct Envelope<'a> {
    status_code: Option<&'a [u8]>,
    payload: Option<&'a [u8]>,
    instance_id: Option<&'a [u8]>,
    error: Option<&'a [u8]>,
    message: Option<&'a [u8]>,
}

/// Reads the answer; `schema` is what its payload must be.
pub fn parse_response<'a>(response: &RawResponse<'a>, schema: &Schema) -> Result<Payload<'a>, Error> {
    let mut scanner = JsonValidator::new(response.body);
    // The numbers of a page are as fatal as the envelope: no walk could go on without them.
    scanner.fatal_depth = match schema {
        Schema::Object(table) if table.name == list_page::NAME => 2,
        _ => 1,
    };
    let envelope = match read_envelope(&mut scanner, schema) {
        Ok(envelope) => envelope,
        Err(malformed) => return Err(not_json(response, malformed)),
    };
    let ok = (200..300).contains(&response.status);
    match (envelope.status_code, envelope.payload) {
        (Some(SUCCESS), Some(bytes)) if ok => match scanner.mismatches.iter().find(|mismatch| mismatch.fatal)
        {
            Some(mismatch) => {
                Err(mismatch_error(mismatch, 0).with_fields(|fields| fields.status = Some(response.status)))
            }
            None => Ok(Payload { bytes, mismatches: scanner.mismatches }),
        },
        (Some(SUCCESS), None) if ok && matches!(schema, Schema::Any) => {
            Ok(Payload { bytes: b"", mismatches: Vec::new() })
        }
        (Some(SUCCESS), None) if ok => {
            let mismatch = SchemaMismatch {
                path: "/payload".into(),
                expected: schema.describe(),
                found: "missing",
                fatal: true,
            };
            Err(mismatch_error(&mismatch, 0).with_fields(|fields| fields.status = Some(response.status)))
        }
        (code, _) if ok && !code.is_some_and(is_number) => Err(no_envelope(response)),
        _ => Err(refused(response, &envelope)),
    }
}

/// The failure that a mismatch is where it may not be let through.
pub fn mismatch_error(mismatch: &SchemaMismatch, others: usize) -> Error {
    let more = match others {
        0 => String::new(),
        count => [" (and ", &usize_to_string(count), " more)"].concat(),
    };
    let is = if mismatch.found.starts_with("missing") { ", but is " } else { ", but is of kind " };
    let message = [
        "the answer is not what the API promises: ",
        &mismatch.path,
        " should be ",
        &mismatch.expected,
        is,
        mismatch.found,
        &more,
        ". The server has probably changed: report this path, and look for a newer version of the package.",
    ]
    .concat();
    Error::new(ErrorKind::Decode, message).with_fields(|fields| fields.path = Some(mismatch.path.clone()))
}

fn read_envelope<'a>(scanner: &mut JsonValidator<'a>, schema: &Schema) -> Result<Envelope<'a>, InvalidJson> {
    let mut envelope = Envelope::default();
    scanner.read_members(|scanner, name| {
        // By its meaning: for `JSON.parse`, a name with escapes is the same name, and the last one counts.
        let known = ["payload", "status_code", "instance_id", "error", "message"];
        let slot = match known.into_iter().find(|known| string_equals(name, known)) {
            Some("payload") => {
                let path = JsonPath::Member(&JsonPath::Root, "payload");
                // Where it comes twice, the engine keeps the last one.
                scanner.mismatches.clear();
                envelope.payload = Some(scanner.validated_value(schema, &path)?);
                return Ok(());
            }
            Some("status_code") => &mut envelope.status_code,
            Some("instance_id") => &mut envelope.instance_id,
            Some("error") => &mut envelope.error,
            Some("message") => &mut envelope.message,
            _ => return scanner.raw_value().map(drop),
        };
        *slot = Some(scanner.raw_value()?);
        Ok(())
    })?;
    scanner.expect_end()?;
    Ok(envelope)
}

/// The server understood and said no, or an HTTP error came with JSON.
fn refused(response: &RawResponse<'_>, envelope: &Envelope<'_>) -> Error {
    let payload = envelope.payload.unwrap_or_default();
    let said = response.text(envelope.message).or_else(|| response.member(payload, "message"));
    let code = response.member(payload, "error").or_else(|| response.text(envelope.error)).or_else(|| {
        // {"status_code":-9999,"message":"api_key_invalid"}: the message is the code.
        said.clone().filter(|message| is_code(message))
    });
    let status_code = envelope.status_code.and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    let kind = match code.as_deref() {
        Some("api_key_is_required" | "api_key_invalid") => ErrorKind::Auth,
        _ if envelope.status_code.is_some() && envelope.status_code != Some(SUCCESS) => ErrorKind::Api,
        _ => ErrorKind::Http,
    };
    let mut message = String::from("the server refused the call");
    if !(200..300).contains(&response.status) {
        message.push_str(&[" with HTTP ", &usize_to_string(response.status.into())].concat());
    }
    let words = [code.as_deref(), said.as_deref().filter(|said| Some(*said) != code.as_deref())];
    for (index, word) in words.into_iter().flatten().enumerate() {
        message.push_str(if index == 0 { ": " } else { " – " });
        message.push_str(word);
    }
    message.push_str(". ");
    message.push_str(match code.as_deref() {
        Some("api_key_is_required" | "api_key_invalid") => "Check `auth.apiKey`.",
        Some("tenant_invalid") => "Check that the token belongs to the tenant you mean.",
        Some("extension_invalid") => "There is no such extension: check the number with `phones.list`.",
        Some("data_is_required" | "request_body_required") => "A field that the server needs is missing.",
        _ if !(200..300).contains(&response.status) => hint_for_status(response.status),
        _ => "Nothing was changed as far as the server says.",
    });
    Error::new(kind, message).with_fields(|fields| {
        fields.code = code;
        fields.status = Some(response.status);
        fields.statusCode = status_code;
        fields.instanceId = response.text(envelope.instance_id);
        fields.retryable = retry::is_passing(response.status);
    })
}

/// The body is no JSON object: an error page, an empty or a cut-off response.
fn not_json(response: &RawResponse<'_>, malformed: InvalidJson) -> Error {
    let ok = (200..300).contains(&response.status);
    let status = usize_to_string(response.status.into());
    let length = usize_to_string(response.body.len());
    let first = response.body.iter().find(|byte| !byte.is_ascii_whitespace());
    let kind = response.quoted(response.content_type, QUOTED_PAGE);
    let kind = if kind.is_empty() { "no Content-Type" } else { &kind };
    let came: String = match (first, malformed.reason) {
        (None, _) => "an empty body".into(),
        (Some(b'{'), InvalidJsonReason::UnexpectedEnd) => {
            ["JSON that is cut off after ", &length, " bytes"].concat()
        }
        (Some(b'{'), InvalidJsonReason::TooDeep) => "JSON that is nested too deep".into(),
        // An error page, and nothing else, is quoted: whatever else it is may be a token or hold passwords.
        (Some(b'<'), _) => {
            let start = response.body.iter().position(|byte| *byte == b'<').unwrap_or_default();
            let page = response.body.get(start..).unwrap_or_default();
            let page = String::from_utf8_lossy(page.get(..response.looked_at(QUOTED_PAGE)).unwrap_or(page));
            [kind, " where JSON belongs, beginning \"", &response.quoted(&page, QUOTED_PAGE), "\""].concat()
        }
        _ => {
            [kind, " that is no JSON object (byte ", &usize_to_string(malformed.offset), " of ", &length, ")"]
                .concat()
        }
    };
    if ok {
        let hint = match first {
            None => "The server, or a proxy before it, sent nothing: check `baseUrl`, then try again.",
            Some(b'{') => "The connection may have been cut: try again.",
            _ => "Check that `baseUrl` is the address of the API and not of a web page or a login portal.",
        };
        let message = ["HTTP ", &status, " with ", &came, ". ", hint].concat();
        Error::new(ErrorKind::Decode, message).with_fields(|fields| {
            fields.status = Some(response.status);
            fields.path = Some(String::new());
        })
    } else {
        let message = ["HTTP ", &status, " with ", &came, ". ", hint_for_status(response.status)].concat();
        Error::new(ErrorKind::Http, message).with_fields(|fields| {
            fields.status = Some(response.status);
            fields.retryable = retry::is_passing(response.status);
        })
    }
}

fn no_envelope(response: &RawResponse<'_>) -> Error {
    let mismatch = SchemaMismatch {
        path: "/status_code".into(),
        expected: "a number".into(),
        found: "missing or no number",
        fatal: true,
    };
    mismatch_error(&mismatch, 0).with_fields(|fields| fields.status = Some(response.status))
}

fn hint_for_status(status: u16) -> &'static str {
    match status {
        401 => "It is wrong or has expired: sign in again, or get another one.",
        403 => "The account may not do this: check its rights.",
        404 => "There is nothing at this address: check `baseUrl`, which ends before `/api`.",
        408 | 504 => "The server took too long: try again.",
        429 => "Too many requests: wait, then try again.",
        500..=599 => "The server has trouble of its own: try again later.",
        _ => "Check `baseUrl` and what was sent.",
    }
}

fn is_number(raw: &[u8]) -> bool {
    raw.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-')
}

/// Whether a message is one of the vendor's codes: `extension_invalid`.
fn is_code(message: &str) -> bool {
    message.contains('_')
        && message.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]
#[path = "response_tests.rs"]
mod tests;
