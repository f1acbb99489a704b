//! Checks a payload against the rules, which are in the module of the checks. The first check loads it.

use js_sys::{Array, Function, Promise};
use omicall_api::{call::cancelled_error, endpoint::Endpoint};
use omicall_issues::Language;
use wasm_bindgen::prelude::*;

use super::{state::Client, timeout::AbortTimer};
use crate::convert::error::ThrownError;

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// Whether a check can run at once.
    #[wasm_bindgen(js_name = areChecksLoaded)]
    pub fn are_checks_loaded() -> bool;

    /// A promise of the issues that do not prevent sending. Rejects with an `OmiCallError`.
    #[wasm_bindgen(js_name = checkPayload)]
    fn check_payload(
        rules: &str,
        payload: &JsValue,
        id: Option<&str>,
        context: &JsValue,
        language: &str,
        endpoint: &str,
    ) -> Promise;

    /// Passes issues to `onIssue`, or without it shows in the console what an update would take away.
    #[wasm_bindgen(js_name = tellIssues)]
    fn tell_issues(on_issue: Option<&Function>, issues: &Array, endpoint: &str);
}

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// An IVR script.
    Script,
    /// A ring group.
    Group,
    /// Members to add to a ring group.
    NewMembers,
    /// Members to remove from a ring group.
    OldMembers,
    /// A text to be read out.
    TextToSpeech,
    /// A recording: an array of its Blob and its name, which may be `undefined`.
    Upload,
    /// The deletion of a record: whether it is deleted even if something uses it.
    Delete,
}

/// A payload to be checked before it is sent.
#[derive(Debug)]
pub struct PayloadCheck {
    /// What it is.
    pub rules: Rules,
    /// The copy of the argument; of a deletion, the option `force`.
    pub payload: JsValue,
    /// The id of the record that the payload changes.
    pub id: Option<String>,
    /// What the page says about its tenant; `undefined` for nothing.
    pub context: JsValue,
}

impl PayloadCheck {
    fn start(&self, language: Language, endpoint: &str) -> Promise {
        let rules = match self.rules {
            Rules::Upload => "upload",
            Rules::Script => "script",
            Rules::Group => "group",
            Rules::NewMembers => "new-members",
            Rules::OldMembers => "old-members",
            Rules::TextToSpeech => "text-to-speech",
            Rules::Delete => "delete",
        };
        let Self { payload, id, context, .. } = self;
        check_payload(rules, payload, id.as_deref(), context, language.as_str(), endpoint)
    }
}

impl Client {
    /// Rejects a payload with errors, and returns its warnings and hints.
    pub async fn check(
        &self,
        check: &PayloadCheck,
        endpoint: &'static Endpoint,
        timer: &AbortTimer,
    ) -> Result<Array, ThrownError> {
        let label = endpoint.label();
        let checked = match timer.unless_cancelled() {
            Ok(()) => timer.settled(&check.start(self.settings.language, &label)).await,
            Err(cancelled) => Err(cancelled),
        };
        match checked {
            Ok(issues) => Ok(issues.map_err(ThrownError::Thrown)?.unchecked_into()),
            Err(cancelled) => {
                let error = cancelled_error(cancelled, timer.timeout_ms());
                Err(error
                    .with_sentence(" It was still checking the payload.")
                    .with_endpoint(&label, 0)
                    .into())
            }
        }
    }

    /// Reports the warnings and hints about a payload that is sent.
    pub fn report_issues(&self, issues: &Array, endpoint: &'static Endpoint) {
        tell_issues(self.settings.hooks.on_issue.as_ref(), issues, &endpoint.label());
    }
}
