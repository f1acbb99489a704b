//! Errors in JavaScript.

use omicall_api::error::{Cause, Error};
use omicall_issues::ArgumentError;
use wasm_bindgen::prelude::*;

use super::to_js::to_js;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/**
 * The error class of this package: everything throws or rejects with it.
 *
 * @example
 * ```ts
 * try {
 *   await callCenter.phones.list();
 * } catch (error) {
 *   if (error instanceof OmiCallError && error.kind === "auth") signInAgain();
 *   else throw error;
 * }
 * ```
 */
export class OmiCallError extends Error {
    private constructor();
    /** Always `"OmiCallError"`, even in minified code. */
    readonly name: "OmiCallError";
    /**
     * What the platform, your `fetch` or your `getAccessToken` threw, or the reason of your `signal`. A copy, because the
     * object itself may contain anything, such as a response with passwords. Tokens and keys in it are `***`, and what
     * `JSON.parse` could not parse is not quoted.
     */
    readonly cause?: ErrorCause;
    /**
     * Includes the message, so that `JSON.stringify` and loggers get it too.
     *
     * @example
     * ```ts
     * await fetch("/my-backend/log", { method: "POST", body: JSON.stringify(error) });
     * ```
     */
    toJSON(): Pick<Error, "name" | "message"> & ErrorFields;
}
export interface OmiCallError extends Readonly<ErrorFields> {}

/** A copy of what was thrown: name, message and stack, truncated if they are long. */
export interface ErrorCause extends Error {
    /** The platform's error code, e.g. `"ECONNREFUSED"` in Node. */
    readonly code?: string;
    /** Its own cause, at most four levels deep. */
    readonly cause?: ErrorCause;
}
"#;

#[wasm_bindgen(module = "/src/js/error.js")]
extern "C" {
    /// The error class that pages see.
    #[wasm_bindgen(extends = js_sys::Error)]
    #[derive(Debug)]
    pub type OmiCallError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, fields: &JsValue) -> OmiCallError;

    /// `None` if `undefined` was thrown.
    #[wasm_bindgen(js_name = causeJson)]
    fn cause_json(thrown: &JsValue) -> Option<String>;
}

/// The error of an exported function.
#[derive(Debug)]
pub enum ThrownError {
    /// Becomes an `OmiCallError`.
    New(Error),
    /// Already is one: another module made it.
    Thrown(JsValue),
}

impl From<Error> for ThrownError {
    fn from(error: Error) -> Self {
        ThrownError::New(error)
    }
}

impl From<ArgumentError> for ThrownError {
    fn from(error: ArgumentError) -> Self {
        ThrownError::New(error.into())
    }
}

impl From<ThrownError> for JsValue {
    fn from(error: ThrownError) -> Self {
        match error {
            ThrownError::New(error) => OmiCallError::new(error.message(), &to_js(&error)).into(),
            ThrownError::Thrown(error) => error,
        }
    }
}

/// Copies what was thrown, at most four levels deep, and truncates long strings. `None` if `undefined` was thrown.
pub fn read_cause(thrown: &JsValue) -> Option<Cause> {
    cause_json(thrown).map(Cause)
}
