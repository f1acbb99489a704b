// Take the place of globals in what wasm-bindgen makes. A module that does not use them has nothing of this, as they are marked as pure.

// Fake timers of tests replace the global, and every call would wait for ever. They do not replace promises.
const resolved = /* @__PURE__ */ Promise.resolve();
const schedule = (task) => {
  resolved.then(task);
};

// Jest's jsdom has none. A Map has what is needed of them.
const Headers = /* @__PURE__ */ (() => globalThis.Headers ?? Map)();

export { schedule as queueMicrotask, Headers };
