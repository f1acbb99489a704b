//! What came in to a world, for tests that count requests; without anything secret.

use std::{
    mem,
    sync::{Arc, OnceLock},
};

use axum::response::Response;
use serde_json::{Value, json};

use super::HangUp;
use crate::Request;

/// The requests to the API in the order in which they came. Preflights are not among them: when a browser sends one
/// and when it remembers the last is its own affair.
#[derive(Debug, Default)]
pub(super) struct Log {
    entries: Vec<Entry>,
    /// From before the last reset.
    unfinished: Vec<Noted>,
}

#[derive(Debug)]
struct Entry {
    request: Value,
    answer: Noted,
}

/// The place where the answer to a request is noted down. The connection brings it along, since only the connection
/// learns whether all of the answer left.
#[derive(Clone, Debug, Default)]
pub(super) struct Noted(Arc<Answer>);

#[derive(Debug, Default)]
struct Answer {
    status: OnceLock<u16>,
    /// Set once nothing more is sent: whether that was because the client went away.
    aborted: OnceLock<bool>,
}

impl Log {
    pub(super) fn arrived<'a>(
        &mut self,
        request: &Request,
        headers: impl Iterator<Item = &'a str>,
        answer: Noted,
    ) {
        let query: Vec<[&str; 2]> = request
            .query
            .iter()
            .map(|(name, value)| [name.as_str(), if name == "apiKey" { "***" } else { value }])
            .collect();
        let mut headers: Vec<&str> = headers.collect();
        headers.sort_unstable();
        let request =
            json!({ "method": request.method, "path": request.path, "query": query, "headers": headers });
        self.entries.push(Entry { request, answer });
    }

    /// Forgets all requests but that some of them are still being answered.
    pub(super) fn clear(&mut self) {
        let entries = mem::take(&mut self.entries).into_iter().map(|entry| entry.answer);
        self.unfinished.extend(entries);
        self.unfinished.retain(Noted::is_open);
    }

    /// How many requests are still being answered.
    pub(super) fn open(&self) -> usize {
        let answers = self.entries.iter().map(|entry| &entry.answer);
        answers.chain(&self.unfinished).filter(|answer| answer.is_open()).count()
    }

    pub(super) fn to_json(&self) -> Value {
        self.entries
            .iter()
            .map(|entry| {
                let mut request = entry.request.clone();
                let answer = &entry.answer.0;
                if let Some(fields) = request.as_object_mut() {
                    fields.insert("status".to_owned(), json!(answer.status.get()));
                    fields.insert("aborted".to_owned(), json!(answer.aborted.get() == Some(&true)));
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
            let _ = self.0.status.set(response.status().as_u16());
        }
        response
    }

    /// Notes that nothing more is sent, and whether that was because the client went away.
    pub(super) fn ended(&self, aborted: bool) {
        let _ = self.0.aborted.set(aborted);
    }

    fn is_open(&self) -> bool {
        self.0.aborted.get().is_none()
    }
}
