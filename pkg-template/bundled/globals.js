// Take the place of globals in what wasm-bindgen makes.

// Fake timers of tests replace the global, and every call would wait for ever. They do not replace promises.
const resolved = Promise.resolve();
const schedule = (task) => {
  resolved.then(task);
};

// Jest's jsdom has none. A Map has what is needed of them.
const Headers = globalThis.Headers ?? Map;

export { schedule as queueMicrotask, Headers };
