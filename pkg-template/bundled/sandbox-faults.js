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
      headers: { ...headers, ...(retryAfter !== undefined && { "retry-after": retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter) }) },
    })],
  error: [["message"], ({ error, message = error }) => fault("status", { code: 200, body: { status_code: -9999, payload: { status: "fail", error, message } } })],
  network: [["afterBytes"], ({ network, afterBytes }) => {
    if (network === "down") return beforeArrival("status", { code: 403 });
    if (network === "reset") return fault("reset");
    if (network === "cut") return fault("cut_body", { bytes: afterBytes });
    throw wrong("`network` must be \"down\", \"reset\" or \"cut\"");
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
  const { match, ...made } = planned(what);
  return { ...made, times: Math.min(times, 2 ** 32 - 1), match: { ...match, call } };
}

const base64 = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
