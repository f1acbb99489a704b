//! JavaScript promises of Rust futures.

use std::{future::Future, pin::Pin};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use crate::convert::error::ThrownError;

/// A promise of the result of a future.
pub fn promise(future: impl Future<Output = Result<JsValue, ThrownError>> + 'static) -> Promise {
    boxed_promise(Box::pin(future))
}

/// Boxed, because each type of future passed to wasm-bindgen costs 2 KB.
fn boxed_promise(future: Pin<Box<dyn Future<Output = Result<JsValue, ThrownError>>>>) -> Promise {
    future_to_promise(async move { future.await.map_err(JsValue::from) })
}
