//! An endpoint of the API, declared once: method, path, argument and response.

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

/// An endpoint of the API.
#[derive(Debug)]
pub struct Endpoint {
    /// Its HTTP method.
    pub method: HttpMethod,
    /// Its path below the base URL; `:id` is the id of a record.
    pub path: &'static str,
    /// The schema of the payload of its response.
    pub response: &'static Schema,
    /// The name and schema of its argument; `None` if it has none. The name appears in errors.
    pub argument: Option<(&'static str, &'static Schema)>,
    /// The fields of the argument that are sent in the query, in this order: `keyword`, or `page=1` with a default if the
    /// server requires a value.
    pub query: &'static [&'static str],
    /// The schema of the fields that are sent as JSON; `None` for no JSON body.
    pub body: Option<&'static Schema>,
    /// Whether the passwords in its responses are masked, unless a call asks for them.
    pub masks_passwords: bool,
}

impl Endpoint {
    const fn new(method: HttpMethod, path: &'static str, response: &'static Schema) -> Self {
        Endpoint { method, path, response, argument: None, query: &[], body: None, masks_passwords: true }
    }

    /// A GET endpoint.
    pub const fn get(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Get, path, response)
    }

    /// A POST endpoint.
    pub const fn post(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Post, path, response)
    }

    /// A PUT endpoint.
    pub const fn put(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Put, path, response)
    }

    /// A DELETE endpoint.
    pub const fn delete(path: &'static str, response: &'static Schema) -> Self {
        Endpoint::new(HttpMethod::Delete, path, response)
    }

    /// Adds an argument.
    pub const fn argument(mut self, name: &'static str, schema: &'static Schema) -> Self {
        self.argument = Some((name, schema));
        self
    }

    /// Sends these fields of the argument in the query.
    pub const fn query(mut self, fields: &'static [&'static str]) -> Self {
        self.query = fields;
        self
    }

    /// Sends the fields of this schema as JSON.
    pub const fn body(mut self, schema: &'static Schema) -> Self {
        self.body = Some(schema);
        self
    }

    /// Adds an argument that is sent as JSON.
    pub const fn json(self, name: &'static str, schema: &'static Schema) -> Self {
        self.argument(name, schema).body(schema)
    }

    /// Leaves the passwords in its responses, which a call is made for.
    pub const fn keep_passwords(mut self) -> Self {
        self.masks_passwords = false;
        self
    }

    /// Whether the path has the id of a record.
    pub fn has_id(&self) -> bool {
        self.path.ends_with(":id")
    }

    /// Method and path template, as in errors: `GET /api/call_center/internal_phone/list`.
    pub fn label(&self) -> String {
        [self.method.as_str(), " ", self.path].concat()
    }
}
