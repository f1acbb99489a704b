//! Requests and responses of the tenant, as plain data for any transport.

use serde_json::Value;

/// One request, with the parts that the vendor reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path below the base URL, from its first `/`, percent-encoded as it was sent.
    pub path: String,
    /// Names and values of the query, decoded, in the order they were sent.
    pub query: Vec<(String, String)>,
    /// The value of the `Authorization` header.
    pub authorization: Option<String>,
    /// The value of the `Content-Type` header.
    pub content_type: Option<String>,
    /// The body as it was sent.
    pub body: Vec<u8>,
}

impl Request {
    /// The first value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let (_, value) = self.query.iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// Whether the content type is this one, whatever its parameters.
    pub(crate) fn has_content_type(&self, expected: &str) -> bool {
        let sent = self.content_type.as_deref().unwrap_or_default();
        sent.split(';').next().is_some_and(|sent| sent.trim().eq_ignore_ascii_case(expected))
    }
}

/// One response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Header names in lower case, with their values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json;charset=UTF-8", value.to_string().into_bytes())
    }

    /// The page that a Java server sends for an unknown address.
    pub fn html(status: u16, title: &str) -> Self {
        let body = format!(
            "<!doctype html><html lang=\"en\"><head><title>HTTP Status {status} – {title}</title></head>\
             <body><h1>HTTP Status {status} – {title}</h1></body></html>"
        );
        Self::new(status, "text/html;charset=utf-8", body.into_bytes())
    }

    fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body }
    }
}
