// Errors for the tests of those who use the package, like those that the client makes.
import { OmiCallError, usageError } from "./error.js";

// A sentence for each kind, and whether the same call may soon succeed.
const KINDS = {
  validation: ["The payload breaks a rule. Nothing was sent.", false],
  auth: ["The access token was refused.", false],
  api: ["The server refused the call.", false],
  http: ["The server responded with an HTTP error.", false],
  network: ["The server could not be reached.", true],
  timeout: ["There was no response in time.", true],
  aborted: ["The call was aborted.", false],
  decode: ["The response is not what it should be.", false],
  usage: ["The package was used incorrectly.", false],
};
const NOT_SENT = ["validation", "usage"];
const RETRYABLE_STATUSES = [408, 429, 500, 502, 503, 504];
const FIELDS = ["kind", "message", "cause", "attempts", "issues", "retryable", "code", "serverMessage", "status", "statusCode", "instanceId", "endpoint", "path", "outcomeUnknown", "moved"];

const text = [(value) => typeof value === "string", "a string"];
const count = [(value) => Number.isInteger(value) && value >= 0, "a whole number"];
const VALUES = {
  message: text, code: text, serverMessage: text, instanceId: text, endpoint: text, path: text,
  attempts: count, status: count, statusCode: [Number.isInteger, "a whole number"],
  retryable: [(value) => typeof value === "boolean", "true or false"],
  moved: [(value) => Object(value) === value, "an object with `added` and `removed`"],
  issues: [(value) => Array.isArray(value) && value.every((issue) => typeof issue?.path === "string"), "a list of issues"],
};

export function omiCallError(fields) {
  const { kind, message, cause, ...rest } = Object(fields);
  if (!Object.hasOwn(KINDS, kind)) throw usageError(`\`omiCallError\`: \`kind\` must be one of ${Object.keys(KINDS).join(", ")}.`, { path: "/kind" });
  const unknown = Object.keys(rest).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) throw usageError(`\`omiCallError\`: \`${unknown}\` is not a field of an error; it takes ${FIELDS.join(", ")}.`, { path: `/${unknown}` });
  for (const [field, [isFitting, what]] of Object.entries(VALUES)) {
    const value = fields[field];
    if (value !== undefined && !isFitting(value)) throw usageError(`\`omiCallError\`: \`${field}\` must be ${what}.`, { path: `/${field}` });
  }
  const [sentence, retryable] = KINDS[kind];
  const { status } = rest;
  return new OmiCallError(message ?? sentence, {
    kind,
    attempts: NOT_SENT.includes(kind) ? 0 : 1,
    issues: [],
    ...(kind === "auth" && { status: 401 }),
    ...(kind === "api" && { status: 200, statusCode: -9999 }),
    ...(kind === "http" && { status: 500 }),
    retryable: retryable || ((kind === "http" || kind === "api") && RETRYABLE_STATUSES.includes(kind === "http" ? (status ?? 500) : status)),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    cause,
  });
}
