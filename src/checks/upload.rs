//! The check of a recording before it is uploaded, which reads only the bytes that it needs.

use std::cell::RefCell;

use omicall_checks::{
    greeting_file::{self, Mp3Probe},
    rules::text::check_greeting_name,
    tenant::Tenant,
};
use omicall_issues::{Language, Report};
use omicall_schema::draft::Value;
use wasm_bindgen::prelude::*;

use super::payload::sendable;
use crate::convert::error::ThrownError;

/// A check in progress. It is not exported to pages: `bundled/upload-check.js` reads the bytes that it asks for.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct UploadCheck {
    probe: RefCell<Mp3Probe>,
    report: RefCell<Report>,
}

#[wasm_bindgen]
impl UploadCheck {
    /// Starts to check a file of `size` bytes, and checks the name if there is one: without, the server chooses it.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(size: f64, name: Option<String>, language: &str) -> Self {
        let tenant = Tenant { language: Value::Text(language), ..Tenant::default() };
        let mut report = greeting_file::new_report(size, &tenant);
        if let Some(name) = &name {
            check_greeting_name(Value::Text(name), &mut report);
        }
        UploadCheck { probe: RefCell::new(Mp3Probe::new(size)), report: RefCell::new(report) }
    }

    /// The start and the end of the next bytes to read; `undefined` if there are none.
    #[wasm_bindgen(js_name = nextRange, skip_typescript)]
    pub fn next_range(&self) -> Option<Vec<f64>> {
        self.probe.borrow().next_range().map(|(start, end)| vec![start, end])
    }

    /// Checks these bytes.
    #[wasm_bindgen(skip_typescript)]
    pub fn feed(&self, bytes: &[u8]) {
        self.probe.borrow_mut().feed(bytes, &mut self.report.borrow_mut());
    }

    /// The issues that do not prevent the upload, at the end of the check; throws if one does.
    #[wasm_bindgen(skip_typescript)]
    pub fn issues(&self, endpoint: &str) -> Result<JsValue, ThrownError> {
        let nothing = Report::new(Language::English, true);
        sendable("upload", self.report.replace(nothing), endpoint)
    }
}
