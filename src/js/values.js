// Reads values of the page, whose getters and Proxies may throw.

/** Returns what `work` returns, or `undefined` if it throws. */
export function attempt(work) {
  try {
    return work();
  } catch {}
}

const isEmpty = /^\p{White_Space}*$/u;

/** The kind of a value in words for an error; never the value itself. */
export function kindOf(value) {
  if (value === null) return "null";
  if (typeof value === "string") return isEmpty.test(value) ? "an empty string" : "a string";
  // `Array.isArray` throws for a revoked Proxy.
  if (typeof value === "object") return { true: "an array", false: "an object" }[attempt(() => Array.isArray(value))] ?? OTHER;
  if (value === undefined) return "undefined";
  return { boolean: "a boolean", number: "a number", function: "a function" }[typeof value] ?? OTHER;
}

const OTHER = "a symbol or a bigint";

// More than any argument or tenant has. Without a limit, a Proxy that claims a huge length would block the page.
const MOST_ITEMS = 1_000_000;

/** The length of an array, which may be a Proxy; throws if it is too long. `items` is the word for the error. */
function lengthOf(array, items) {
  const length = Math.max(0, Math.trunc(array.length)) || 0;
  if (length > MOST_ITEMS) throw new RangeError(`more than ${MOST_ITEMS} ${items}`);
  return length;
}

/** Returns `walk(path)`, which keeps the steps to what it reads in `path`. If it throws, this throws `{ path, cause }`. */
function withPath(walk) {
  const path = [];
  try {
    return walk(path);
  } catch (cause) {
    throw { path: path.map((step) => `/${step}`).join(""), cause };
  }
}

/**
 * A copy of an argument as plain data. Each member is read once, so what is checked is what is sent, whatever getters and
 * Proxies answer later. `spec` is `0` for a value that stays as it is, `{ name: spec }` for an object (`"?name"` if the
 * member may be left out: then `null` counts as left out), `[spec]` for an array. Inherited members that `spec` names
 * count; of all others only enumerable ones that hold something, as in JSON. Throws `{ path, cause }`.
 */
export const copyArgument = (value, spec) => withPath((path) => {
  const copy = (value, spec) => {
    if (spec === 0 || typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return Array.isArray(spec) ? copyArray(value, spec[0]) : value;
    return Array.isArray(spec) ? value : copyObject(value, spec);
  };
  const copyArray = (array, spec) => {
    const items = Array.from({ length: lengthOf(array, "items") }, (_, index) => at(index, () => copy(array[index], spec)));
    // Old libraries add a `toJSON` to `Array.prototype`, which would change what is sent.
    return Object.defineProperty(items, "toJSON", { __proto__: null, value: undefined });
  };
  const copyObject = (object, spec) => {
    const plain = { __proto__: null };
    const unknown = new Set(Object.keys(object));
    for (const key of Object.keys(spec)) {
      const name = key.replace("?", "");
      unknown.delete(name);
      const member = at(name, () => copy(object[name], spec[key]));
      if (member !== undefined && !(member === null && name !== key)) plain[name] = member;
    }
    for (const name of unknown) {
      const member = at(name, () => object[name]);
      if (member !== undefined) plain[name] = member;
    }
    return plain;
  };
  const at = (step, read) => {
    path.push(step);
    const result = read();
    path.pop();
    return result;
  };
  return copy(value, JSON.parse(spec));
});

/** A member as text; `undefined` if it is `undefined` or `null`. */
export function textOf(object, name) {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** A member wrapped in an array: see `member_of` in `src/convert/argument.rs`. */
export const memberOf = (object, name) => [object[name]];

export const urlOf = (text) => new URL(text);

/** Calls a callback of the page and ignores its exceptions and rejections. */
export function tell(callback, event) {
  try {
    Promise.resolve(callback(event)).catch(() => {});
  } catch {}
}

const kind = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** Returns a Blob of any frame unchanged, and copies bytes into a Blob; otherwise returns `undefined`. */
export function blobOf(file) {
  try {
    if (["Blob", "File"].includes(kind(file)) && typeof file.slice === "function") return file;
    if (ArrayBuffer.isView(file) || kind(file) === "ArrayBuffer") return new Blob([file], { type: "audio/mpeg" });
  } catch {}
  return undefined;
}

export function formOf(blob) {
  const form = new FormData();
  form.append("file", blob, blob.name ?? "greeting.mp3");
  return form;
}

/** A view of the same bytes, not a copy; `undefined` if the value does not hold bytes. */
export function viewOf(bytes) {
  try {
    // A detached buffer has length 0, and a view of it cannot be made.
    if ((ArrayBuffer.isView(bytes) || kind(bytes) === "ArrayBuffer") && bytes.byteLength === 0) return new Uint8Array();
    if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (["ArrayBuffer", "SharedArrayBuffer"].includes(kind(bytes))) return new Uint8Array(bytes);
  } catch {}
  return undefined;
}

// Drafts and tenants are passed to Rust as one string: one call instead of one for each field.

const MOST_UNITS = 2 ** 28;

/**
 * Writes a value of the page as one string, which the crate `omicall-schema` reads (`draft.rs`). Each value becomes a
 * token that starts with its kind; NUL separates the tokens. Only the members that `spec` lists are read.
 */
export const draftText = (value, spec) => withPath((path) => {
  const parts = [];
  const out = [];
  const walk = (value, spec) => {
    if (spec === 0) return void out.push(leaf(value));
    if (Array.isArray(spec)) return walkList(value, spec);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return void out.push(leaf(value));
    out.push("o");
    for (const name of Object.keys(spec)) {
      path.push(name);
      if (typeof spec[name] === "string") out.push(folded(value[spec[name]]));
      else walk(value[name], spec[name]);
      path.pop();
    }
  };
  const walkList = (value, [inner, orPage]) => {
    let list = value;
    let mark = "a";
    if (!Array.isArray(value)) {
      list = orPage && typeof value === "object" ? value?.items : undefined;
      if (!Array.isArray(list)) return void out.push(leaf(value));
      mark = value.has_next === true ? "m" : "p";
    }
    const length = lengthOf(list, "entries");
    out.push(mark + length);
    for (let index = 0; index < length; index++) {
      path.push(index);
      walk(list[index], inner);
      path.pop();
      // Joined early: millions of small strings that stay alive would slow down the garbage collector.
      if (out.length > 4_096) parts.push(out.splice(0).join("\0"));
    }
  };
  walk(value, JSON.parse(spec));
  const text = [...parts, ...out].join("\0");
  if (text.length > MOST_UNITS) throw new RangeError(`more than ${MOST_UNITS} characters`);
  // No token starts with a character that composes with the text before it, so the separators stay.
  return text.normalize();
});

const withoutNul = (text) => (text.includes("\0") ? text.replaceAll("\0", "\uFFFD") : text);

// Text that rules compare without regard to case.
const folded = (text) => (typeof text === "string" ? withoutNul(text.trim().toLowerCase()) : "");

function leaf(value) {
  switch (typeof value) {
    case "undefined":
      return "u";
    case "string":
      return '"' + withoutNul(value);
    case "boolean":
      return value ? "b1" : "b0";
    case "number":
      return (value === (value | 0) ? "i" : "d") + value;
    default:
      return value === null ? "u" : "x";
  }
}
