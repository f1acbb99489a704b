// Responses arrive unchanged, and requests are sent as intended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, masked, openPage, ownHeaders, sample, vendor } from "./support.mjs";

let chrome, server, phones, detail;

before(async () => {
  [phones, detail] = [await sample("internal_phone_list"), await sample("extensions_detail")];
  chrome = await openPage();
  server = await vendor((request, response, url) => {
    if (url.pathname.endsWith("/internal_phone/list")) return json(response, phones);
    if (url.pathname.endsWith("/extensions/detail")) return json(response, detail);
    return json(response, { status_code: -9999, message: "data_is_required" });
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

test("recorded samples arrive unchanged", async () => {
  const [page, one] = await chrome.page.evaluate(async (base) => {
    const callCenter = client(base);
    return [await callCenter.phones.list(), await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" })];
  }, server.origin);
  assert.deepEqual(page, masked(phones.payload));
  assert.deepEqual(one, detail.payload);
});

test("unlisted fields are kept", async () => {
  const before = phones;
  const unlisted = {
    new_field: { deep: [1, null, { "khoá": "giá trị" }] }, "": "empty", "a/b~c": -0.5e-7, __proto__x: 1, big: 123456789012, text: "\u0000\"\\\n\u2028📞ễ",
  };
  phones = structuredClone(before);
  phones.payload.items[0] = { ...phones.payload.items[0], ...unlisted };
  phones.payload.server_time = "now";
  const page = await chrome.page.evaluate((base) => client(base).phones.list(), server.origin);
  assert.deepEqual(page, masked(phones.payload));
  phones = before;
});

test("keywords are percent-encoded, and only the authorization header is added", async () => {
  for (const keyword of ["a&b=c", "#1", "a/b", "../x", "Nguyễn Thị", "📞 +84%", "?", "x".repeat(2000)]) {
    server.requests.length = 0;
    await chrome.page.evaluate(([base, keyword]) => client(base).phones.list({ keyword, page: 2, size: 10 }), [server.origin, keyword]);
    const [{ path, query, headers }] = server.requests;
    assert.equal(path, "/api/call_center/internal_phone/list");
    assert.deepEqual(query, { keyword, page: "2", size: "10" });
    assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    assert.deepEqual(Object.keys(ownHeaders(headers)), ["authorization"]);
  }
});

test("a base URL may have a path and a trailing slash, or be a path on the page's origin", async () => {
  for (const suffix of ["/w/one", "/w/one/"]) {
    server.requests.length = 0;
    await chrome.page.evaluate((base) => client(base).phones.list(), server.origin + suffix);
    assert.equal(server.requests[0].raw, "/w/one/api/call_center/internal_phone/list");
  }
  const seen = chrome.page.waitForRequest((request) => request.url().startsWith(`${chrome.origin}/omicall/api/`));
  const { kind, status } = await chrome.page.evaluate(() => outcome(() => client("/omicall").phones.list()));
  await seen;
  assert.deepEqual([kind, status], ["http", 404]);
});

test("iterate fetches all pages, and ends if the server repeats a page", async () => {
  const records = Array.from({ length: 7 }, (_, index) => ({ ...phones.payload.items[0], sip_user: String(index) }));
  const pageOf = (number, size, last, next) => ({
    ...phones,
    payload: { ...phones.payload, items: records.slice((number - 1) * size, number * size), page_number: number, page_size: size, has_next: !last, next_page: next, total_items: 7 },
  });
  const iterateWith = async (respond, run) => {
    const requestedPages = [];
    const other = await vendor((request, response, url) => {
      const [page, size] = [Number(url.searchParams.get("page")), Number(url.searchParams.get("size"))];
      requestedPages.push(page);
      json(response, respond(page, size));
    });
    const result = await chrome.page.evaluate(run, other.origin);
    await other.close();
    return [result, requestedPages];
  };
  const users = "client(base).phones.iterate({ size: 3 }).toArray().then((all) => all.map((one) => one.sip_user))";
  const all = new Function("base", `return ${users}`);
  const normal = (page, size) => pageOf(page, size, page === 3, page === 3 ? 1 : page + 1);
  assert.deepEqual(await iterateWith(normal, all), [["0", "1", "2", "3", "4", "5", "6"], [1, 2, 3]]);
  // has_next is always true: the last page repeats, or the pages are empty.
  assert.deepEqual(await iterateWith((page, size) => pageOf(Math.min(page, 3), size, false, 1), all), [["0", "1", "2", "3", "4", "5", "6"], [1, 2, 3, 4]]);
  assert.deepEqual(await iterateWith((page, size) => pageOf(page, size, false, 1), all), [["0", "1", "2", "3", "4", "5", "6"], [1, 2, 3, 4]]);
  // A server that starts over after the last page.
  assert.deepEqual(await iterateWith((page, size) => pageOf(((page - 1) % 3) + 1, size, false, 1), all), [["0", "1", "2", "3", "4", "5", "6"], [1, 2, 3, 4]]);
  // No page is fetched beyond the limit, or after leaving the loop.
  assert.deepEqual(await iterateWith(normal, (base) => client(base).phones.iterate({ size: 3 }).toArray({ limit: 3 }).then((all) => all.length)), [3, [1]]);
  assert.deepEqual(await iterateWith(normal, (base) => client(base).phones.iterate({ size: 3 }).toArray({ limit: 0 }).then((all) => all.length)), [0, []]);
  const early = await iterateWith(normal, async (base) => {
    for await (const phone of client(base).phones.iterate({ size: 3 })) if (phone.sip_user === "4") return phone.sip_user;
  });
  assert.deepEqual(early, ["4", [1, 2]]);
  const pages = await iterateWith(normal, async (base) => {
    const sizes = [];
    for await (const page of client(base).phones.iterate({ size: 3, page: 2 }).pages()) sizes.push([page.page_number, page.items.length]);
    return sizes;
  });
  assert.deepEqual(pages, [[[2, 3], [3, 1]], [2, 3]]);
});

test("an abort ends an iteration", async () => {
  const result = await chrome.page.evaluate(async (base) => {
    const stop = new AbortController();
    const seen = [];
    const end = await outcome(async () => {
      for await (const phone of client(base).phones.iterate({ size: 2 }, { signal: stop.signal })) {
        seen.push(phone.sip_user);
        if (seen.length === 2) stop.abort(new Error("enough"));
      }
    });
    return [seen, end.kind, end.cause];
  }, server.origin);
  assert.deepEqual(result, [["147", "145"], "aborted", "Error: enough"]);
});
