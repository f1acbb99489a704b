// The error class of the package, in JavaScript because Rust cannot define a class that extends `Error`.
export class OmiCallError extends Error {
  // Rust has the cause as JSON, after it masked the secrets of the call.
  constructor(message, { cause, causeJson, ...fields }) {
    const data = causeJson ? parsed(causeJson) : causeOf(cause);
    super(message, data && { cause: errorOf(data) });
    Object.assign(this, fields);
  }
  // `message` is not enumerable, so JSON would not include it.
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}
// Minifiers rename classes; `error.constructor.name` should still be readable in logs. Not static members, which browsers that
// are too old for the package cannot parse: they should get to the error that says so.
Object.defineProperty(OmiCallError, "name", { value: "OmiCallError" });
OmiCallError.prototype.name = "OmiCallError";

/** The error for incorrect use outside of a call. */
export const usageError = (message, fields) => new OmiCallError(message, { kind: "usage", attempts: 0, issues: [], retryable: false, ...fields });

/** The error of a `method` whose handle was freed. */
export const afterFree = (method) => usageError(`\`${method}\` was called after \`free()\`: create a new CallCenter.`);

const MAX_LEVELS = 4;
const MAX_CHARS = 1_000;
const MAX_STACK_CHARS = 4_000;

/**
 * Copies what was thrown to plain data: `{ name, message, code, stack, cause }`; `undefined` for `undefined`. Other properties
 * are not copied, since they may contain anything, such as a response with passwords. Never throws.
 */
function causeOf(thrown, levels = MAX_LEVELS) {
  if (thrown === undefined || levels === 0) return undefined;
  if (thrown === null || !["object", "function"].includes(typeof thrown)) return { name: "Error", message: truncate(String(thrown)) };
  const read = (name) => {
    try {
      return thrown[name];
    } catch {}
  };
  const string = (name, maxChars) => {
    const value = read(name);
    return typeof value === "string" ? truncate(value, maxChars) : undefined;
  };
  return {
    __proto__: null,
    name: string("name") || "Error",
    message: string("message") ?? classOf(thrown),
    code: string("code"),
    stack: string("stack", MAX_STACK_CHARS),
    cause: causeOf(read("cause"), levels - 1),
  };
}

/** The same as JSON text; `undefined` for `undefined`. */
export const causeJson = (thrown) => JSON.stringify(causeOf(thrown));

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {}
}

// What `JSON.parse` could not parse may be a token or contain passwords: Chrome, Node and Safari quote it. What they quote ends
// before these words.
const NOT_JSON = /"\.{0,3}(?= is not valid JSON)/;
const QUOTED = /, \.{0,3}"[^]*/;
const QUOTED_BY_SAFARI = /(JSON Parse error: [^"\n]{0,99})".*/g;

// The user and password of a URL.
const USER = /\/\/[^\s/]*@/g;

// The query of a URL may contain a signature, or what somebody searched for. The URL may be relative, and a stack has a position
// after it. Of fragments, only those after a slash: methods are called `#name` too.
const QUERY = /(\?|\/[^\s"<>?#/]*#)[^\s"<>]+?(?=(?::\d+:\d+\)?)?(?:[\s"<>]|$))/g;

// A JWT, and what follows `Bearer`, `Basic` and `apiKey=`.
const SECRET = /(\b(?:bearer|basic)\s+|\bapikey=|\beyJ)[^\s"'&,;)@]+/gi;

/**
 * Masks what may be secret, and truncates. A page's code may throw a text of any length, so each expression takes linear time, and
 * only the beginning is searched. What it cuts off may have been the end of a quotation or of a password.
 */
function truncate(text, maxChars = MAX_CHARS) {
  const isCut = text.length > 4 * maxChars;
  const parts = text.slice(0, 4 * maxChars).split(NOT_JSON);
  const unquoted = parts.map((part, index) => (isCut || index < parts.length - 1 ? part.replace(QUOTED, ", ***") : part)).join("");
  const masked = isCut ? unquoted.replace(/\/\/[^\s/]*$/, "//***") : unquoted;
  return masked.replace(QUOTED_BY_SAFARI, "$1***").replace(USER, "//***@").replace(QUERY, "$1***").replace(SECRET, "$1***").slice(0, maxChars);
}

/** The class of an object without a message, e.g. `[object Response]`. */
function classOf(object) {
  try {
    return truncate(Object.prototype.toString.call(object));
  } catch {
    return "[object Object]";
  }
}

/** Turns the data into an `Error`. Its stack is that of the original, or empty: the stack of the copy would be misleading. */
function errorOf({ name = "Error", message, code, stack = "", cause }) {
  const error = new Error(message, cause && { cause: errorOf(cause) });
  const nonEnumerable = (value) => ({ __proto__: null, value, configurable: true, writable: true });
  Object.defineProperties(error, { name: nonEnumerable(name), stack: nonEnumerable(stack) });
  return code === undefined ? error : Object.assign(error, { code });
}
