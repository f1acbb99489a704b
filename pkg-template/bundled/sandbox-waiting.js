// Waiting that ends at once when a signal of the request is aborted: its own, or that of the sandbox, by which `reset` ends it.

const reasonOf = (signal) => signal.reason ?? new DOMException("The operation was aborted.", "AbortError");

/** The result of the promise, or the rejection of an aborted `fetch`. */
export function unlessAborted(signals, promise) {
  return new Promise((resolve, reject) => {
    const stops = signals.map((signal) => [signal, () => done(reject, reasonOf(signal))]);
    const done = (settle, value) => {
      for (const [signal, stop] of stops) signal.removeEventListener("abort", stop);
      settle(value);
    };
    // Before anything else: a rejection that comes too late is nobody's concern.
    promise.then((value) => done(resolve, value), (cause) => done(reject, cause));
    for (const [signal, stop] of stops) {
      if (signal.aborted) return done(reject, reasonOf(signal));
      signal.addEventListener("abort", stop);
    }
  });
}

/** What ends all requests at once. Not an `AbortController`, because Node warns of a signal that more than ten requests listen to. */
export function newEnd() {
  const listeners = new Set();
  const signal = { aborted: false, reason: undefined, addEventListener: (_, listener) => listeners.add(listener), removeEventListener: (_, listener) => listeners.delete(listener) };
  return {
    signal,
    abort(reason) {
      Object.assign(signal, { aborted: true, reason });
      for (const listener of [...listeners]) listener();
    },
  };
}

export function throwIfAborted(signals) {
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted) throw reasonOf(aborted);
}

// Taken when the module starts, because fake timers would stop a body that needs no time.
const { setImmediate: soon = setTimeout } = globalThis;

/** Lets timers fire and events happen. */
export const breathe = (signals) => unlessAborted(signals, new Promise((resolve) => soon(resolve)));

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits. `setTimeout` is looked up each time, so that fake timers of a test pass the time here too. */
export async function pause(ms, signals) {
  if (!(ms > 0)) return unlessAborted(signals, Promise.resolve());
  let timer;
  try {
    await unlessAborted(signals, new Promise((resolve) => (timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS)))));
  } finally {
    clearTimeout(timer);
  }
}
