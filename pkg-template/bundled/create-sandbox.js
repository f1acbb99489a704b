// The sandbox as tests hold it. The tenant is in WebAssembly; here are the clock, the list of requests and `fetch`.
import { usageError } from "./error.js";
import { fetchOf } from "./sandbox-fetch.js";
import { plannedFault } from "./sandbox-faults.js";
import { newEnd } from "./sandbox-waiting.js";
import { SandboxTenant } from "./sandbox_bg.js";

const OPTIONS = ["agents", "tenant", "snapshot", "seed", "tokenLifeMs", "now"];
const LISTS = ["phones", "hotlines", "groups", "scripts", "greetings"];

export async function createSandbox(options = {}) {
  if (!isPlain(options)) throw wrong("options", "must be an object");
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw wrong(unknown, `is not an option of \`createSandbox\`: use ${OPTIONS.join(", ")}`);
  const { agents, seed, tokenLifeMs } = options;
  if (agents !== undefined && !isCount(agents, 100_000)) throw wrong("agents", "must be a whole number up to 100000");
  if (seed !== undefined && !isCount(seed, 2 ** 32 - 1)) throw wrong("seed", "must be a whole number below 2 ** 32");
  if (tokenLifeMs !== undefined && !isCount(tokenLifeMs, Number.MAX_SAFE_INTEGER)) throw wrong("tokenLifeMs", "must be a number of milliseconds");
  const startTime = timeOf(options.now);
  const tenant = new SandboxTenant(agents, seed ?? 0, tokenLifeMs, listsOf(options), options.tenant === undefined ? "snapshot" : "tenant");
  const requests = [];
  let time = startTime;
  let end = newEnd();
  const now = () => time ?? Date.now();
  return {
    fetch: fetchOf(tenant, now, (request) => requests.push(request), () => end.signal),
    token: () => tenant.token(now()),
    expireTokens: () => tenant.expireTokens(),
    fail: (plan) => tenant.plan(JSON.stringify(plannedFault(plan))),
    tenant: (options) => JSON.parse(tenant.records(Boolean(options?.includePasswords))),
    reset() {
      end.abort(new TypeError("Failed to fetch: the sandbox was reset meanwhile"));
      end = newEnd();
      tenant.reset();
      requests.length = 0;
      time = startTime;
    },
    get requests() {
      return requests.map((request) => ({ ...request, query: copyOf(request.query), body: copyOf(request.body) }));
    },
    get now() {
      return now();
    },
    set now(value) {
      time = timeOf(value);
    },
  };
}

const wrong = (name, problem) => usageError(`\`${name}\` ${problem}.`, { path: "" });

const isPlain = (value) => Object(value) === value && typeof value !== "function" && !Array.isArray(value);

const isCount = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;

/** A copy of JSON, by which nobody changes the original. */
const copyOf = (value) => (Object(value) === value ? JSON.parse(JSON.stringify(value)) : value);

/** A time in Unix milliseconds; `undefined` for the one of the real clock. */
function timeOf(value) {
  if (value === undefined || value === null) return undefined;
  const isTime = typeof value === "number" || Object.prototype.toString.call(value) === "[object Date]";
  const time = isTime ? Number(value) : NaN;
  if (!isCount(time, 8.64e15)) throw wrong("now", "must be a Date or Unix milliseconds");
  return time;
}

/** The lists of a tenant or of a snapshot as JSON; `undefined` if there is neither. */
function listsOf({ tenant, snapshot }) {
  if (tenant === undefined && snapshot === undefined) return undefined;
  if (tenant !== undefined && snapshot !== undefined) throw wrong("snapshot", "cannot be given together with `tenant`");
  const given = tenant ?? snapshot?.records ?? snapshot;
  const name = tenant === undefined ? "snapshot" : "tenant";
  if (Object(given) !== given || Array.isArray(given)) throw wrong(name, `must be an object with lists of records: ${LISTS.join(", ")}`);
  // A snapshot has more than lists.
  const unknown = Object.keys(given).find((list) => !LISTS.includes(list));
  if (tenant !== undefined && unknown !== undefined) throw wrong("tenant", `has no list \`${unknown}\`: use ${LISTS.join(", ")}`);
  // What a page wraps records in, such as a Proxy, is read here.
  try {
    return JSON.stringify(Object.fromEntries(LISTS.map((list) => [list, given[list]])));
  } catch {
    throw wrong(name, "cannot be written as JSON: it contains itself, a BigInt, or a member that cannot be read");
  }
}
