//! What came in to a world, for tests that count requests; without anything secret.

use std::sync::{Arc, OnceLock};

use axum::response::Response;
use serde_json::{Value, json};

use super::HangUp;
use crate::Request;

/// The requests to the API in the order in which they came. Preflights are not among them: when a browser sends one
/// and when it remembers the last is its own affair.
#[derive(Debug, Default)]
pub(super) struct Log(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    request: Value,
    answer: Noted,
}

/// The place where the answer to a request is noted down.
#[derive(Clone, Debug, Default)]
pub(super) struct Noted(Arc<OnceLock<u16>>);

impl Log {
    pub(super) fn arrived<'a>(&mut self, request: &Request, headers: impl Iterator<Item = &'a str>) -> Noted {
        let query: Vec<[&str; 2]> = request
            .query
            .iter()
            .map(|(name, value)| [name.as_str(), if name == "apiKey" { "***" } else { value }])
            .collect();
        let mut headers: Vec<&str> = headers.collect();
        headers.sort_unstable();
        let answer = Noted::default();
        let request =
            json!({ "method": request.method, "path": request.path, "query": query, "headers": headers });
        self.0.push(Entry { request, answer: answer.clone() });
        answer
    }

    pub(super) fn to_json(&self) -> Value {
        self.0
            .iter()
            .map(|entry| {
                let mut request = entry.request.clone();
                if let Some(fields) = request.as_object_mut() {
                    fields.insert("status".to_owned(), json!(entry.answer.0.get()));
                }
                request
            })
            .collect()
    }
}

impl Noted {
    /// Notes the status that is sent; where the connection is closed instead there is none.
    pub(super) fn answered(self, response: Response) -> Response {
        if response.extensions().get::<HangUp>().is_none() {
            let _ = self.0.set(response.status().as_u16());
        }
        response
    }
}
