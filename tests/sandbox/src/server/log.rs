//! The requests of a world, for tests that count them; without secrets.

use std::{
    mem,
    sync::{Arc, OnceLock},
};

use axum::response::Response;
use serde_json::{Value, json};

use super::HangUp;
use omicall_sandbox::{Request, secrets::is_secret};

/// The requests to the API in order of arrival. Without preflights, because the browser decides when it sends or caches
/// them.
#[derive(Debug, Default)]
pub(super) struct Log {
    entries: Vec<Entry>,
    /// From before the last reset.
    unfinished: Vec<ResponseLog>,
}

#[derive(Debug)]
struct Entry {
    request: Value,
    answer: ResponseLog,
}

/// Records the response to a request. The connection carries it, because only the connection knows whether all of the
/// response was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct ResponseLog(Arc<Answer>);

#[derive(Debug, Default)]
struct Answer {
    status: OnceLock<u16>,
    /// Set when nothing more is sent: whether the client disconnected.
    aborted: OnceLock<bool>,
}

impl Log {
    pub(super) fn arrived<'a>(
        &mut self,
        request: &Request,
        headers: impl Iterator<Item = &'a str>,
        answer: ResponseLog,
    ) {
        let query: Vec<[&str; 2]> = request
            .query
            .iter()
            .map(|(name, value)| [name.as_str(), if is_secret(name) { "***" } else { value }])
            .collect();
        let mut headers: Vec<&str> = headers.collect();
        headers.sort_unstable();
        let request =
            json!({ "method": request.method, "path": request.path, "query": query, "headers": headers });
        self.entries.push(Entry { request, answer });
    }

    /// Forgets all requests, but still counts the open ones.
    pub(super) fn clear(&mut self) {
        let entries = mem::take(&mut self.entries).into_iter().map(|entry| entry.answer);
        self.unfinished.extend(entries);
        self.unfinished.retain(ResponseLog::is_open);
    }

    /// How many requests are still open.
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

impl ResponseLog {
    /// Records the status; none if the connection is closed instead.
    pub(super) fn answered(self, response: Response) -> Response {
        if response.extensions().get::<HangUp>().is_none() {
            let _ = self.0.status.set(response.status().as_u16());
        }
        response
    }

    /// Records that nothing more is sent, and whether the client disconnected.
    pub(super) fn ended(&self, aborted: bool) {
        let _ = self.0.aborted.set(aborted);
    }

    fn is_open(&self) -> bool {
        self.0.aborted.get().is_none()
    }
}
