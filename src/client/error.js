// The one error class of the package. JavaScript, because a class that extends `Error` cannot be made from Rust.
export class OmiCallError extends Error {
  constructor(message, { cause, ...fields }) {
    const data = causeOf(cause);
    super(message, data && { cause: errorOf(data) });
    Object.assign(this, fields);
  }
  // `message` is not enumerable, so that JSON would lack it.
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
  // Minifiers rename classes; whoever logs `error.constructor.name` should still read this.
  static name = "OmiCallError";
  static {
    this.prototype.name = "OmiCallError";
  }
}

/** What a page did wrong before there was a call. */
export const usageError = (message, more) => new OmiCallError(message, { kind: "usage", attempts: 0, issues: [], retryable: false, ...more });

/** What `method` fails with once its handle is freed. */
export const afterFree = (method) => usageError(`\`${method}\` was called after \`free()\`: make a new CallCenter.`);

const MOST_LEVELS = 4;
const MOST_LETTERS = 1_000;
const MOST_OF_STACK = 4_000;

/**
 * What was thrown, as plain data: `{ name, message, code, stack, cause }`; nothing where it is `undefined`. What else it
 * holds stays out: a response, for example, with the passwords in it. Never throws.
 */
export function causeOf(thrown, levels = MOST_LEVELS) {
  if (thrown === undefined || levels === 0) return undefined;
  if (thrown === null || !["object", "function"].includes(typeof thrown)) return { name: "Error", message: cut(String(thrown)) };
  const read = (name) => {
    try {
      return thrown[name];
    } catch {}
  };
  const text = (name, most) => {
    const value = read(name);
    return typeof value === "string" ? cut(value, most) : undefined;
  };
  return {
    name: text("name") || "Error",
    message: text("message") ?? kindOf(thrown),
    code: text("code"),
    stack: text("stack", MOST_OF_STACK),
    cause: causeOf(read("cause"), levels - 1),
  };
}

const cut = (text, most = MOST_LETTERS) => text.slice(0, most);

/** `[object Response]`, as an object is shown that has no message. */
function kindOf(object) {
  try {
    return cut(Object.prototype.toString.call(object));
  } catch {
    return "[object Object]";
  }
}

/** The same data as an `Error` of this page. The stack is that of the original, or empty: this place explains nothing. */
function errorOf({ name, message, code, stack = "", cause }) {
  const error = new Error(message, cause && { cause: errorOf(cause) });
  const hidden = (value) => ({ __proto__: null, value, configurable: true, writable: true });
  Object.defineProperties(error, { name: hidden(name), stack: hidden(stack) });
  return code === undefined ? error : Object.assign(error, { code });
}
