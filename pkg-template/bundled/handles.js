// The classes that a page gets. An instance of wasm-bindgen's own classes is a pointer that anybody may copy, and its
// `free` believes whatever `this` it is called on: behind a Proxy the memory was freed twice. So these instances never
// leave this file. What a page holds are closures over them, which need no `this`, and which no copy can part from it.
import { afterFree, usageError } from "omicall-glue";

// What wasm-bindgen's class becomes.
const classes = new Map();

// Stands before an instance that there is already, where a class is made with one. No page has it.
const MADE = Symbol();

/** The class `name` for pages, in front of `Inner`, with whatever methods and getters that has. */
export function handleClass(name, Inner) {
  // Without a name of its own, or consoles would show the one that the minifier gave it.
  classes.set(
    Inner,
    class {
      static name = name;
      constructor(...all) {
        equip(this, all[0] === MADE ? all[1] : new Inner(...all));
      }
    },
  );
  return classes.get(Inner);
}

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** Gives `handle` what `inner` can do. */
function equip(handle, inner) {
  const Inner = inner.constructor;
  const { name } = classes.get(Inner);
  // Made by the page without a client: there is nothing behind it.
  if (!inner.__wbg_ptr) throw usageError(`\`new ${name}()\` makes nothing: a CallCenter has one.`);

  const shown = {};
  const freeMembers = [];
  let calls = 0;
  let freed = false;

  // Not while a call reads its arguments, which may be what frees it: Rust still uses the memory.
  const release = () => {
    if (!freed || calls || !inner) return;
    const last = inner;
    inner = undefined;
    last.__close?.();
    last.free();
  };
  const free = () => {
    freed = true;
    for (const freeMember of freeMembers) freeMember();
    release();
  };
  const method = (name) => (...all) => {
    if (freed) {
      // The one method that returns no promise.
      if (name === "iterate") throw afterFree(name);
      return Promise.reject(afterFree(name));
    }
    calls++;
    try {
      return inner[name](...all);
    } finally {
      calls--;
      release();
    }
  };

  // Enumerable, so that copies have them too; configurable, so that Proxies may show something else in their place.
  const own = (key, descriptor) => Object.defineProperty(handle, key, { __proto__: null, enumerable: true, configurable: true, ...descriptor });
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(Inner.prototype))) {
    // A page may have added a `get` to `Object.prototype`.
    const { get } = { __proto__: null, ...descriptor };
    if (/^(constructor$|free$|__)/.test(name)) continue;
    if (!get) {
      own(name, { value: method(name), writable: true });
      continue;
    }
    const value = inner[name];
    const Member = classes.get(value.constructor);
    if (Member) {
      const member = new Member(MADE, value);
      freeMembers.push(member.free);
      own(name, { get: () => member });
    } else {
      shown[name] = value;
    }
  }
  own("free", { value: free, writable: true });
  if (Symbol.dispose) own(Symbol.dispose, { value: free, writable: true });
  own(inspect, { value: (_, options, inspected) => `${name} ${inspected(shown, options)}`, writable: true });
}
