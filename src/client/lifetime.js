// wasm-bindgen's own classes throw "null pointer passed to rust" after `free()`. Ours say what happened.
import { OmiCallError } from "./error.js";

const guarded = new WeakSet();

/** From now on, instances of the class of `handle` reject with `kind: "usage"` once they are freed. */
export function guard(handle) {
  const prototype = Object.getPrototypeOf(handle);
  if (guarded.has(prototype)) return;
  guarded.add(prototype);
  const release = prototype.free;
  const freed = Object.create(prototype, { free: { value() {} }, [Symbol.dispose ?? Symbol()]: { value() {} } });
  for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === "constructor" || name === "free" || name.startsWith("__")) continue;
    const fail = () => {
      const message = `\`${name}\` was used after \`free()\`: make a new CallCenter.`;
      return new OmiCallError(message, { kind: "usage", attempts: 0, issues: [], retryable: false });
    };
    const thrown = () => {
      throw fail();
    };
    if (get) Object.defineProperty(freed, name, { get: thrown });
    else if (value) freed[name] = name === "iterate" ? thrown : async () => thrown();
  }
  prototype.free = function () {
    try {
      this.close?.();
      release.call(this);
    } finally {
      // Also where a call was just being made: the handle is gone either way.
      Object.setPrototypeOf(this, freed);
    }
  };
  if (Symbol.dispose) prototype[Symbol.dispose] = prototype.free;
}
