//! An HTTP request as data: URL and body. It contains no token.

use omicall_schema::compact::{parse_u32, percent_encode, usize_to_string};

use crate::{endpoint::Endpoint, record_id::RecordId};

/// The query parameter for the number of the list page.
const PAGE: &str = "page";

/// Encodes a query value or a path segment: percent-encodes all but the unreserved characters of RFC 3986.
pub fn encode_component(text: &str) -> String {
    percent_encode(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
}

/// One request to an endpoint.
#[derive(Debug, Clone)]
pub struct Request {
    /// The endpoint.
    pub endpoint: &'static Endpoint,
    id: String,
    query: Vec<(&'static str, String)>,
    /// The body as JSON text; `None` if it has no body, or a form.
    pub json: Option<String>,
}

impl Request {
    /// Creates a request without a query or a body.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Request { endpoint, id: String::new(), query: Vec::new(), json: None }
    }

    /// Sets the id of the record, which replaces `:id` in the path, percent-encoded.
    pub fn id(mut self, id: &RecordId) -> Self {
        self.id = encode_component(id.as_str());
        self
    }

    /// Sets a JSON body.
    pub fn with_json(mut self, body: String) -> Self {
        self.json = Some(body);
        self
    }

    /// Adds the endpoint's query parameters, percent-encoded; those without a value from `value_of` or a default are omitted.
    pub fn query<E>(mut self, value_of: impl Fn(&str) -> Result<Option<String>, E>) -> Result<Self, E> {
        for field in self.endpoint.query {
            let length = field.bytes().position(|byte| byte == b'=').unwrap_or(field.len());
            let (name, default) = field.split_at_checked(length).unwrap_or_default();
            if let Some(text) = value_of(name)?.or_else(|| default.strip_prefix('=').map(String::from)) {
                self = self.query_param(name, &text);
            }
        }
        Ok(self)
    }

    /// Adds a query parameter, percent-encoded.
    pub fn query_param(mut self, name: &'static str, text: &str) -> Self {
        self.query.push((name, encode_component(text)));
        self
    }

    /// The number of the list page, if the query has one.
    pub fn page(&self) -> Option<u32> {
        let (_, page) = self.query.iter().find(|(name, _)| *name == PAGE)?;
        parse_u32(page.as_bytes())
    }

    /// Changes the number of the list page.
    pub fn with_page(mut self, page: u32) -> Self {
        let page = usize_to_string(page as usize);
        match self.query.iter_mut().find(|(name, _)| *name == PAGE) {
            Some((_, text)) => *text = page,
            None => self.query.push((PAGE, page)),
        }
        self
    }

    /// The URL to fetch, below `base_url`.
    pub fn url(&self, base_url: &str) -> String {
        let path = self.endpoint.path;
        let path = path.strip_suffix(":id").unwrap_or(path);
        let mut url = [base_url.trim_end_matches('/'), path, &self.id].concat();
        for (index, (name, text)) in self.query.iter().enumerate() {
            url.push_str(&[if index == 0 { "?" } else { "&" }, name, "=", text].concat());
        }
        url
    }
}

#[cfg(test)]
pub mod test_support {
    //! Makes requests for tests.

    use super::*;

    /// A request whose argument has these fields.
    pub fn request_with(endpoint: &'static Endpoint, fields: &[(&str, &str)]) -> Request {
        let value_of =
            |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, text)| (*text).into());
        let Ok(request) =
            Request::new(endpoint).query(|name| Ok::<_, std::convert::Infallible>(value_of(name)));
        request
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use omicall_schema::Schema;

    use super::{test_support::request_with, *};

    static LIST: Endpoint = Endpoint::get("/api/list", &Schema::Any).query(&["keyword", "page"]);

    #[test]
    fn keywords_are_percent_encoded() {
        let url = |keyword: &str| request_with(&LIST, &[("keyword", keyword)]).url("https://example.com/");
        assert_eq!(url("a&b=c#d/e?f"), "https://example.com/api/list?keyword=a%26b%3Dc%23d%2Fe%3Ff");
        assert_eq!(url("Nguyễn"), "https://example.com/api/list?keyword=Nguy%E1%BB%85n");
        assert_eq!(url("📞 +84%"), "https://example.com/api/list?keyword=%F0%9F%93%9E%20%2B84%25");
        assert_eq!(url("../x"), "https://example.com/api/list?keyword=..%2Fx");
    }

    #[test]
    fn parameters_without_a_value_are_omitted() {
        assert_eq!(request_with(&LIST, &[("page", "2")]).url("/omicall"), "/omicall/api/list?page=2");
        assert_eq!(request_with(&LIST, &[("other", "2")]).url("/omicall"), "/omicall/api/list");
    }

    #[test]
    fn an_id_stays_one_path_segment() {
        static DELETE: Endpoint = Endpoint::delete("/api/delete/:id", &Schema::Any);
        let url = |id: &str| Request::new(&DELETE).id(&RecordId::new(id.into()).unwrap()).url("/omicall");
        for (id, segment) in [
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
            assert_eq!(url(id), ["/omicall/api/delete/", segment].concat());
        }
        for invalid in ["", " ", ".", ".."] {
            assert_eq!(RecordId::new(invalid.into()), None, "{invalid:?}");
        }
    }
}

#[cfg(test)]
mod properties {
    use omicall_schema::Schema;
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::{test_support::request_with, *};

    static LIST: Endpoint = Endpoint::get("/api/list", &Schema::Any).query(&["keyword"]);

    proptest! {
        #[test]
        fn encoded_keywords_decode_to_themselves(keyword in "\\PC{0,40}|[\\x00-\\x7f]{0,40}|[%2-7a-fA-F]{0,40}") {
            let url = request_with(&LIST, &[("keyword", &keyword)]).url("https://example.com");
            let sent = url.strip_prefix("https://example.com/api/list?keyword=").map(String::from);
            prop_assert!(sent.is_some(), "{}", url);
            let sent = sent.unwrap_or_default();
            let is_unreserved_or_percent = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte);
            prop_assert!(sent.bytes().all(is_unreserved_or_percent), "{}", sent);
            prop_assert_eq!(percent_decode_str(&sent).decode_utf8_lossy(), keyword);
        }
    }
}
