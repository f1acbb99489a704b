// `Retry-After`: a whole number of seconds, or a date that counts from the response's own. Everything else is ignored.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

const date = (ms) => new Date(ms).toUTCString();
const noon = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
/** Half of the 500 ms of a first retry, as `Math.random()` returns 0.5. */
const BACK_OFF = 250;

let chrome, server, phones, replies;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => {
    response.setHeader("access-control-expose-headers", "retry-after, date");
    const reply = replies.get(url.searchParams.get("keyword"));
    if (!reply || reply.isUsed) return json(response, phones);
    reply.isUsed = true;
    for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
    response.writeHead(503).end();
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** How long each of these responses makes a call wait: a list of numbers for each. */
async function waits(headers) {
  replies = new Map(headers.map((headers, index) => [String(index), { headers }]));
  return chrome.page.evaluate(async ([base, count]) => {
    const { random } = Math;
    Math.random = () => 0.5;
    const calls = Array.from({ length: count }, async (_, index) => {
      const waits = [];
      await client(base, { maxRetries: 1, timeoutMs: 20_000, onRetry: ({ waitMs }) => waits.push(waitMs) }).phones.list({ keyword: String(index) }).catch(() => {});
      return waits;
    });
    const all = await Promise.all(calls);
    Math.random = random;
    return all;
  }, [server.origin, headers.length]);
}

test("Retry-After: seconds are honoured", async () => {
  assert.deepEqual(await waits([{ "retry-after": "1" }, { "retry-after": "002" }, { "retry-after": "0" }, { "retry-after": "19" }, { "retry-after": "21" }]), [[1_000], [2_000], [0], [19_000], []]);
});

test("Retry-After: what is neither seconds nor a date is ignored", async () => {
  const values = ["1.5", "0.5", "-1", "+2", "1, 2", ["1", "2"], "2,5", "1e3", "0x10", "5s", "soon", "2026", "2001-01-01", "2026-11-22T12:00:05Z", "Sun Nov 22 12:00:05 2026", "12:00:05", "Nov 22", "GMT"];
  const numbers = new Set(["2026"]);
  const ends = await waits(values.map((value) => ({ "retry-after": value, date: date(noon) })));
  for (const [index, value] of values.entries()) assert.deepEqual(ends[index], numbers.has(value) ? [] : [BACK_OFF], `${value}`);
});

test("Retry-After: a date counts from the response's own, whatever the clock of the page", async () => {
  const clocks = [noon, noon - DAY, noon + DAY, 0, Date.UTC(2090, 0)];
  const headers = clocks.map((now) => ({ "retry-after": date(now + 2_000), date: date(now) }));
  assert.deepEqual(await waits(headers), clocks.map(() => [2_000]));
});

test("Retry-After: a date that has passed is ignored", async () => {
  assert.deepEqual(await waits([{ "retry-after": date(noon - DAY), date: date(noon) }, { "retry-after": date(noon), date: date(noon) }, { "retry-after": date(noon) }]), [[BACK_OFF], [BACK_OFF], [BACK_OFF]]);
});

test("Retry-After: without a usable Date, the page's clock counts", async () => {
  const inFive = () => date(Math.ceil(Date.now() / 1_000) * 1_000 + 5_000);
  const [[one], [two]] = await waits([{ "retry-after": inFive(), date: "yesterday" }, { "retry-after": inFive(), date: "1" }]);
  for (const ms of [one, two]) assert.ok(ms > BACK_OFF && ms <= 6_000, `${ms}`);
});
