//! Parses an HTTP response: returns its payload, or the error that explains why there is none.
//!
//! The envelope decides, not the HTTP status: the vendor sends most failures with HTTP 200.

use std::ops::Range;

use omicall_issues::Language;
use omicall_schema::{
    Schema,
    compact::{parse_u32, usize_to_string},
    json::{
        pointer::JsonPath,
        unescape::{string_equals, unescape},
        validate::{InvalidJson, InvalidJsonReason, JsonValidator, SchemaMismatch},
    },
};

use crate::{
    error::{Error, ErrorKind},
    error_code::advice,
    list_page, retry,
    secrets::{longest_form, quote_masked},
};

/// The `status_code` of a successful envelope.
pub const SUCCESS: &[u8] = b"9999";

/// The code after which every request is refused for half an hour.
const LIMIT_REQUEST: &str = "limit_request_30_minute";

/// How many characters of an HTML error page are quoted.
const MAX_QUOTED_PAGE_CHARS: usize = 80;

/// How many characters of a message of the API are quoted.
const MAX_QUOTED_MESSAGE_CHARS: usize = 300;

/// An HTTP response, read to the end.
#[derive(Debug, Clone, Copy)]
pub struct RawResponse<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`; `""` if there is none.
    pub content_type: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// The access token and the API key: masked wherever the response is quoted, since a server may echo them.
    pub secrets: &'a [&'a str],
    /// The language in which the error says what to do about a known error code.
    pub language: Language,
}

impl RawResponse<'_> {
    /// Decodes a JSON string. `None` for other values and for the empty string.
    fn decode_string(&self, raw: Option<&[u8]>) -> Option<String> {
        let inside = raw?.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        // An escape takes six bytes per character.
        let bytes_to_scan = self.bytes_to_scan(MAX_QUOTED_MESSAGE_CHARS).saturating_mul(6);
        let inside = inside.get(..bytes_to_scan).unwrap_or(inside);
        Some(self.quote_masked(&unescape(inside), MAX_QUOTED_MESSAGE_CHARS)).filter(|text| !text.is_empty())
    }

    /// The value of a string member of a JSON object.
    fn string_member(&self, object: &[u8], name: &str) -> Option<String> {
        let mut found = None;
        let read = JsonValidator::new(object).read_members(|validator, at| {
            let raw = validator.raw_value()?;
            if string_equals(at, name) {
                found = Some(raw);
            }
            Ok(())
        });
        read.ok()?;
        self.decode_string(found)
    }

    /// How many bytes of a text to scan for secrets when `max_chars` of them are quoted: enough that a secret at the end
    /// of the scanned part is never quoted in part, even if every secret before it shrinks to three characters.
    fn bytes_to_scan(&self, max_chars: usize) -> usize {
        let longest = self.secrets.iter().map(|secret| longest_form(secret)).max().unwrap_or(0);
        max_chars.saturating_mul(4).saturating_add(longest.saturating_mul((max_chars / 3).saturating_add(2)))
    }

    fn quote_masked(&self, text: &str, max_chars: usize) -> String {
        quote_masked(text, self.secrets, max_chars)
    }
}

/// The payload of a successful response.
#[derive(Debug)]
pub struct Payload<'a> {
    /// The bytes of the payload.
    pub bytes: &'a [u8],
    /// Where it differs from its schema, though it is still usable.
    pub mismatches: Vec<SchemaMismatch>,
    /// Where passwords are in the body: see [`JsonValidator::passwords`].
    pub passwords: Vec<Range<usize>>,
}

/// The raw members of the envelope, each `None` if missing.
#[derive(Default)]
struct Envelope<'a> {
    status_code: Option<&'a [u8]>,
    payload: Option<&'a [u8]>,
    instance_id: Option<&'a [u8]>,
    error: Option<&'a [u8]>,
    message: Option<&'a [u8]>,
}

/// Parses a response; `schema` is the schema of its payload.
pub fn parse_response<'a>(response: &RawResponse<'a>, schema: &Schema) -> Result<Payload<'a>, Error> {
    parse(response, schema).map_err(|error| error.with_fields(|fields| fields.status = Some(response.status)))
}

fn parse<'a>(response: &RawResponse<'a>, schema: &Schema) -> Result<Payload<'a>, Error> {
    let mut validator = JsonValidator::new(response.body);
    // A list page without its numbers is as unusable as a broken envelope: iteration could not continue.
    validator.fatal_depth = match schema {
        Schema::Object(table) if table.name == list_page::SCHEMA_NAME => 2,
        _ => 1,
    };
    let envelope = match read_envelope(&mut validator, schema) {
        Ok(envelope) => envelope,
        Err(invalid) => return Err(invalid_json_error(response, invalid)),
    };
    let is_success = (200..300).contains(&response.status);
    match (envelope.status_code, envelope.payload) {
        (Some(SUCCESS), Some(bytes)) if is_success => {
            match validator.mismatches.iter().find(|mismatch| mismatch.fatal) {
                Some(mismatch) => Err(schema_mismatch_error(mismatch, 0)),
                None => {
                    let JsonValidator { mismatches, passwords, .. } = validator;
                    Ok(Payload { bytes, mismatches, passwords })
                }
            }
        }
        (Some(SUCCESS), None) if is_success && matches!(schema, Schema::Any) => {
            Ok(Payload { bytes: b"", mismatches: Vec::new(), passwords: validator.passwords })
        }
        (Some(SUCCESS), None) if is_success => {
            let mismatch = SchemaMismatch {
                path: "/payload".into(),
                expected: schema.describe().into_owned(),
                found: "missing",
                fatal: true,
            };
            Err(schema_mismatch_error(&mismatch, 0))
        }
        (code, _) if is_success && !code.is_some_and(is_number) => Err(missing_status_code_error()),
        _ => Err(error_from_envelope(response, &envelope)),
    }
}

/// The error for a payload that does not match its schema; `others` is the number of further mismatches.
pub fn schema_mismatch_error(mismatch: &SchemaMismatch, others: usize) -> Error {
    let more = match others {
        0 => String::new(),
        count => [" (and ", &usize_to_string(count), " more)"].concat(),
    };
    let message = [
        "the response does not match its schema: ",
        &describe_mismatch(mismatch),
        &more,
        ". The API has probably changed: report this path, and look for a newer version of the package.",
    ]
    .concat();
    Error::new(ErrorKind::Decode, message).with_fields(|fields| fields.path = Some(mismatch.path.clone()))
}

/// A mismatch in words: path, expected value, and the type of the value found.
pub fn describe_mismatch(mismatch: &SchemaMismatch) -> String {
    let SchemaMismatch { path, expected, found, .. } = mismatch;
    let but_is = if found.starts_with("missing") { ", but is " } else { ", but is of type " };
    [path, " should be ", expected, but_is, found].concat()
}

fn read_envelope<'a>(
    validator: &mut JsonValidator<'a>,
    schema: &Schema,
) -> Result<Envelope<'a>, InvalidJson> {
    let mut envelope = Envelope::default();
    validator.read_members(|validator, name| {
        // As for `JSON.parse`, a name with escapes is the same name, and of duplicates the last one counts.
        let known = ["payload", "status_code", "instance_id", "error", "message"];
        let slot = match known.into_iter().find(|known| string_equals(name, known)) {
            Some("payload") => {
                let path = JsonPath::Member(&JsonPath::Root, "payload");
                // An earlier payload does not count.
                validator.mismatches.clear();
                envelope.payload = Some(validator.validated_value(schema, &path)?);
                return Ok(());
            }
            Some("status_code") => &mut envelope.status_code,
            Some("instance_id") => &mut envelope.instance_id,
            Some("error") => &mut envelope.error,
            Some("message") => &mut envelope.message,
            _ => return validator.raw_value().map(drop),
        };
        *slot = Some(validator.raw_value()?);
        Ok(())
    })?;
    validator.expect_end()?;
    Ok(envelope)
}

/// The error for an envelope that reports a failure, or for JSON with an HTTP error status.
fn error_from_envelope(response: &RawResponse<'_>, envelope: &Envelope<'_>) -> Error {
    let payload = envelope.payload.unwrap_or_default();
    let server_message =
        response.decode_string(envelope.message).or_else(|| response.string_member(payload, "message"));
    let code = response
        .string_member(payload, "error")
        .or_else(|| response.decode_string(envelope.error))
        .or_else(|| {
            // {"status_code":-9999,"message":"api_key_invalid"}: the message is the code.
            server_message.clone().filter(|message| is_error_code(message))
        });
    let status_code = envelope.status_code.and_then(parse_status_code);
    let kind = match code.as_deref() {
        Some("api_key_is_required" | "api_key_invalid") => ErrorKind::Auth,
        _ if envelope.status_code.is_some() && envelope.status_code != Some(SUCCESS) => ErrorKind::Api,
        _ => ErrorKind::Http,
    };
    let mut message = String::from("the server refused the request");
    if !(200..300).contains(&response.status) {
        message.push_str(&[" with HTTP ", &usize_to_string(response.status.into())].concat());
    }
    let parts = [
        code.as_deref(),
        server_message.as_deref().filter(|server_message| Some(*server_message) != code.as_deref()),
    ];
    for (index, part) in parts.into_iter().flatten().enumerate() {
        message.push_str(if index == 0 { ": " } else { " – " });
        message.push_str(part);
    }
    message.push_str(". ");
    message.push_str(match code.as_deref().and_then(|code| advice(code, response.language)) {
        Some(advice) => advice,
        None if !(200..300).contains(&response.status) => hint_for_status(response.status),
        None => "According to the server, nothing was changed.",
    });
    Error::new(kind, message).with_fields(|fields| {
        fields.serverMessage = server_message.filter(|message| Some(message) != code.as_ref());
        // A retry would only be refused too.
        fields.retryable = retry::is_transient(response.status) && code.as_deref() != Some(LIMIT_REQUEST);
        fields.code = code;
        fields.statusCode = status_code;
        fields.instanceId = response.decode_string(envelope.instance_id);
    })
}

/// The error for a body that is not a JSON object: an error page, an empty or a truncated response.
fn invalid_json_error(response: &RawResponse<'_>, invalid: InvalidJson) -> Error {
    let is_success = (200..300).contains(&response.status);
    let status = usize_to_string(response.status.into());
    let length = usize_to_string(response.body.len());
    let first = response.body.iter().find(|byte| !byte.is_ascii_whitespace());
    let content_type = response.quote_masked(response.content_type, MAX_QUOTED_PAGE_CHARS);
    let content_type = if content_type.is_empty() { "no Content-Type" } else { &content_type };
    let received: String = match (first, invalid.reason) {
        (None, _) => "an empty body".into(),
        (Some(b'{'), InvalidJsonReason::UnexpectedEnd) => {
            ["JSON that is cut off after ", &length, " bytes"].concat()
        }
        (Some(b'{'), InvalidJsonReason::TooDeep) => "JSON that is nested more than 200 levels deep".into(),
        // Only an HTML page is quoted: anything else may be a token or contain passwords.
        (Some(b'<'), _) => {
            let start = response.body.iter().position(|byte| *byte == b'<').unwrap_or_default();
            let page = response.body.get(start..).unwrap_or_default();
            let page = String::from_utf8_lossy(
                page.get(..response.bytes_to_scan(MAX_QUOTED_PAGE_CHARS)).unwrap_or(page),
            );
            [
                content_type,
                " instead of JSON, beginning \"",
                &response.quote_masked(&page, MAX_QUOTED_PAGE_CHARS),
                "\"",
            ]
            .concat()
        }
        _ => [
            content_type,
            " that is not a JSON object (byte ",
            &usize_to_string(invalid.offset),
            " of ",
            &length,
            ")",
        ]
        .concat(),
    };
    if is_success {
        let hint = match (first, invalid.reason) {
            (None, _) => {
                "The server, or a proxy in front of it, sent nothing: check `baseUrl`, then try again."
            }
            (Some(b'{'), InvalidJsonReason::UnexpectedEnd) => {
                "The connection may have been closed early: try again."
            }
            _ => "Check that `baseUrl` is the URL of the API, not of a website or a login page.",
        };
        let message = ["HTTP ", &status, " with ", &received, ". ", hint].concat();
        Error::new(ErrorKind::Decode, message).with_fields(|fields| fields.path = Some(String::new()))
    } else {
        let message =
            ["HTTP ", &status, " with ", &received, ". ", hint_for_status(response.status)].concat();
        Error::new(ErrorKind::Http, message)
            .with_fields(|fields| fields.retryable = retry::is_transient(response.status))
    }
}

fn missing_status_code_error() -> Error {
    let mismatch = SchemaMismatch {
        path: "/status_code".into(),
        expected: "a number".into(),
        found: "missing or not a number",
        fatal: true,
    };
    schema_mismatch_error(&mismatch, 0)
}

fn hint_for_status(status: u16) -> &'static str {
    match status {
        401 => "The access token is invalid or has expired: sign in again, or get another one.",
        403 => "The account is not allowed to do this: check its permissions.",
        404 => "There is nothing at this address: check `baseUrl`, which ends before `/api`.",
        408 | 504 => "The server took too long: try again.",
        429 => "Too many requests: wait, then try again.",
        500..=599 => "The server has a problem: try again later.",
        _ => "Check `baseUrl` and the request.",
    }
}

/// A whole number that may be negative.
fn parse_status_code(raw: &[u8]) -> Option<i32> {
    let digits = raw.strip_prefix(b"-");
    let number = i32::try_from(parse_u32(digits.unwrap_or(raw))?).ok()?;
    Some(if digits.is_some() { number.wrapping_neg() } else { number })
}

fn is_number(raw: &[u8]) -> bool {
    raw.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-')
}

/// Whether a message is one of the vendor's error codes, such as `extension_invalid`.
fn is_error_code(message: &str) -> bool {
    message.bytes().any(|byte| byte == b'_')
        && message.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]
#[path = "response_tests.rs"]
mod tests;
