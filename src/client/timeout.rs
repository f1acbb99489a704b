//! What ends a call from outside: its timeout, and the page's abort signal.

use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};

use js_sys::Promise;
use omicall_api::{call::Ended, error::Error};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::error::read_cause;

/// `setTimeout` fires at once beyond this many milliseconds.
const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    #[derive(Debug)]
    type Timer;

    /// Throws if there is no AbortController; `None` if `signal` is not a signal.
    #[wasm_bindgen(catch, js_name = startTimer)]
    fn start_timer(ms: u32, signal: &JsValue) -> Result<Option<Timer>, JsValue>;

    /// `"aborted"` or `"timed-out"`; `None` until then.
    #[wasm_bindgen(method, getter)]
    fn ended(this: &Timer) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &Timer) -> AbortSignal;

    /// Settles when the call is ended, and when the timer is stopped.
    #[wasm_bindgen(method, getter)]
    fn over(this: &Timer) -> Promise;

    #[wasm_bindgen(method)]
    fn reason(this: &Timer) -> JsValue;

    #[wasm_bindgen(method)]
    fn wait(this: &Timer, ms: f64) -> Promise;

    #[wasm_bindgen(method)]
    fn stop(this: &Timer);
}

/// Ends a call. Dropping it clears the timer and removes the listener.
#[derive(Debug)]
pub struct AbortTimer {
    timer: Timer,
    over: RefCell<JsFuture>,
}

impl AbortTimer {
    /// Starts the timer; `signal` is what the page passed, `undefined` included.
    pub fn start(timeout_ms: u32, signal: Option<&JsValue>) -> Result<Self, Error> {
        let timer = start_timer(timeout_ms.min(LONGEST_TIMER_MS), signal.unwrap_or(&JsValue::UNDEFINED));
        let timer = timer.map_err(|thrown| {
            Error::usage("this JavaScript engine has no AbortController: use a newer one.")
                .with_cause(read_cause(&thrown))
        })?;
        let timer = timer.ok_or_else(|| {
            Error::invalid_argument("options", "/signal".into(), &["must be an AbortSignal."])
        })?;
        let over = RefCell::new(JsFuture::from(timer.over()));
        Ok(AbortTimer { timer, over })
    }

    /// Does the work, unless the call is ended first.
    pub async fn race<T>(&self, work: impl Future<Output = T>) -> Result<T, Ended> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Some(ended) = self.ended() {
                return Poll::Ready(Err(ended));
            }
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            // Polled only to register the waker; the result is read from `ended()`.
            let _ = Pin::new(&mut *self.over.borrow_mut()).poll(context);
            Poll::Pending
        })
        .await
    }

    /// What a promise settles with, unless the call is ended first.
    pub async fn settled(&self, promise: Promise) -> Result<Result<JsValue, JsValue>, Ended> {
        self.race(JsFuture::from(promise)).await
    }

    /// A promise that settles after so many milliseconds, or when the call is ended.
    pub fn wait(&self, ms: f64) -> Promise {
        self.timer.wait(ms)
    }

    /// The signal for a `fetch` of this call.
    pub fn signal(&self) -> AbortSignal {
        self.timer.signal()
    }

    fn ended(&self) -> Option<Ended> {
        match self.timer.ended()?.as_str() {
            "aborted" => Some(Ended::Aborted(read_cause(&self.timer.reason()))),
            _ => Some(Ended::TimedOut),
        }
    }
}

impl Drop for AbortTimer {
    fn drop(&mut self) {
        self.timer.stop();
    }
}
