//! What is to be sent, as data: method, path, query, body. Nothing here knows of a token or a network.

use js_sys::Function;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use wasm_bindgen::JsValue;

use super::argument::{Id, WholeFromOne};

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
    /// Its path below the base URL; `:id` stands for the id of a record.
    pub path: &'static str,
}

impl Endpoint {
    /// An endpoint that only reads.
    pub const fn get(path: &'static str) -> Self {
        Endpoint { method: Method::Get, path }
    }

    /// An endpoint that adds or changes.
    pub const fn post(path: &'static str) -> Self {
        Endpoint { method: Method::Post, path }
    }

    /// An endpoint that changes.
    pub const fn put(path: &'static str) -> Self {
        Endpoint { method: Method::Put, path }
    }

    /// An endpoint that deletes.
    pub const fn delete(path: &'static str) -> Self {
        Endpoint { method: Method::Delete, path }
    }

    /// For people: `GET /api/call_center/internal_phone/list`.
    pub fn label(&self) -> String {
        [self.method.as_str(), " ", self.path].concat()
    }
}

/// What is sent in the body of a request.
#[derive(Debug, Clone)]
pub enum Body {
    /// JSON text.
    Json(String),
    /// A `FormData`.
    Form {
        /// The form.
        data: JsValue,
        /// Hears how much has been sent.
        on_progress: Option<Function>,
    },
}

/// One request to an endpoint.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it goes.
    pub endpoint: &'static Endpoint,
    id: String,
    query: String,
    /// What is sent in the body.
    pub body: Option<Body>,
}

impl Request {
    /// A request without a query and a body.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Request { endpoint, id: String::new(), query: String::new(), body: None }
    }

    /// For this record: its id takes the place of `:id` in the path, percent-encoded.
    pub fn id(mut self, id: &Id) -> Self {
        self.id = utf8_percent_encode(id.as_str(), ENCODED).collect();
        self
    }

    /// With a JSON body.
    pub fn json(mut self, body: String) -> Self {
        self.body = Some(Body::Json(body));
        self
    }

    /// With a form in the body.
    pub fn form(mut self, data: JsValue, on_progress: Option<Function>) -> Self {
        self.body = Some(Body::Form { data, on_progress });
        self
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
        let path = self.endpoint.path;
        let path = path.strip_suffix(":id").unwrap_or(path);
        [base_url.trim_end_matches('/'), path, &self.id, &self.query].concat()
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

impl QueryValue for bool {
    fn text(&self) -> String {
        if *self { "true".into() } else { "false".into() }
    }
}

impl QueryValue for WholeFromOne {
    fn text(&self) -> String {
        super::scan::itoa(self.0 as usize)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
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

    #[test]
    fn ids_stay_one_step_of_the_path() {
        const DELETE: Endpoint = Endpoint::delete("/api/delete/:id");
        let url = |id: &str| Request::new(&DELETE).id(&Id::new(id.into()).unwrap()).url("/omicall");
        for (id, step) in [
            ("62ff11b208d4bf3ea694a6f3", "62ff11b208d4bf3ea694a6f3"),
            ("../x", "..%2Fx"),
            ("a/b", "a%2Fb"),
            ("?", "%3F"),
            ("#", "%23"),
            ("...", "..."),
            ("%2e%2e", "%252e%252e"),
            ("a\\b", "a%5Cb"),
            (":id", "%3Aid"),
            ("Nhóm 📞", "Nh%C3%B3m%20%F0%9F%93%9E"),
        ] {
            assert_eq!(url(id), ["/omicall/api/delete/", step].concat());
        }
        for refused in ["", " ", ".", ".."] {
            assert_eq!(Id::new(refused.into()), None, "{refused:?}");
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    const LIST: Endpoint = Endpoint::get("/api/list");

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(keyword in "\\PC{0,40}|[\\x00-\\x7f]{0,40}|[%2-7a-fA-F]{0,40}") {
            let url = Request::new(&LIST).query("keyword", Some(keyword.as_str())).url("https://example.com");
            let sent = url.strip_prefix("https://example.com/api/list?keyword=").map(String::from);
            prop_assert!(sent.is_some(), "{}", url);
            let sent = sent.unwrap_or_default();
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte);
            prop_assert!(sent.bytes().all(plain), "{}", sent);
            prop_assert_eq!(percent_decode_str(&sent).decode_utf8_lossy(), keyword);
        }
    }
}
