// Takes the place of the global `queueMicrotask` in what wasm-bindgen makes: fake timers of tests replace that one, and every call
// would wait for ever. They do not replace promises.
const resolved = Promise.resolve();

const schedule = (task) => {
  resolved.then(task);
};

export { schedule as queueMicrotask };
