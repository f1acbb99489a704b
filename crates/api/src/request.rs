//! What is to be sent, as data: URL and body. It contains no token.

use omicall_schema::compact::{digits, percent_encoded};

use crate::{endpoint::Endpoint, record_id::RecordId};

/// The query parameter that says which page of a list.
const PAGE: &str = "page";

/// As it stands in a query or a path segment of an address: all but RFC 3986's unreserved characters percent-encoded.
pub fn encoded(text: &str) -> String {
    percent_encoded(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
}

/// What is sent in the body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON text.
    Json(String),
    /// A form, which whoever sends the request has.
    Form,
}

/// One request to an endpoint.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it goes.
    pub endpoint: &'static Endpoint,
    id: String,
    query: Vec<(&'static str, String)>,
    /// What is sent in the body.
    pub body: Body,
}

impl Request {
    /// A request without a query and a body.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Request { endpoint, id: String::new(), query: Vec::new(), body: Body::None }
    }

    /// For this record: its id takes the place of `:id` in the path, percent-encoded.
    pub fn id(mut self, id: &RecordId) -> Self {
        self.id = encoded(id.as_str());
        self
    }

    /// With a JSON body.
    pub fn json(mut self, body: String) -> Self {
        self.body = Body::Json(body);
        self
    }

    /// With a form in the body.
    pub fn form(mut self) -> Self {
        self.body = Body::Form;
        self
    }

    /// With the endpoint's query parameters, percent-encoded; what `value_of` does not give is left out.
    pub fn query<E>(mut self, value_of: impl Fn(&str) -> Result<Option<String>, E>) -> Result<Self, E> {
        for field in self.endpoint.query {
            let (name, default) =
                field.split_once('=').map_or((*field, None), |(name, text)| (name, Some(text)));
            if let Some(text) = value_of(name)?.or_else(|| default.map(String::from)) {
                self = self.with(name, &text);
            }
        }
        Ok(self)
    }

    /// With one more query parameter, percent-encoded.
    pub fn with(mut self, name: &'static str, text: &str) -> Self {
        self.query.push((name, encoded(text)));
        self
    }

    /// The page of a list that it asks for.
    pub fn page(&self) -> Option<u32> {
        let (_, page) = self.query.iter().find(|(name, _)| *name == PAGE)?;
        page.parse().ok()
    }

    /// For another page of the list.
    pub fn at_page(mut self, page: u32) -> Self {
        let page = digits(page as usize);
        match self.query.iter_mut().find(|(name, _)| *name == PAGE) {
            Some((_, text)) => *text = page,
            None => self.query.push((PAGE, page)),
        }
        self
    }

    /// The address to fetch, below `base_url`.
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
pub mod for_tests {
    //! Requests from plain fields.

    use super::*;

    /// A request with these fields of its argument.
    pub fn queried(endpoint: &'static Endpoint, fields: &[(&str, &str)]) -> Request {
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

    use super::{for_tests::queried, *};

    static LIST: Endpoint = Endpoint::get("/api/list", &Schema::Any).query(&["keyword", "page"]);

    #[test]
    fn keywords_are_encoded_whatever_they_hold() {
        let url = |keyword: &str| queried(&LIST, &[("keyword", keyword)]).url("https://example.com/");
        assert_eq!(url("a&b=c#d/e?f"), "https://example.com/api/list?keyword=a%26b%3Dc%23d%2Fe%3Ff");
        assert_eq!(url("Nguyễn"), "https://example.com/api/list?keyword=Nguy%E1%BB%85n");
        assert_eq!(url("📞 +84%"), "https://example.com/api/list?keyword=%F0%9F%93%9E%20%2B84%25");
        assert_eq!(url("../x"), "https://example.com/api/list?keyword=..%2Fx");
    }

    #[test]
    fn parameters_without_a_value_are_left_out() {
        assert_eq!(queried(&LIST, &[("page", "2")]).url("/omicall"), "/omicall/api/list?page=2");
        assert_eq!(queried(&LIST, &[("other", "2")]).url("/omicall"), "/omicall/api/list");
    }

    #[test]
    fn ids_stay_one_step_of_the_path() {
        static DELETE: Endpoint = Endpoint::delete("/api/delete/:id", &Schema::Any);
        let url = |id: &str| Request::new(&DELETE).id(&RecordId::new(id.into()).unwrap()).url("/omicall");
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
            assert_eq!(RecordId::new(refused.into()), None, "{refused:?}");
        }
    }
}

#[cfg(test)]
mod properties {
    use omicall_schema::Schema;
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::{for_tests::queried, *};

    static LIST: Endpoint = Endpoint::get("/api/list", &Schema::Any).query(&["keyword"]);

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(keyword in "\\PC{0,40}|[\\x00-\\x7f]{0,40}|[%2-7a-fA-F]{0,40}") {
            let url = queried(&LIST, &[("keyword", &keyword)]).url("https://example.com");
            let sent = url.strip_prefix("https://example.com/api/list?keyword=").map(String::from);
            prop_assert!(sent.is_some(), "{}", url);
            let sent = sent.unwrap_or_default();
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte);
            prop_assert!(sent.bytes().all(plain), "{}", sent);
            prop_assert_eq!(percent_decode_str(&sent).decode_utf8_lossy(), keyword);
        }
    }
}
