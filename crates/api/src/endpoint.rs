//! One endpoint of the API, declared once: method, path, argument and response.

use omicall_schema::Schema;

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
    /// Its HTTP method.
    pub method: HttpMethod,
    /// Its path below the base URL; `:id` is the id of a record.
    pub path: &'static str,
    /// What the payload of its response must be.
    pub response: &'static Schema,
    /// The name of its argument, for errors, and what the argument must be; `None` if it takes none.
    pub argument: Option<(&'static str, &'static Schema)>,
    /// The fields of the argument that are sent in the query, in this order: `keyword`, or `page=1` if the server wants a
    /// value each time.
    pub query: &'static [&'static str],
    /// The fields of the argument that are sent as JSON; `None` for no JSON body.
    pub body: Option<&'static Schema>,
}

impl Endpoint {
    const fn new(method: HttpMethod, path: &'static str, response: &'static Schema) -> Self {
        Endpoint { method, path, response, argument: None, query: &[], body: None }
    }

    /// An endpoint that only reads.
    pub const fn get(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Get, path, response)
    }

    /// An endpoint that adds or changes.
    pub const fn post(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Post, path, response)
    }

    /// An endpoint that changes.
    pub const fn put(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Put, path, response)
    }

    /// An endpoint that deletes.
    pub const fn delete(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Delete, path, response)
    }

    /// Takes an argument of that name.
    pub const fn argument(mut self, name: &'static str, schema: &'static Schema) -> Self {
        self.argument = Some((name, schema));
        self
    }

    /// Sends these fields of the argument in the query.
    pub const fn query(mut self, fields: &'static [&'static str]) -> Self {
        self.query = fields;
        self
    }

    /// Sends these fields of the argument as JSON.
    pub const fn body(mut self, schema: &'static Schema) -> Self {
        self.body = Some(schema);
        self
    }

    /// Takes an argument of that name and sends it as JSON.
    pub const fn json(self, name: &'static str, schema: &'static Schema) -> Self {
        self.argument(name, schema).body(schema)
    }

    /// Method and path template, as errors name an endpoint: `GET /api/call_center/internal_phone/list`.
    pub fn label(&self) -> String {
        [self.method.as_str(), " ", self.path].concat()
    }
}
