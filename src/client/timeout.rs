//! Cancels a call: by its timeout or the page's abort signal.

use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};

use js_sys::Promise;
use omicall_api::{call::Cancelled, error::Error};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use crate::convert::error::read_cause;

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    #[derive(Debug)]
    type Timer;

    /// Throws if there is no AbortController; `None` if `signal` is not a signal.
    #[wasm_bindgen(catch, js_name = startTimer)]
    fn start_timer(ms: u32, signal: &JsValue) -> Result<Option<Timer>, JsValue>;

    /// `"aborted"` or `"timed-out"`; `None` until then.
    #[wasm_bindgen(method, getter)]
    fn cancelled(this: &Timer) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &Timer) -> AbortSignal;

    /// Settles when the call is cancelled or the timer is stopped.
    #[wasm_bindgen(method, getter)]
    fn finished(this: &Timer) -> Promise;

    #[wasm_bindgen(method)]
    fn reason(this: &Timer) -> JsValue;

    #[wasm_bindgen(method)]
    fn wait(this: &Timer, ms: f64) -> Promise;

    #[wasm_bindgen(method)]
    fn stop(this: &Timer);
}

/// Cancels a call. Dropping it clears the timer and removes the abort listener.
#[derive(Debug)]
pub struct AbortTimer {
    timer: Timer,
    timeout_ms: u32,
    finished: RefCell<JsFuture>,
}

impl AbortTimer {
    /// Starts the timer; `signal` is what the page passed, `undefined` included.
    pub fn start(timeout_ms: u32, signal: Option<&JsValue>) -> Result<Self, Error> {
        let timer = start_timer(timeout_ms, signal.unwrap_or(&JsValue::UNDEFINED));
        let timer = timer.map_err(|thrown| {
            Error::usage("this JavaScript engine has no AbortController: use a newer version.")
                .with_cause(read_cause(&thrown))
        })?;
        let timer = timer.ok_or_else(|| {
            Error::invalid_argument("options", "/signal".into(), &["must be an AbortSignal."])
        })?;
        let finished = RefCell::new(JsFuture::from(timer.finished()));
        Ok(AbortTimer { timer, timeout_ms, finished })
    }

    /// The timeout, in milliseconds.
    pub fn timeout_ms(&self) -> u32 {
        self.timeout_ms
    }

    /// Awaits a future, unless the call is cancelled first.
    pub async fn race<T>(&self, future: impl Future<Output = T>) -> Result<T, Cancelled> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if let Some(cancelled) = self.cancelled() {
                return Poll::Ready(Err(cancelled));
            }
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            // Polled only to register the waker; the result is read from `cancelled()`.
            let _ = Pin::new(&mut *self.finished.borrow_mut()).poll(context);
            Poll::Pending
        })
        .await
    }

    /// Awaits a promise, unless the call is cancelled first.
    pub async fn settled(&self, promise: Promise) -> Result<Result<JsValue, JsValue>, Cancelled> {
        self.race(JsFuture::from(promise)).await
    }

    /// A promise that settles after `ms` milliseconds, or when the call is cancelled.
    pub fn wait(&self, ms: f64) -> Promise {
        self.timer.wait(ms)
    }

    /// The signal for a `fetch` of this call.
    pub fn signal(&self) -> AbortSignal {
        self.timer.signal()
    }

    fn cancelled(&self) -> Option<Cancelled> {
        match self.timer.cancelled()?.as_str() {
            "aborted" => Some(Cancelled::Aborted(read_cause(&self.timer.reason()))),
            _ => Some(Cancelled::TimedOut),
        }
    }
}

impl Drop for AbortTimer {
    fn drop(&mut self) {
        self.timer.stop();
    }
}
