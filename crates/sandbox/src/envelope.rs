//! The vendor's envelope: success and the three shapes of failure, from the recorded samples.

use serde_json::{Value, json};

use crate::message::Response;

/// The `status_code` of every failure; the HTTP status is usually 200.
const FAILED: i32 = -9999;

/// Parses a recorded sample.
#[expect(clippy::expect_used, reason = "the samples are compiled in, and a test parses each of them")]
pub(crate) fn parse(sample: &str) -> Value {
    serde_json::from_slice(sample.as_bytes()).expect("a recorded sample is JSON")
}

/// The envelope of a recorded response with another payload: its fields, their order and the instance vary by endpoint.
pub(crate) fn success(sample: &str, payload: Value) -> Response {
    let mut envelope = parse(sample);
    if let Some(place) = envelope.get_mut("payload") {
        *place = payload;
    }
    Response::json(200, &envelope)
}

/// An error of the vendor. Which endpoint uses which shape is not documented, so the sandbox uses all three.
#[derive(Debug)]
pub(crate) enum Failure {
    /// `{ status_code, message }`, the code being the message.
    Message(&'static str),
    /// `{ …, payload: { status: "fail", error, message } }`.
    Payload(&'static str, String),
    /// `{ …, error, message }`.
    TopLevel(&'static str, String),
    /// HTTP 415, which the vendor's server sends before it reads the request.
    UnsupportedMediaType,
}

impl Failure {
    /// A field or parameter is missing or invalid.
    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self::Payload("data_is_required", message.into())
    }
}

impl From<Failure> for Response {
    fn from(failure: Failure) -> Self {
        let envelope = match failure {
            Failure::UnsupportedMediaType => return Response::html(415, "Unsupported Media Type"),
            Failure::Message(code) => json!({ "status_code": FAILED, "message": code }),
            Failure::Payload(error, message) => json!({
                "status_code": FAILED,
                "instance_id": "stg",
                "instance_version": "1.2.163",
                "payload": { "status": "fail", "error": error, "message": message },
                "key_enabled": false,
            }),
            Failure::TopLevel(error, message) => json!({
                "status_code": FAILED,
                "instance_id": "stg",
                "instance_version": "1.2.163",
                "error": error,
                "message": message,
                "key_enabled": false,
            }),
        };
        Response::json(200, &envelope)
    }
}

/// HTTP 401: the token is missing, unknown or expired.
pub(crate) fn unauthorized(message: &str) -> Response {
    let envelope = json!({
        "status_code": FAILED,
        "instance_id": "stg",
        "instance_version": "1.2.163",
        "message": message,
        "key_enabled": false,
    });
    Response::json(401, &envelope)
}
