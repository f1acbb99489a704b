// HTTP caches: every request reaches the server, whatever its caching headers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

const HOUR = 3_600_000;
const old = new Date(Date.now() - 10_000 * HOUR).toUTCString();
const later = new Date(Date.now() + HOUR).toUTCString();
const cacheable = {
  "Last-Modified": { "last-modified": old },
  "max-age": { "cache-control": "max-age=3600" },
  Expires: { expires: later },
  "immutable, with an ETag": { "cache-control": "public, max-age=31536000, immutable", etag: '"1"' },
  "stale-while-revalidate": { "cache-control": "max-age=0, stale-while-revalidate=3600" },
  "Last-Modified, with Vary": { "last-modified": old, vary: "accept" },
};

let chrome, server, phones, headers, tokens, refused;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  let serial = 0;
  server = await vendor((request, response, url) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (url.pathname === "/api/auth") return json(response, { status_code: 9999, payload: { access_token: tokens.shift() } });
    const token = request.headers.authorization.replace("Bearer ", "");
    // Refuse it once, so that the client signs in again.
    if (refused.delete(token)) return json(response, { status_code: -9999 }, 401);
    const [first] = phones.payload.items;
    return json(response, { ...phones, payload: { ...phones.payload, items: [{ ...first, full_name: `${token} ${(serial += 1)}` }] } });
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

function reset(cacheHeaders, { signIns = [], refuse = [] } = {}) {
  headers = cacheHeaders;
  tokens = signIns;
  refused = new Set(refuse);
  server.requests.length = 0;
  server.preflights.length = 0;
}

/** Runs `call` with a unique keyword, so that no test finds what another one left in the cache. */
let keyword = 0;
const inPage = (call, own = false) => chrome.page.evaluate(
  ([call, base, keyword, own]) => {
    const fetch = own ? (url, init) => window.fetch(url, init) : undefined;
    const sdkClient = (auth) => client(base, { auth, fetch });
    const name = async (callCenter) => (await callCenter.phones.list({ keyword })).items[0].full_name;
    return new Function("sdkClient", "name", `return (${call})()`)(sdkClient, name);
  },
  [String(call), server.origin, String((keyword += 1)), own],
);

for (const [title, cacheHeaders] of Object.entries(cacheable)) {
  for (const own of [false, true]) {
    test(`caches: a response with ${title} is not read from the cache${own ? ", with a custom fetch" : ""}`, async () => {
      reset(cacheHeaders);
      const [first, second, other] = await inPage(async () => {
        const [one, two] = ["an", "binh"].map((accessToken) => sdkClient({ accessToken }));
        return [await name(one), await name(one), await name(two)];
      }, own);
      assert.equal(server.requests.length, 3);
      assert.notEqual(first, second, "the second read sees the change");
      assert.match(first, /^an /);
      assert.match(other, /^binh /, "a client does not get the response of another token");
    });
  }

  test(`caches: a token with ${title} is not read from the cache`, async () => {
    reset(cacheHeaders, { signIns: ["first", "second", "third"], refuse: ["first"] });
    const names = await inPage(async () => {
      const auth = { apiKey: `key-${Math.random()}`, dangerouslyAllowBrowser: true };
      return [await name(sdkClient(auth)), await name(sdkClient(auth))];
    });
    // The first token is refused and replaced; the second client signs in separately.
    assert.deepEqual(names.map((name) => name.split(" ")[0]), ["second", "third"]);
  });
}

test("caches: bypassing them adds no header to preflights, and no preflight to the sign-in", async () => {
  reset({}, { signIns: ["token"] });
  await inPage(async () => {
    const callCenter = sdkClient({ apiKey: "key", dangerouslyAllowBrowser: true });
    await name(callCenter);
    await callCenter.groups.create({ group_name: "New", strategy: "rollover", sip_members: ["147"], timeout: 20 });
  });
  assert.deepEqual(server.preflights.map(({ path, requestedHeaders }) => `${path}: ${requestedHeaders}`), [
    "/api/call_center/internal_phone/list: authorization",
    "/api/call_center/internal_group/add: authorization,content-type",
  ]);
  for (const { headers } of server.requests) assert.equal(headers["cache-control"], "no-cache");
});
