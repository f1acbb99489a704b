// Rows of a fault matrix. Each row has its own world of the sandbox (OMICALL_SANDBOX) and defines the faults there, the outcome
// of the call and the requests it sends. Time is only checked through the client: timed out or not. The same rows run once more
// on the sandbox inside the page (`omicall-call-center/testing`), without those that are about a real connection.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage } from "./support.mjs";

const KEY = "sandbox-api-key";
const GROUP = "62ff11b208d4bf3ea694a6f3";

/** A call for each HTTP method, and its endpoint. */
export const GET = { line: "GET /api/call_center/internal_phone/list", call: (callCenter, { options }) => callCenter.phones.list({}, options) };
export const PUT = {
  line: "PUT /api/call_center/internal_phone/status",
  call: (callCenter, { options }) => callCenter.phones.setEnabled({ sip_user: "147", enabled: false }, options),
};
export const POST = {
  line: "POST /api/call_center/internal_group/add",
  call: (callCenter, { options }) => callCenter.groups.create({ group_name: "New", strategy: "rollover", sip_members: ["147"], timeout: 20 }, options),
};
export const DELETE = {
  line: "DELETE /api/call_center/internal_group/delete/:id",
  call: (callCenter, { options }) => callCenter.groups.delete("62ff11b208d4bf3ea694a6f3", options),
};
export const UPLOAD = {
  line: "POST /api/call_center/greeting/upload",
  call: (callCenter, { options, mp3 }) => callCenter.greetings.upload({ file: mp3(10) }, options),
};
export const METHODS = { GET, PUT, POST, DELETE };
/** The HTTP method of a call. */
export const methodOf = ({ line }) => line.split(" ", 1)[0];

/** Faults in the call itself, the sign-in and preflights. */
export const fault = (kind, times = 1, more = {}) => ({ times, fault: { kind, ...more } });
export const sign = (...fields) => ({ ...fault(...fields), match: { path: "/api/auth" } });
export const preflight = (...fields) => ({ ...fault(...fields), match: { method: "OPTIONS" } });
export const status = (code, times, more) => fault("status", times, { code, ...more });
/** Lasts longer than every timeout of a row with `timesOut`. */
export const STALLED = { delay: { ms: 120_000 }, drip: { ms_per_byte: 5000 } };
/** The timeouts that a row with `timesOut` tries, in milliseconds. In the page, nothing is on its way for long. */
const TIMEOUTS = [3000, 12_000, 48_000];
const TIMEOUTS_IN_PAGE = [500, ...TIMEOUTS];
/** A status with a `Retry-After` in seconds; by default, a retry at once. */
export const again = (code, times, retryAfter = "0") => status(code, times, { headers: { "retry-after": retryAfter } });

/**
 * The rows of one file, which share a web page. Only `line`, `call`, `wire` and `ends` are required:
 * - `line`, `call(callCenter, io)`: the endpoint, and the call in the page
 * - `plan`: the faults, or a function that returns them when the row starts; `fill`: the number of phones in the tenant
 * - `options(io)`: the client's; `signIn`: use the API key instead of a token; `base`: another base URL
 * - `wire`: the statuses that the sandbox sent, in order, as in `"auth:200 401 – 200!"`: `–` for none, `!` if the client
 *   disconnected before the end; or a function that checks those statuses
 * - `ends`: fields of the error, `message` and `cause` as patterns; or `{ value }`, or `{ check(value, log) }`
 * - `attempts`: if it is not the number of requests; `check(log)`: checks what the hooks received
 * - `timesOut`: the number of requests that have to arrive before the client's timeout; on a busy machine they can arrive too
 *   late for a short one, which proves nothing, so the row begins again with a longer one
 * - `connection`: what the row needs of a real connection; it does not run in the page
 */
export function matrix(name) {
  let chrome, serial = 0;
  const worlds = [];
  const ends = [];
  const counts = { all: 0, inPage: 0 };

  before(async () => {
    assert.ok(process.env.OMICALL_SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox");
    chrome = await openPage();
    await chrome.page.evaluate(() => {
      const read = (source) => new Function(`return ${source}`)();
      const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
      window.runRow = async ({ world, base, auth, options, call, timeoutMs, inPage }) => {
        const log = { waits: [], drift: [] };
        const stop = new AbortController();
        const control = inPage?.control ?? ((path, body) => fetch(`${world}/__sandbox/${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }));
        const io = {
          log, stop, control, sleep, timeoutMs,
          options: { signal: stop.signal },
          /** Waits until the sandbox has received `count` requests. */
          arrived: async (count) => {
            while ((await (await control("requests")).json()).length < count) await sleep(20);
          },
          mp3: (frames) => {
            const bytes = new Uint8Array(417 * frames);
            for (let i = 0; i < frames; i++) bytes.set([0xff, 0xfb, 0x90, 0x00], 417 * i);
            return bytes;
          },
        };
        const callCenter = new sdk.CallCenter({
          baseUrl: base, auth, maxRetries: 2, timeoutMs, fetch: inPage?.fetch,
          onRetry: ({ waitMs }) => log.waits.push(waitMs),
          onDrift: ({ path, found }) => log.drift.push(`${path} ${found}`),
          ...(options && read(options)(io)),
        });
        const end = await outcome(() => read(call)(callCenter, io));
        callCenter.free();
        return { ...end, log };
      };
      window.runRowInPage = async ({ agents, plan, signIn, ...row }) => {
        const { createSandbox } = await import("/pkg/testing/index.js");
        const sandbox = await createSandbox({ agents });
        for (const { with: { rawBase64, ...fault }, ...planned } of plan) {
          if (rawBase64) fault.raw = Uint8Array.from(atob(rawBase64), (char) => char.charCodeAt(0));
          sandbox.fail({ ...planned, with: fault });
        }
        const controls = { "expire-tokens": () => sandbox.expireTokens(), requests: () => ({ json: async () => sandbox.requests }), token: () => ({ text: async () => sandbox.token() }) };
        const control = async (path) => controls[path]();
        const auth = signIn ? { apiKey: "sandbox-api-key", dangerouslyAllowBrowser: true } : { accessToken: sandbox.token() };
        const end = await runRow({ ...row, base: "https://sandbox.test/proxy", auth, inPage: { fetch: sandbox.fetch, control } });
        // What is cancelled is cancelled a moment later. A sign-in goes on, since it may serve other calls.
        const isOpen = ({ status, aborted }) => status === null && !aborted;
        await sleep(20);
        for (let tries = 0; tries < 50 && sandbox.requests.some(isOpen); tries++) await sleep(20);
        return { end, requests: sandbox.requests };
      };
    });
  });

  after(async () => {
    if (worlds.length === 0) return chrome?.close();
    // The page is still open, so a leaked request would still be in progress.
    for (const world of worlds) assert.equal(await (await request(world, "__sandbox/open")).json(), 0, `a request is still open in ${world}`);
    await chrome.close();
    const token = await (await request(worlds[0], "__sandbox/token")).text();
    const list = await fetch(`${worlds[0]}/api/call_center/internal_phone/list?size=500`, { headers: { authorization: `Bearer ${token}` } });
    const passwords = (await list.json()).payload.items.map(({ password }) => password);
    assert.ok(passwords.length > 100 && passwords.every(Boolean) && token.startsWith("eyJ"));
    // Every token begins like this.
    const secrets = [KEY, "eyJ", ...passwords];
    for (const text of ends) for (const secret of secrets) assert.ok(!text.includes(secret), text);
    for (const line of chrome.consoleLines) {
      // The only place where the key appears, and not our code: Chromium logs the URL of a failed sign-in.
      const ownLine = line.startsWith("Failed to load resource") ? line.replaceAll(KEY, "") : line;
      for (const secret of secrets) assert.ok(!ownLine.includes(secret), line);
      assert.doesNotMatch(line, /uncaught|unreachable|panicked|RuntimeError/);
    }
  });

  async function request(world, path, body) {
    const response = await fetch(`${world}/${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
    assert.ok(response.ok, `${path}: ${response.ok || (await response.text())}`);
    return response;
  }

  function row(title, { connection, ...spec }) {
    counts.all += 1;
    test(title, () => run(spec, perform, TIMEOUTS));
    if (connection) return;
    counts.inPage += 1;
    test(`${title}, in the page`, () => run(spec, performInPage, TIMEOUTS_IN_PAGE));
  }

  /** Says how many rows there are, and how many of them run in the page too. */
  const count = (expected) => test("rows that run in the page too", (context) => {
    context.diagnostic(`${counts.inPage} of ${counts.all} rows run in the page too`);
    assert.deepEqual(counts, expected);
  });

  async function run({ timesOut = 0, ...spec }, perform, timeouts) {
    for (const timeoutMs of timesOut ? timeouts : [20_000]) {
      const seen = await perform(spec, timeoutMs);
      if (seen.requests.length < timesOut && timeoutMs !== timeouts.at(-1)) continue;
      verify(spec, seen);
      if (timesOut) assert.match(seen.end.message, new RegExp(`within ${timeoutMs} ms`));
      return;
    }
  }

  /** The same with the sandbox inside the page. */
  async function performInPage({ line, call, plan = [], fill, options, signIn }, timeoutMs) {
    const planned = (typeof plan === "function" ? plan() : plan).map((planned) => planInPage(planned, CALLS[line]));
    return chrome.page.evaluate((row) => runRowInPage(row), { agents: fill, plan: planned, signIn, options: options && String(options), call: String(call), timeoutMs });
  }

  /** Makes the call in a world of its own, and returns how it ended and what the sandbox received. */
  async function perform({ line, call, plan = [], fill, options, signIn, base }, timeoutMs) {
    const world = `${process.env.OMICALL_SANDBOX}/w/${name}-${serial++}`;
    worlds.push(world);
    await request(world, "__sandbox/reset", {});
    if (fill) await request(world, "__sandbox/fill", { phones: fill });
    const match = { path: line.split(" ", 2)[1].replace(":id", GROUP) };
    await request(world, "__sandbox/faults", (typeof plan === "function" ? plan() : plan).map((planned) => ({ match, ...planned })));
    const token = await (await request(world, "__sandbox/token")).text();
    // A separate host, because browsers open at most six connections per host.
    const ownHost = world.replace("127.0.0.1", `${name}-${serial}.localhost`);
    const end = await chrome.page.evaluate((row) => runRow(row), {
      world: ownHost, base: base ?? ownHost, auth: signIn ? { apiKey: KEY, dangerouslyAllowBrowser: true } : { accessToken: token },
      options: options && String(options), call: String(call), timeoutMs,
    });
    const open = async () => (await request(world, "__sandbox/open")).json();
    for (let tries = 0; tries < 500 && (await open()) > 0; tries++) await new Promise((done) => setTimeout(done, 20));
    assert.equal(await open(), 0, "no request is still open");
    return { end, requests: await (await request(world, "__sandbox/requests")).json() };
  }

  function verify({ line, wire, attempts, ends: expected, check }, { end, requests }) {
    const { log, value, ...error } = end;

    if (expected.kind) {
      ends.push(JSON.stringify(error));
      const { message, cause, ...fields } = expected;
      assert.equal(error.kind, expected.kind, error.message ?? `no error, but ${JSON.stringify(value)?.slice(0, 200)}`);
      assert.deepEqual([error.name, error.isError], ["OmiCallError", true]);
      for (const [field, expectedValue] of Object.entries({ endpoint: line, ...fields })) assert.deepEqual(error[field], expectedValue, `${field}: ${error.message}`);
      assert.match(error.message, message ?? /\w{3}/);
      if (cause) assert.match(error.cause, cause);
    } else {
      assert.ok(!error.kind, error.message);
      if ("value" in expected) assert.deepEqual(value, expected.value);
      expected.check?.(value, log);
    }
    check?.(log);

    const isSignIn = ({ path }) => path === "/api/auth";
    for (const request of requests.filter((request) => !isSignIn(request))) {
      assert.equal(`${request.method} ${request.path.replace(GROUP, ":id")}`, line);
      // The one in the page does not list headers, but refuses those that the vendor's server does not allow.
      if (!request.headers) continue;
      const own = request.headers.filter((header) => !/^(host|connection|content-length|accept.*|user-agent|referer|origin|cache-control|pragma|sec-.*)$/.test(header));
      assert.ok(own.every((header) => header === "authorization" || header === "content-type"), own.join());
    }
    const statuses = requests.map((request) => `${isSignIn(request) ? "auth:" : ""}${request.status ?? "–"}${request.aborted ? "!" : ""}`);
    if (typeof wire === "function") wire(statuses);
    else assert.equal(statuses.join(" "), wire);
    if (expected.kind && typeof wire === "string") assert.equal(error.attempts, attempts ?? requests.filter((request) => !isSignIn(request)).length, "attempts");
  }

  return { row, count, chrome: () => chrome };
}

/** The methods of the rows' calls. */
const CALLS = { [GET.line]: "phones.list", [PUT.line]: "phones.setEnabled", [POST.line]: "groups.create", [DELETE.line]: "groups.delete", [UPLOAD.line]: "greetings.upload" };

/** A planned fault of the HTTP server, as `sandbox.fail` takes it. */
function planInPage({ match = {}, times = 1, fault: { kind, ...fault } }, call) {
  if (match.method === "OPTIONS") return { call, times, with: kind === "delay" ? { connectMs: fault.ms } : { network: "down" } };
  return { call: match.path === "/api/auth" ? "auth" : call, times, with: IN_PAGE[kind](fault) };
}

const IN_PAGE = {
  status: ({ code, headers: { "retry-after": retryAfter, ...headers } = {}, body, content_type }) => ({ status: code, retryAfter, headers, body, contentType: content_type }),
  delay: ({ ms }) => ({ delayMs: ms }),
  drop: () => ({ network: "reset" }),
  reset: () => ({ network: "reset" }),
  cut_body: ({ bytes }) => ({ network: "cut", afterBytes: bytes }),
  hang: () => ({ hang: true }),
  drip: ({ ms_per_byte }) => ({ dripMs: ms_per_byte }),
  huge: ({ bytes, announced }) => ({ huge: bytes ?? true, announced }),
  slow_upload: ({ ms }) => ({ delayMs: ms }),
  html: ({ code }) => ({ html: code ?? true }),
  empty: () => ({ empty: true }),
  set: (set) => ({ set }),
  remove: ({ pointer }) => ({ remove: pointer }),
  repeat_page: () => ({ repeatPage: true }),
  raw: ({ body, body_base64, content_type }) => ({ ...(body_base64 ? { rawBase64: body_base64 } : { raw: body }), contentType: content_type }),
};
