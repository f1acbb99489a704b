// The classes for pages. An instance of a wasm-bindgen class holds a raw pointer that is copied with the object, and its `free`
// trusts any `this`: behind a Proxy, memory was freed twice. So these instances never leave this file. Pages get closures over
// them, which need no `this` and stay valid in every copy.
import { afterFree, usageError } from "./error.js";

// Maps each wasm-bindgen class to its class for pages.
const classes = new Map();

// The first constructor argument when the second is an existing instance. Pages have no access to it.
const EXISTING = Symbol();

/** Creates the class `name` for pages, with the methods and getters of the wasm-bindgen class `Inner`. */
export function handleClass(name, Inner) {
  // Anonymous, because consoles would show a name that the minifier chose.
  classes.set(
    Inner,
    class {
      static name = name;
      constructor(...args) {
        addMembers(this, args[0] === EXISTING ? args[1] : new Inner(...args));
      }
    },
  );
  return classes.get(Inner);
}

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** Adds the methods and getters of `inner` to `handle`. */
function addMembers(handle, inner) {
  const Inner = inner.constructor;
  const { name } = classes.get(Inner);
  // Created by the page, without a client.
  if (!inner.__wbg_ptr) throw usageError(`\`new ${name}()\` is not possible: use the one of a CallCenter.`);

  const shown = {};
  const freeMembers = [];
  let callsReadingArguments = 0;
  let freed = false;

  // Not while a method reads its arguments, whose getters may call `free`: Rust still uses the memory.
  const release = () => {
    if (!freed || callsReadingArguments || !inner) return;
    const freedInner = inner;
    inner = undefined;
    freedInner.__close?.();
    freedInner.free();
  };
  const free = () => {
    freed = true;
    for (const freeMember of freeMembers) freeMember();
    release();
  };
  const method = (name) => (...args) => {
    if (freed) {
      // The only method that does not return a promise.
      if (name === "iterate") throw afterFree(name);
      return Promise.reject(afterFree(name));
    }
    callsReadingArguments++;
    try {
      return inner[name](...args);
    } finally {
      callsReadingArguments--;
      release();
    }
  };

  // Enumerable, so that copies have them too; configurable, so that Proxies may return other values for them.
  const define = (key, descriptor) => Object.defineProperty(handle, key, { __proto__: null, enumerable: true, configurable: true, ...descriptor });
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(Inner.prototype))) {
    // A page may have added a `get` to `Object.prototype`.
    const { get } = { __proto__: null, ...descriptor };
    if (/^(constructor$|free$|__)/.test(name)) continue;
    if (!get) {
      define(name, { value: method(name), writable: true });
      continue;
    }
    const value = inner[name];
    const Member = classes.get(value.constructor);
    if (Member) {
      const member = new Member(EXISTING, value);
      freeMembers.push(member.free);
      define(name, { get: () => member });
    } else {
      shown[name] = value;
    }
  }
  define("free", { value: free, writable: true });
  if (Symbol.dispose) define(Symbol.dispose, { value: free, writable: true });
  define(inspect, { value: (_, options, inspected) => `${name} ${inspected(shown, options)}`, writable: true });
}
