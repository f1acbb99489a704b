// Waiting that ends at once when the signal of the request is aborted.

const reasonOf = (signal) => signal.reason ?? new DOMException("The operation was aborted.", "AbortError");

/** The result of the promise, or the rejection of an aborted `fetch`. */
export function unlessAborted(signal, promise) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(reasonOf(signal));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    const done = () => signal.removeEventListener("abort", onAbort);
    promise.then((value) => (done(), resolve(value)), (cause) => (done(), reject(cause)));
  });
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits. `setTimeout` is looked up each time, so that fake timers of a test pass the time here too. */
export async function pause(ms, signal) {
  if (!(ms > 0)) return unlessAborted(signal, Promise.resolve());
  let timer;
  try {
    await unlessAborted(signal, new Promise((resolve) => (timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS)))));
  } finally {
    clearTimeout(timer);
  }
}
