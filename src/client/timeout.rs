//! Cancels a call: by its timeout or the page's abort signal.

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

    /// Settles like `promise`, or when the call is cancelled.
    #[wasm_bindgen(method)]
    fn race(this: &Timer, promise: &Promise) -> Promise;

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
        Ok(AbortTimer { timer, timeout_ms })
    }

    /// The timeout, in milliseconds.
    pub fn timeout_ms(&self) -> u32 {
        self.timeout_ms
    }

    /// Awaits a promise, unless the call is cancelled first.
    pub async fn settled(&self, promise: &Promise) -> Result<Result<JsValue, JsValue>, Cancelled> {
        let result = JsFuture::from(self.timer.race(promise)).await;
        self.unless_cancelled()?;
        Ok(result)
    }

    /// Fails if the call is cancelled.
    pub fn unless_cancelled(&self) -> Result<(), Cancelled> {
        match self.timer.cancelled().as_deref() {
            None => Ok(()),
            Some("aborted") => Err(Cancelled::Aborted(read_cause(&self.timer.reason()))),
            Some(_) => Err(Cancelled::TimedOut),
        }
    }

    /// A promise that settles after `ms` milliseconds, or when the call is cancelled.
    pub fn wait(&self, ms: f64) -> Promise {
        self.timer.wait(ms)
    }

    /// The signal for a `fetch` of this call.
    pub fn signal(&self) -> AbortSignal {
        self.timer.signal()
    }
}

impl Drop for AbortTimer {
    fn drop(&mut self) {
        self.timer.stop();
    }
}
