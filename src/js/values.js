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
  if (typeof value === "object") return attempt(() => Array.isArray(value) ? "an array" : kindOfObject(value)) ?? OTHER;
  if (value === undefined) return "undefined";
  return { boolean: "a boolean", number: "a number", function: "a function" }[typeof value] ?? OTHER;
}

const OTHER = "a symbol or a bigint";

const { toString } = Object.prototype;

/** What the object is called: `"Map"`, or `"Object"`, also of one whose tag throws. Tenants have a million objects. */
function tagOf(object) {
  try {
    return toString.call(object).slice(8, -1);
  } catch {
    return "Object";
  }
}

const isPlain = (tag) => tag === "Object" || tag === "Module";

/** Whether it is a Map, a URLSearchParams or a File, whose members are not fields. */
const isSpecial = (object) => !isPlain(tagOf(object));

function kindOfObject(object) {
  // Read once: a getter may give another tag each time.
  const tag = tagOf(object);
  return isPlain(tag) ? "an object" : `an instance of ${tag.slice(0, 40)}`;
}

// Composed, so that what looks the same is the same and has one length; half of an emoji becomes the character that URLs have for it.
const composed = (text) => text.normalize().replace(/\p{Surrogate}/gu, "\uFFFD");

// More than any argument or tenant has. Without a limit, a Proxy that claims a huge length would block the page.
const MOST_ITEMS = 1_000_000;

/** The length of an array, which may be a Proxy; throws if it is too long. `items` is the word for the error. */
function lengthOf(array, items) {
  const length = Math.max(0, Math.trunc(array.length)) || 0;
  if (length > MOST_ITEMS) throw new RangeError(`more than ${MOST_ITEMS} ${items}`);
  return length;
}

/** The JSON pointer of a path; at most 20 steps, because a value may contain itself. */
const pointerTo = (path) => path.slice(0, 20).map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/**
 * Returns `walk(path, at)`, which keeps the steps to what it reads in `path`; `at(step, read)` does so while it calls `read`. If it
 * throws, this throws `{ path, cause }`.
 */
function withPath(walk) {
  const path = [];
  const at = (step, read) => {
    path.push(step);
    const result = read();
    path.pop();
    return result;
  };
  try {
    return walk(path, at);
  } catch (cause) {
    throw { path: pointerTo(path), cause };
  }
}

// What fits a spec that is a word or a sentence.
const isString = (value) => typeof value === "string";
const isWhole = (least) => (value, name) => (Number.isInteger(value) && value >= least && value < 2 ** 32) || (value === Infinity && name === "options");
const TEXT_OR_NUMBER = "a string or a number";
const NOT_EMPTY = "a string that is not empty";
const FITS = {
  __proto__: null,
  anything: () => true,
  "a string": isString,
  [TEXT_OR_NUMBER]: isString,
  [NOT_EMPTY]: (value) => kindOf(value) === "a string",
  // JSON has no others: they would be sent as `null`.
  "a number": Number.isFinite,
  "a whole number of at least 0": isWhole(0),
  "a whole number of at least 1": isWhole(1),
  "true or false": (value) => typeof value === "boolean",
  "a function": (value) => typeof value === "function",
};

const wordsOf = (spec) => spec.split("|").slice(1);

/** What is wrong with a value, in words that follow its name. They do not quote it: it may be a secret. */
function misfit(value, spec) {
  const kind = kindOf(value);
  if (spec === NOT_EMPTY && kind === "an empty string") return "must not be empty.";
  const isWord = spec[0] === "|";
  const expected = Array.isArray(spec) ? "an array" : typeof spec === "object" ? "an object" : isWord ? wordsOf(spec).map((word) => `"${word}"`).join(" or ") : spec;
  // "Not a string" would be wrong: it is a string, but not one of these words.
  const found = isWord && kind === "a string" ? "another word" : kind === "a number" && /number/.test(expected) ? kindOfNumber(value) : kind;
  return `must be ${expected}, not ${found}.`;
}

/** Why a number is not a whole one, or is out of range. */
function kindOfNumber(number) {
  if (!number || !Number.isFinite(number)) return String(number);
  if (number < 0) return "a negative number";
  return Number.isInteger(number) ? "so large a number" : "a number with a fraction";
}

// Who passes other fields to an update often has a record.
const REMEDIES = { GroupUpdateRequest: "; `groupRequest(group, phones).request` is one", IvrScriptRequest: "; `scriptRequest(script)` is one" };

/**
 * Copies an argument as plain data, its texts composed, and compares it with a spec. Each member is read once, so what is checked is
 * what is sent, whatever getters and Proxies answer later. What does not fit stays as it is. Returns the copy; the first thing that is
 * wrong; and the first unknown member of the argument itself: both as `[path, problem]`, or `undefined`.
 *
 * `spec` is a key of `FITS`; `|en|vi` for one of these words; `{ name: spec }` for an object (`"?name"` if the member may be left out:
 * then `null` counts as left out; under `""` its type, if it must not have other members), `[spec]` for an array. Inherited members
 * that `spec` names count; of all others only enumerable ones that hold something, as in JSON. Throws `{ path, cause }`.
 */
export const readArgument = (name, value, spec) => withPath((path, at) => {
  let wrong;
  let unknown;
  const problem = (text) => [pointerTo(path), text];
  const copy = (value, spec) => {
    if (typeof spec === "object") {
      if (Array.isArray(value)) {
        if (Array.isArray(spec)) return copyArray(value, spec[0]);
      } else if (!Array.isArray(spec) && typeof value === "object" && value !== null && !isSpecial(value)) {
        return copyObject(value, spec);
      }
    } else {
      if (typeof value === "number" && spec === TEXT_OR_NUMBER) value = String(value);
      // An id is sent as the server gave it.
      if (typeof value === "string" && name !== "id") value = composed(value);
      if (spec[0] === "|" ? wordsOf(spec).includes(value) : FITS[spec](value, name)) return value;
    }
    wrong ??= problem(misfit(value, spec));
    return value;
  };
  const copyArray = (array, spec) => {
    const items = Array.from({ length: lengthOf(array, "items") }, (_, index) => at(index, () => copy(array[index], spec)));
    // Old libraries add a `toJSON` to `Array.prototype`, which would change what is sent.
    return Object.defineProperty(items, "toJSON", { __proto__: null, value: undefined });
  };
  const copyObject = (object, { "": type, ...members }) => {
    const plain = { __proto__: null };
    const others = new Set(Object.keys(object));
    const names = Object.keys(members).map((key) => {
      const name = key.replace("?", "");
      others.delete(name);
      at(name, () => {
        const member = object[name];
        if (member !== undefined && (member !== null || name === key)) plain[name] = copy(member, members[key]);
        // A member of any kind may be absent: the code that uses it decides.
        else if (name === key && members[key] !== "anything") wrong ??= problem(misfit(member, members[key]));
      });
      return name;
    });
    for (const name of others) {
      at(name, () => {
        const member = object[name];
        if (member === undefined) return;
        plain[name] = member;
        if (!type) return;
        const text = problem(`is unknown: \`${type}\` has \`${names.join("`, `")}\`${REMEDIES[type] ?? ""}.`);
        if (path.length === 1) unknown ??= text;
        else wrong ??= text;
      });
    }
    return plain;
  };
  return [copy(value, JSON.parse(spec)), wrong, unknown];
});

/**
 * A copy of arrays and plain objects as they are now: the check of a change runs later, when the page may show the change already.
 * `name` is the first step of the path. Throws `{ path, cause }`.
 */
export const snapshotOf = (value, name) => withPath((_, at) => {
  const copy = (value) => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return Array.from({ length: lengthOf(value, "items") }, (_, index) => at(index, () => copy(value[index])));
    if (![null, Object.prototype].includes(Object.getPrototypeOf(value))) return value;
    return Object.fromEntries(Object.keys(value).map((name) => [name, at(name, () => copy(value[name]))]));
  };
  return at(name, () => copy(value));
});

/**
 * The members of a record that its type does not list, in a new object; `undefined` if it has no member of any record. `specs` has the
 * spec of each record by its name (see `readArgument`). Objects do not say which record they are: it is the one of whose members
 * they have the most and lack the fewest, so that members which the server added or left out do not make it another. Throws
 * `{ path, cause }`.
 */
export const unlistedOf = (record, specs) => withPath(() => {
  const members = Object.entries(record);
  const has = new Set(members.map(([name]) => name));
  let listed;
  let best = -Infinity;
  for (const spec of Object.values(JSON.parse(specs))) {
    const names = Object.keys(spec).map((key) => key.replace("?", ""));
    const count = names.filter((name) => has.has(name)).length;
    const score = 2 * count - names.length;
    if (count && score > best) [listed, best] = [names, score];
  }
  return listed && Object.fromEntries(members.filter(([name]) => !listed.includes(name)));
});

/** A member as text; `undefined` if it is `undefined` or `null`. */
export function textOf(object, name) {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** A member wrapped in an array: see `member_of` in `src/convert/argument.rs`. */
export const memberOf = (object, name) => [object[name]];

/** Calls a callback of the page and ignores its exceptions and rejections. */
export function tell(callback, event) {
  try {
    Promise.resolve(callback(event)).catch(() => {});
  } catch {}
}

/** Returns a Blob of any frame unchanged, and copies bytes into a Blob; otherwise returns `undefined`. */
export function blobOf(file) {
  try {
    if (ArrayBuffer.isView(file) || tagOf(file) === "ArrayBuffer") return new Blob([file], { type: "audio/mpeg" });
    // The classes of happy-dom have no kind.
    if ((["Blob", "File"].includes(tagOf(file)) || typeof file.arrayBuffer === "function") && typeof file.slice === "function") return file;
  } catch {}
  return undefined;
}

export function formOf(blob) {
  const form = new FormData();
  form.append("file", blob, composed(blob.name ?? "greeting.mp3"));
  return form;
}

/** A view of the same bytes, not a copy; `undefined` if the value does not hold bytes. */
export function viewOf(bytes) {
  try {
    // A detached buffer has length 0, and a view of it cannot be made.
    if ((ArrayBuffer.isView(bytes) || tagOf(bytes) === "ArrayBuffer") && bytes.byteLength === 0) return new Uint8Array();
    if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (["ArrayBuffer", "SharedArrayBuffer"].includes(tagOf(bytes))) return new Uint8Array(bytes);
  } catch {}
  return undefined;
}

/** The report with the issues of all lists. */
export const reportOf = (ok, lists) => ({ ok, issues: [].concat(...lists) });

// Drafts and tenants are passed to Rust as numbers and one string, at once instead of field by field.

const MOST_UNITS = 0x1000_0000;
const MOST_NUMBERS = 0x400_0000;
const SELDOM_REPEATS = -1_000;

// The kinds of `Kind` in `crates/schema/src/draft.rs`.
const [ABSENT, BOOL, OTHER_KIND, TEXT, SMALL_INT, NUMBER, LIST, OBJECT] = [0, 1, 2, 3, 4, 5, 6, 7];

// A spec is the same text at each call.
const specs = new Map();
const EXACT = {};

/**
 * Parses a spec: `undefined` for one value, `EXACT` for a string that stays as it is, otherwise a list of `inner`, or an object with `fields`. A field with a `source` is the
 * folded text of that field. Every member is set, because a page may have added one of these names to `Object.prototype`.
 */
function parseSpec(spec) {
  if (spec === 0) return undefined;
  if (spec === 1) return EXACT;
  if (Array.isArray(spec)) return { fields: undefined, inner: parseSpec(spec[0]), orPage: spec[1] === 1 };
  const sources = Object.values(spec);
  const field = (name) => {
    const source = typeof spec[name] === "string" ? spec[name] : undefined;
    return { name, source, spec: source ? undefined : parseSpec(spec[name]), isSource: sources.includes(name), repeats: 0 };
  };
  return { fields: Object.keys(spec).map(field), inner: undefined, orPage: false };
}

/**
 * Encodes a value of the page as the crate `omicall-schema` reads it (`draft.rs`): a number for each value, and each different
 * string once. Only the members that `spec` lists are read.
 */
export const encodeDraft = (value, spec) => withPath((path) => {
  let numbers = new Uint32Array(256);
  let count = 0;
  let units = 0;
  const strings = [];
  const indexes = new Map();

  const push = (code) => {
    if (count === numbers.length) {
      if (count >= MOST_NUMBERS) throw new RangeError(`more than ${MOST_NUMBERS} values`);
      const larger = new Uint32Array(count * 2);
      larger.set(numbers);
      numbers = larger;
    }
    numbers[count++] = code;
  };
  const add = (text) => {
    units += text.length + 1;
    if (units > MOST_UNITS) throw new RangeError(`more than ${MOST_UNITS} characters`);
    return strings.push(text) - 1;
  };
  /** Returns whether the string was there already. */
  const pushString = (kind, text) => {
    let index = indexes.get(text);
    const isKnown = index !== undefined;
    if (!isKnown) indexes.set(text, (index = add(text)));
    push((index << 3) | kind);
    return isKnown;
  };
  // Most names and ids occur only once. The strings of a field that has proved to be like that are no longer looked up.
  const pushText = (text, field) => {
    if (field.repeats < SELDOM_REPEATS) push((add(text) << 3) | TEXT);
    else field.repeats += pushString(TEXT, text) ? 1 : -1;
  };
  const pushLeaf = (value) => {
    if (typeof value === "string") return pushString(TEXT, value);
    const code = codeOf(value);
    if (code === undefined) pushString(NUMBER, String(value));
    else push(code);
  };
  // As numbers, because the strings are composed, and U+0000 separates them.
  const pushExact = (text) => {
    const characters = [...text];
    push((characters.length << 5) | LIST);
    for (const character of characters) push((character.codePointAt(0) << 3) | SMALL_INT);
  };
  const walk = (value, spec) => {
    if (spec === undefined) return pushLeaf(value);
    if (spec === EXACT) return typeof value === "string" ? pushExact(value) : pushLeaf(value);
    if (spec.fields === undefined) return walkList(value, spec);
    if (!isRecord(value)) return pushLeaf(value);
    push(OBJECT);
    const { fields } = spec;
    let sourceText;
    let at = 0;
    try {
      for (; at < fields.length; at++) {
        const field = fields[at];
        const { name, spec: inner, source, isSource } = field;
        if (source) {
          // Folded texts seldom repeat, so they are not looked up.
          push((add(folded(sourceText)) << 3) | TEXT);
          continue;
        }
        const member = value[name];
        if (isSource) sourceText = member;
        if (inner) walk(member, inner);
        else if (typeof member === "string") pushText(member, field);
        else pushLeaf(member);
      }
    } catch (cause) {
      path.unshift(fields[at].name);
      throw cause;
    }
  };
  const walkList = (value, { inner, orPage }) => {
    const list = listOf(value, orPage);
    if (!list) return pushLeaf(value);
    const length = lengthOf(list, "entries");
    push(listCode(value, list, length));
    let index = 0;
    try {
      for (; index < length; index++) walk(list[index], inner);
    } catch (cause) {
      path.unshift(index);
      throw cause;
    }
  };

  if (!specs.has(spec)) specs.set(spec, parseSpec(JSON.parse(spec)));
  walk(value, specs.get(spec));
  // NUL composes with nothing, so the strings stay apart.
  return { numbers: numbers.subarray(0, count), strings, text: strings.map(withoutNul).join("\0").normalize() };
});

const withoutNul = (text) => (text.includes("\0") ? text.replaceAll("\0", "\uFFFD") : text);

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && !isSpecial(value);

/** The list in a value that may be a list page; `undefined` if there is none. */
function listOf(value, orPage) {
  const list = !Array.isArray(value) && orPage && typeof value === "object" ? value?.items : value;
  return Array.isArray(list) ? list : undefined;
}

/** The code of a list, with where it comes from. */
const listCode = (value, list, length) => (length << 5) | (value === list ? 0 : value.has_next === true ? 16 : 8) | LIST;

/** The code of a value without a text; `undefined` for a number that is written as text. */
function codeOf(value) {
  if (value === undefined || value === null) return ABSENT;
  if (typeof value === "boolean") return (value << 3) | BOOL;
  if (typeof value !== "number") return OTHER_KIND;
  return value >= 0 && value < 2 ** 29 && Number.isInteger(value) ? ((value << 3) | SMALL_INT) >>> 0 : undefined;
}

// What a larger tenant was encoded as is not kept.
const MOST_KEPT = 100_000;
let kept;

/**
 * Encodes a tenant; `spec` is the same at each call. A form is checked after each key, in a tenant that seldom changes: comparing it with
 * the last one takes a quarter of the time of encoding.
 */
export function encodeTenant(tenant, spec) {
  const last = kept?.deref();
  if (last && isUnchanged(tenant, specs.get(spec), last)) return last;
  const draft = encodeDraft(tenant, spec);
  // Older workerd has none.
  if (draft.numbers.length <= MOST_KEPT && globalThis.WeakRef) kept = new WeakRef(draft);
  return draft;
}

/** Whether a value still is what was encoded. All of it is read again, because pages change records in place. */
function isUnchanged(value, spec, { numbers, strings }) {
  let at = 0;
  const isLeaf = (value) => {
    const known = numbers[at++];
    const isString = typeof value === "string";
    const code = isString ? undefined : codeOf(value);
    if (code !== undefined) return known === code;
    return (known & 7) === (isString ? TEXT : NUMBER) && strings[known >>> 3] === String(value);
  };
  const isSame = (value, spec) => {
    if (spec === undefined) return isLeaf(value);
    const { fields, inner } = spec;
    if (fields === undefined) {
      const list = listOf(value, spec.orPage);
      if (!list) return isLeaf(value);
      const { length } = list;
      if (numbers[at++] !== listCode(value, list, length)) return false;
      for (let index = 0; index < length; index++) if (!isSame(list[index], inner)) return false;
      return true;
    }
    if (!isRecord(value)) return isLeaf(value);
    if (numbers[at++] !== OBJECT) return false;
    for (const field of fields) {
      // A folded text is that of a field that was compared.
      if (field.source) at++;
      else if (!isSame(value[field.name], field.spec)) return false;
    }
    return true;
  };
  try {
    return isSame(value, spec) && at === numbers.length;
  } catch {
    return false;
  }
}

// Text that rules compare without regard to case.
const folded = (text) => (typeof text === "string" ? text.trim().toLowerCase() : "");
