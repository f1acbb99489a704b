//! Why a failure happened: what was thrown, as data.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// What was thrown, and why. Its texts alone: the object itself may hold anything, a response with passwords included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The name of its class, e.g. `TypeError`.
    pub name: String,
    /// Its sentence; what was thrown instead of an error, as a string.
    pub message: String,
    /// The platform's code, e.g. `ECONNREFUSED`.
    pub code: Option<String>,
    /// Where it was thrown.
    pub stack: Option<String>,
    /// What led to it.
    pub cause: Option<Box<Cause>>,
}

#[wasm_bindgen(module = "/src/client/error.js")]
extern "C" {
    #[wasm_bindgen(js_name = causeOf)]
    fn cause_of(thrown: &JsValue) -> JsValue;
}

impl Cause {
    /// Reads what was thrown, four levels of it at most, and no more than the beginning of long texts. Nothing where
    /// `undefined` was thrown.
    #[inline(never)]
    pub fn of(thrown: &JsValue) -> Option<Box<Self>> {
        Cause::read(&cause_of(thrown))
    }

    fn read(data: &JsValue) -> Option<Box<Self>> {
        if data.is_undefined() {
            return None;
        }
        let member = |name: &str| Reflect::get(data, &name.into()).unwrap_or_default();
        let text = |name| member(name).as_string();
        Some(Box::new(Cause {
            name: text("name")?,
            message: text("message")?,
            code: text("code"),
            stack: text("stack"),
            cause: Cause::read(&member("cause")),
        }))
    }
}
