//! Promises of work done in Rust.

use std::{future::Future, pin::Pin};

use js_sys::Promise;
use omicall_api::error::Error;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::error::ThrownError;

/// A promise of what the work returns.
pub fn promise(work: impl Future<Output = Result<JsValue, Error>> + 'static) -> Promise {
    boxed(Box::pin(work))
}

/// Boxed, because each type of future that wasm-bindgen drives costs 2 KB.
fn boxed(work: Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>) -> Promise {
    future_to_promise(async move { work.await.map_err(|error| ThrownError::from(error).into()) })
}
