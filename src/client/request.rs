//! What is to be sent, as data: method, path, query, body. Nothing here knows of a token or a network.

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::argument::Id;
use omicall_schema::compact::{percent_encode, usize_to_string};

/// The query parameter that says which page of a list.
const PAGE: &str = "page";

/// As it stands in a query or a path segment of an address: all but RFC 3986's unreserved characters percent-encoded.
pub fn encoded(text: &str) -> String {
    percent_encode(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
}

omicall_schema::string_enum! {
    /// The HTTP method of an endpoint.
    pub enum HttpMethod {
        /// Reads; safe to repeat.
        Get = "GET",
        /// Adds or changes.
        Post = "POST",
        /// Changes.
        Put = "PUT",
        /// Deletes.
        Delete = "DELETE",
    }
}

/// One call of the API.
#[derive(Debug)]
pub struct Endpoint {
    /// Its method.
    pub method: HttpMethod,
    /// Its path below the base URL; `:id` stands for the id of a record.
    pub path: &'static str,
    /// The fields of the argument that stand in the query, in this order: `keyword`, or `page=1` where the server wants
    /// a value each time.
    pub query: &'static [&'static str],
}

impl Endpoint {
    const fn new(method: HttpMethod, path: &'static str) -> Self {
        Endpoint { method, path, query: &[] }
    }

    /// An endpoint that only reads.
    pub const fn get(path: &'static str) -> Self {
        Endpoint::new(HttpMethod::Get, path)
    }

    /// An endpoint that adds or changes.
    pub const fn post(path: &'static str) -> Self {
        Endpoint::new(HttpMethod::Post, path)
    }

    /// An endpoint that changes.
    pub const fn put(path: &'static str) -> Self {
        Endpoint::new(HttpMethod::Put, path)
    }

    /// An endpoint that deletes.
    pub const fn delete(path: &'static str) -> Self {
        Endpoint::new(HttpMethod::Delete, path)
    }

    /// With these fields of the argument in its query.
    pub const fn query(mut self, fields: &'static [&'static str]) -> Self {
        self.query = fields;
        self
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
    query: Vec<(&'static str, String)>,
    /// What is sent in the body.
    pub body: Option<Body>,
}

impl Request {
    /// A request without a query and a body.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Request { endpoint, id: String::new(), query: Vec::new(), body: None }
    }

    /// For this record: its id takes the place of `:id` in the path, percent-encoded.
    pub fn id(mut self, id: &Id) -> Self {
        self.id = encoded(id.as_str());
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
        let page = usize_to_string(page as usize);
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

/// A request of these fields for native tests, where there is no JavaScript to read them from.
#[cfg(test)]
pub fn queried(endpoint: &'static Endpoint, fields: &[(&str, &str)]) -> Request {
    let value_of =
        |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, text)| (*text).into());
    let Ok(request) = Request::new(endpoint).query(|name| Ok::<_, std::convert::Infallible>(value_of(name)));
    request
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    const LIST: Endpoint = Endpoint::get("/api/list").query(&["keyword", "page"]);

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

    const LIST: Endpoint = Endpoint::get("/api/list").query(&["keyword"]);

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
