//! The end of a call: its deadline and the page's abort signal, over all that the call waits for.

use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::error::{Cause, ErrorKind, Failure};
use omicall_schema::compact::digits;

/// `setTimeout` fires at once beyond this many milliseconds.
const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    #[derive(Debug)]
    type Clock;

    /// Fails where there is no AbortController; nothing where `signal` is no signal.
    #[wasm_bindgen(catch, js_name = startClock)]
    fn start_clock(ms: u32, signal: &JsValue) -> Result<Option<Clock>, JsValue>;

    /// 0 until the call was ended, then 1 for the page's signal or 2 for the deadline.
    #[wasm_bindgen(method, getter)]
    fn why(this: &Clock) -> u8;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &Clock) -> AbortSignal;

    /// Settles when the call is ended, and when the clock is stopped.
    #[wasm_bindgen(method, getter)]
    fn ended(this: &Clock) -> Promise;

    #[wasm_bindgen(method)]
    fn reason(this: &Clock) -> JsValue;

    #[wasm_bindgen(method)]
    fn pause(this: &Clock, ms: f64) -> Promise;

    #[wasm_bindgen(method)]
    fn stop(this: &Clock);
}

/// Why a call was ended from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The page's signal aborted.
    Aborted,
    /// The deadline passed.
    TimedOut,
}

/// Ends a call. Dropping it takes the timer and the listener away.
#[derive(Debug)]
pub struct Deadline {
    clock: Clock,
    ended: RefCell<JsFuture>,
    timeout_ms: u32,
    ends_at: f64,
}

impl Deadline {
    /// Starts the clock; `signal` is what the page passed, `undefined` included.
    pub fn start(timeout_ms: u32, signal: Option<&JsValue>) -> Result<Self, Failure> {
        let clock = start_clock(timeout_ms.min(LONGEST_TIMER_MS), signal.unwrap_or(&JsValue::UNDEFINED));
        let clock = clock.map_err(|thrown| {
            Failure::usage("this JavaScript engine has no AbortController: use a newer one.")
                .because(Cause::of(&thrown))
        })?;
        let clock = clock.ok_or_else(|| {
            Failure::usage("`options.signal` must be an AbortSignal.")
                .with(|fields| fields.path = Some("/signal".into()))
        })?;
        let ended = RefCell::new(JsFuture::from(clock.ended()));
        Ok(Deadline { clock, ended, timeout_ms, ends_at: js_sys::Date::now() + f64::from(timeout_ms) })
    }

    /// Does the work, unless the call is ended first.
    pub async fn race<T>(&self, work: impl Future<Output = T>) -> Result<T, Stop> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Some(why) = self.stopped() {
                return Poll::Ready(Err(why));
            }
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            // For the wake-up alone: what it tells is asked for above.
            let _ = Pin::new(&mut *self.ended.borrow_mut()).poll(context);
            Poll::Pending
        })
        .await
    }

    /// What a promise settles with, unless the call is ended first.
    pub async fn settled(&self, promise: Promise) -> Result<Result<JsValue, JsValue>, Stop> {
        self.race(JsFuture::from(promise)).await
    }

    /// Lets time pass.
    pub fn pause(&self, ms: f64) -> Promise {
        self.clock.pause(ms)
    }

    fn stopped(&self) -> Option<Stop> {
        match self.clock.why() {
            0 => None,
            1 => Some(Stop::Aborted),
            _ => Some(Stop::TimedOut),
        }
    }

    /// The signal that ends a `fetch` of this call.
    pub fn fetch_signal(&self) -> AbortSignal {
        self.clock.signal()
    }

    /// How many milliseconds are left.
    pub fn left_ms(&self) -> f64 {
        self.ends_at - js_sys::Date::now()
    }

    /// What the page sees when the call was ended.
    pub fn failure(&self, why: Stop) -> Failure {
        match why {
            Stop::Aborted => Failure::new(ErrorKind::Aborted, "the call was aborted by its signal.")
                .because(Cause::of(&self.clock.reason())),
            Stop::TimedOut => {
                let limit = digits(self.timeout_ms as usize);
                let message = [
                    "no complete answer within ",
                    &limit,
                    " ms. Try again, or allow more time with `timeoutMs`.",
                ]
                .concat();
                Failure::new(ErrorKind::Timeout, message).with(|fields| fields.retryable = true)
            }
        }
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        self.clock.stop();
    }
}
