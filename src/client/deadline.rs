//! The end of a call: its deadline and the page's abort signal, over all that the call waits for.

use std::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    rc::Rc,
    task::{Poll, Waker},
};

use gloo_timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, AbortSignal, EventTarget};

use super::error::{ErrorKind, Failure};

/// `setTimeout` fires at once beyond this many milliseconds.
const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

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
    shared: Rc<Shared>,
    timeout_ms: u32,
    ends_at: f64,
    signal: Option<AbortSignal>,
    on_abort: Option<Closure<dyn FnMut()>>,
    _timer: Timeout,
}

#[derive(Debug)]
struct Shared {
    stopped: Cell<Option<Stop>>,
    waker: RefCell<Option<Waker>>,
    controller: AbortController,
}

impl Shared {
    fn stop(&self, why: Stop) {
        if self.stopped.get().is_none() {
            self.stopped.set(Some(why));
            self.controller.abort();
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
        }
    }
}

impl Deadline {
    /// Starts the clock; `signal` is what the page passed, `undefined` included.
    pub fn start(timeout_ms: u32, signal: Option<&JsValue>) -> Result<Self, Failure> {
        let signal = signal.filter(|signal| !signal.is_undefined() && !signal.is_null());
        let signal = signal.map(as_signal).transpose()?;
        let controller = AbortController::new().map_err(|cause| {
            Failure::usage("this JavaScript engine has no AbortController: use a newer one.").because(cause)
        })?;
        let shared = Rc::new(Shared { stopped: Cell::new(None), waker: RefCell::new(None), controller });
        let on_abort = signal.as_ref().map(|signal| {
            let shared = Rc::clone(&shared);
            let listener = Closure::<dyn FnMut()>::new(move || shared.stop(Stop::Aborted));
            let target: &EventTarget = signal;
            // `as_signal` has seen that it is there.
            let _ = target
                .add_event_listener_with_callback("abort", listener.as_ref().unchecked_ref::<Function>());
            listener
        });
        if signal.as_ref().is_some_and(|signal| member(signal, "aborted") == true) {
            shared.stop(Stop::Aborted);
        }
        let timer = {
            let shared = Rc::clone(&shared);
            Timeout::new(timeout_ms.min(LONGEST_TIMER_MS), move || shared.stop(Stop::TimedOut))
        };
        let ends_at = js_sys::Date::now() + f64::from(timeout_ms);
        Ok(Deadline { shared, timeout_ms, ends_at, signal, on_abort, _timer: timer })
    }

    /// Does the work, unless the call is ended first.
    pub async fn race<T>(&self, work: impl Future<Output = T>) -> Result<T, Stop> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Some(why) = self.shared.stopped.get() {
                return Poll::Ready(Err(why));
            }
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            self.shared.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }

    /// The signal that ends a `fetch` of this call.
    pub fn fetch_signal(&self) -> AbortSignal {
        self.shared.controller.signal()
    }

    /// How many milliseconds are left.
    pub fn left_ms(&self) -> f64 {
        self.ends_at - js_sys::Date::now()
    }

    /// What the page sees when the call was ended.
    pub fn failure(&self, why: Stop) -> Failure {
        match why {
            Stop::Aborted => {
                let failure = Failure::new(ErrorKind::Aborted, "the call was aborted by its signal.");
                match &self.signal {
                    Some(signal) => failure.because(member(signal, "reason")),
                    None => failure,
                }
            }
            Stop::TimedOut => {
                let limit = super::scan::itoa(self.timeout_ms as usize);
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
        if let (Some(signal), Some(listener)) = (&self.signal, &self.on_abort) {
            let target: &EventTarget = signal;
            let _ = target
                .remove_event_listener_with_callback("abort", listener.as_ref().unchecked_ref::<Function>());
        }
    }
}

/// A getter of the page may throw; that is as good as nothing there.
fn member(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Signals of another frame are no instance of this frame's `AbortSignal`: what counts is what it can do.
fn as_signal(value: &JsValue) -> Result<AbortSignal, Failure> {
    let can_listen =
        ["addEventListener", "removeEventListener"].iter().all(|name| member(value, name).is_function());
    if value.is_object() && member(value, "aborted").as_bool().is_some() && can_listen {
        Ok(value.clone().unchecked_into())
    } else {
        Err(Failure::usage("`options.signal` must be an AbortSignal.")
            .with(|fields| fields.path = Some("/signal".into())))
    }
}
