// What `sandbox.fail` takes, as the JSON in which faults are planned.
import { usageError } from "./error.js";

const fault = (kind, fields) => ({ fault: { kind, ...fields } });
// What happens before the request arrives is planned for its preflight.
const beforeArrival = (kind, fields) => ({ ...fault(kind, fields), match: { method: "OPTIONS" } });

/** Each kind of fault, by the field that only it has: which other fields it may have, and how it is planned. */
const KINDS = {
  status: [["retryAfter", "headers", "body", "contentType"], ({ status, retryAfter, headers, body, contentType }) =>
    fault("status", {
      code: status, body: body ?? null, content_type: contentType,
      headers: { ...headersOf(headers), ...(retryAfter !== undefined && { "retry-after": isDate(retryAfter) ? retryAfter.toUTCString() : String(retryAfter) }) },
    })],
  error: [["message"], ({ error, message = error }) => fault("status", { code: 200, body: { status_code: -9999, payload: { status: "fail", error, message } } })],
  network: [["afterBytes"], ({ network, afterBytes }) => {
    if (network === "down") return beforeArrival("status", { code: 403 });
    if (network === "reset") return fault("reset");
    return fault("cut_body", { bytes: afterBytes });
  }],
  connectMs: [[], ({ connectMs }) => beforeArrival("delay", { ms: connectMs })],
  delayMs: [[], ({ delayMs }) => fault("delay", { ms: delayMs })],
  hang: [[], () => fault("hang")],
  dripMs: [[], ({ dripMs }) => fault("drip", { ms_per_byte: dripMs })],
  html: [[], ({ html }) => fault("html", { code: html === true ? undefined : html })],
  empty: [[], () => fault("empty")],
  set: [[], ({ set: { pointer, value } }) => fault("set", { pointer, value })],
  remove: [[], ({ remove }) => fault("remove", { pointer: remove })],
  repeatPage: [[], () => fault("repeat_page")],
  raw: [["contentType"], ({ raw, contentType }) => fault("raw", { content_type: contentType, ...(typeof raw === "string" ? { body: raw } : { body_base64: base64(raw) }) })],
  huge: [["announced"], ({ huge, announced }) => fault("huge", { bytes: huge === true ? undefined : huge, announced })],
};

const isDate = (value) => Object.prototype.toString.call(value) === "[object Date]";
const isBytes = (value) => Object.prototype.toString.call(value) === "[object Uint8Array]";
const isText = (value) => typeof value === "string";
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isTrue = (value) => value === true;
// A header must not end in the middle.
const isHeaderText = (value) => isText(value) && !/[\0\n\r\u0100-\uffff]/.test(value);
const MOST_HUGE_BYTES = 1e10;

/** What each field must be, and how that is said. */
const VALUES = {
  status: [Number.isInteger, "a status from 200 to 599"],
  retryAfter: [(value) => isHeaderText(value) || (typeof value === "number" && value >= 0 && value < Infinity) || (isDate(value) && !Number.isNaN(Number(value))), "a number of seconds, a date or the text of the header"],
  headers: [(value) => Object(value) === value && Object.entries(headersOf(value)).every(([name, value]) => name !== "" && isHeaderText(value)), "an object with the texts of headers"],
  contentType: [isHeaderText, "the text of a header"],
  body: [(value) => isText(value) || isJson(value), "a string, or something that can be written as JSON"],
  error: [(value) => isText(value) && value !== "", "the code of an error"],
  message: [isText, "a string"],
  network: [(value) => ["down", "reset", "cut"].includes(value), '"down", "reset" or "cut"'],
  afterBytes: [isCount, "a whole number of bytes"],
  connectMs: [isCount, "a whole number of milliseconds"],
  delayMs: [isCount, "a whole number of milliseconds"],
  dripMs: [isCount, "a whole number of milliseconds"],
  hang: [isTrue, "true"],
  empty: [isTrue, "true"],
  repeatPage: [isTrue, "true"],
  html: [(value) => isTrue(value) || Number.isInteger(value), "true or a status"],
  set: [(value) => Object(value) === value && isText(value.pointer) && isJson(value.value) && Object.keys(value).every((name) => ["pointer", "value"].includes(name)), "`{ pointer, value }`, with a value that can be written as JSON"],
  remove: [isText, "a JSON pointer"],
  raw: [(value) => isText(value) || isBytes(value), "a string or a Uint8Array"],
  huge: [(value) => isTrue(value) || (isCount(value) && value <= MOST_HUGE_BYTES), `true for a body without end, or a whole number of bytes up to ${MOST_HUGE_BYTES}`],
  announced: [(value) => typeof value === "boolean", "true or false"],
};

/** Whether JSON has a form of it, and nothing in it becomes something else. */
function isJson(value) {
  try {
    return !/^\[object (Blob|File|FormData|ArrayBuffer|Uint8Array|ReadableStream|URLSearchParams)\]$/.test(Object.prototype.toString.call(value)) && typeof JSON.stringify(value) === "string" && !(typeof value === "number" && !Number.isFinite(value));
  } catch {
    return false;
  }
}

/** Headers as an object with names in lower case, of which each is there once. */
function headersOf(headers) {
  const pairs = typeof headers?.[Symbol.iterator] === "function" ? [...headers] : Object.entries(Object(headers));
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), value]));
}

const wrong = (problem) => usageError(`\`sandbox.fail\`: ${problem}.`, { path: "" });

export function plannedFault(plan) {
  const { call, times = 1, with: what, ...rest } = Object(plan);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrong(`\`${unknown}\` is not known; it takes \`call\`, \`times\` and \`with\``);
  if (times !== Infinity && !(Number.isInteger(times) && times > 0)) throw wrong("`times` must be a whole number of at least 1, or Infinity");
  const fields = Object.keys(Object(what)).filter((field) => what[field] !== undefined);
  const kinds = fields.filter((field) => Object.hasOwn(KINDS, field));
  if (kinds.length !== 1) throw wrong(`\`with\` must have exactly one of ${Object.keys(KINDS).join(", ")}`);
  const [others, planned] = KINDS[kinds[0]];
  const foreign = fields.find((field) => field !== kinds[0] && !others.includes(field));
  if (foreign !== undefined) throw wrong(`\`${foreign}\` does not go with \`${kinds[0]}\``);
  for (const field of fields) {
    const [isFitting, form] = VALUES[field];
    if (!isFitting(what[field])) throw wrong(`\`${field}\` must be ${form}`);
  }
  if (what.afterBytes !== undefined && what.network !== "cut") throw wrong('`afterBytes` goes only with `network: "cut"`');
  const { match, ...made } = planned(what);
  return { ...made, times: Math.min(times, 2 ** 32 - 1), match: { ...match, call } };
}

const base64 = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
