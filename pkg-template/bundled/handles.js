// The classes for pages. An instance of a wasm-bindgen class holds a raw pointer that is copied with the object, and its `free`
// trusts any `this`: behind a Proxy, memory was freed twice. So the one instance of a client never leaves this file. Pages get
// closures over it, which need no `this` and stay valid in every copy.
import { CallCenter as Inner, __methodNames } from "./bindgen.js";
import { afterFree, usageError } from "./error.js";

// The classes for pages, by their names.
const classes = {};

// The first constructor argument of a handle that a client makes. Pages have no access to it.
const OF_CLIENT = Symbol();

/** Creates the class `className` for pages. */
export function handleClass(className) {
  // Anonymous, because consoles would show a name that the minifier chose.
  return (classes[className] = class {
    static name = className;
    constructor(first, addMembers) {
      if (first === OF_CLIENT) addMembers(this);
      else if (className === "CallCenter") addClient(this, new Inner(first));
      else throw usageError(`\`new ${className}()\` is not possible: use the one of a CallCenter.`);
    }
  });
}

let families;

/** The methods of a client, by the names of the families. */
export function methodsOf(inner) {
  families ??= __methodNames().trim().split("\n").map((line) => line.trim().split(" "));
  let count = 0;
  const numbered = (names) => Object.fromEntries(names.map((name) => [name, callOf(inner, count++)]));
  return Object.fromEntries(families.map(([, family, ...names]) => [family, numbered(names)]));
}

// No method has more arguments. All four are there: of a shorter list, Rust would read what a page has added to `Array.prototype`.
const callOf = (inner, number) => (first, second, third, fourth) => inner.call(number, [first, second, third, fourth]);

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** Makes `handle` a client. */
function addClient(handle, inner) {
  const members = [];
  let callsReadingArguments = 0;
  let isFreed = false;

  // Not while a method reads its arguments, whose getters may call `free`: Rust still uses the memory.
  const release = () => {
    if (!isFreed || callsReadingArguments || !inner) return;
    const freed = inner;
    inner = undefined;
    freed.close();
    freed.free();
  };

  /** Adds methods to a handle, and what `free` does to it. */
  const addMembers = (handle, methods, shown, whenFreed) => {
    let isFreed = false;
    // Enumerable, so that copies have them too; configurable, so that Proxies may return other values for them.
    const define = (key, value) => Object.defineProperty(handle, key, { __proto__: null, enumerable: true, configurable: true, writable: true, value });
    for (const [name, call] of Object.entries(methods)) {
      define(name, (...args) => {
        if (isFreed) {
          // The only method that does not return a promise.
          if (name === "iterate") throw afterFree(name);
          return Promise.reject(afterFree(name));
        }
        callsReadingArguments++;
        try {
          return call(...args);
        } finally {
          callsReadingArguments--;
          release();
        }
      });
    }
    const free = () => {
      isFreed = true;
      whenFreed?.();
    };
    define("free", free);
    if (Symbol.dispose) define(Symbol.dispose, free);
    const { name } = handle.constructor;
    define(inspect, (_, options, inspected) => `${name} ${inspected(shown, options)}`);
  };

  const methods = methodsOf(inner);
  for (const [className, family] of families) {
    const member = new classes[className](OF_CLIENT, (member) => addMembers(member, methods[family], {}));
    members.push(member.free);
    Object.defineProperty(handle, family, { __proto__: null, enumerable: true, configurable: true, get: () => member });
  }
  const { baseUrl } = inner;
  addMembers(handle, { accessToken: (options) => inner.accessToken(options) }, { baseUrl }, () => {
    isFreed = true;
    for (const freeMember of members) freeMember();
    release();
  });
}
