//! What is to be sent, as data: method, path, query. Nothing here knows of a token or a network.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::argument::WholeFromOne;

/// What stays as it is in a query or a path segment: RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// As it stands in an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).collect()
}

/// The HTTP method of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; safe to repeat.
    Get,
    /// Adds or changes.
    Post,
    /// Changes.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// As it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// One call of the API.
#[derive(Debug)]
pub struct Endpoint {
    /// Its method.
    pub method: Method,
    /// Its path below the base URL.
    pub path: &'static str,
}

impl Endpoint {
    /// An endpoint that only reads.
    pub const fn get(path: &'static str) -> Self {
        Endpoint { method: Method::Get, path }
    }

    /// For people: `GET /api/call_center/internal_phone/list`.
    pub fn label(&self) -> String {
        [self.method.as_str(), " ", self.path].concat()
    }
}

/// One request to an endpoint.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it goes.
    pub endpoint: &'static Endpoint,
    query: String,
}

impl Request {
    /// A request without a query.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Request { endpoint, query: String::new() }
    }

    /// With one more query parameter, percent-encoded; nothing where there is no value.
    pub fn query<V: QueryValue>(mut self, name: &'static str, value: Option<V>) -> Self {
        if let Some(value) = value {
            self.query.push(if self.query.is_empty() { '?' } else { '&' });
            self.query.push_str(name);
            self.query.push('=');
            self.query.push_str(&encoded(&value.text()));
        }
        self
    }

    /// The address to fetch, below `base_url`.
    pub fn url(&self, base_url: &str) -> String {
        [base_url.trim_end_matches('/'), self.endpoint.path, &self.query].concat()
    }
}

/// What can stand in a query.
pub trait QueryValue {
    /// As text, not yet encoded.
    fn text(&self) -> String;
}

impl QueryValue for &str {
    fn text(&self) -> String {
        (*self).into()
    }
}

impl QueryValue for WholeFromOne {
    fn text(&self) -> String {
        super::scan::itoa(self.0 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Endpoint = Endpoint::get("/api/list");

    #[test]
    fn keywords_are_encoded_whatever_they_hold() {
        let url =
            |keyword: &str| Request::new(&LIST).query("keyword", Some(keyword)).url("https://example.com/");
        assert_eq!(url("a&b=c#d/e?f"), "https://example.com/api/list?keyword=a%26b%3Dc%23d%2Fe%3Ff");
        assert_eq!(url("Nguyễn"), "https://example.com/api/list?keyword=Nguy%E1%BB%85n");
        assert_eq!(url("📞 +84%"), "https://example.com/api/list?keyword=%F0%9F%93%9E%20%2B84%25");
        assert_eq!(url("../x"), "https://example.com/api/list?keyword=..%2Fx");
    }

    #[test]
    fn parameters_without_a_value_are_left_out() {
        let request = Request::new(&LIST).query("keyword", None::<&str>).query("page", Some(WholeFromOne(2)));
        assert_eq!(request.url("/omicall"), "/omicall/api/list?page=2");
    }
}
