// The cause of an error is a copy of a few strings: what was thrown may contain anything, such as a response with passwords.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { openPage, root } from "./support.mjs";

const PASSWORD = "sip-password-4711";
let chrome, sdk;

before(async () => {
  chrome = await openPage();
  sdk = await import(path.join(root, "pkg/index.js"));
  await sdk.initAsync(await readFile(path.join(root, "pkg/omicall.wasm")));
});
after(() => chrome.close());

/** An error, printed in every way. */
const printed = (error) => [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), String(error.stack)].join("\n");

const body = JSON.stringify({ status_code: 9999, payload: { items: [{ sip_user: "147", password: PASSWORD }] } });
const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;
const badlyFramed = {
  "chunked and with a Content-Length": `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: ${body.length}\r\n\r\n${chunk}0\r\n\r\n`,
  "with two Content-Lengths": `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  "with a chunk that is longer than it says": `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n${body}\r\n0\r\n\r\n`,
  "with a chunk whose size is a word": `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n${body}\r\n0\r\n\r\n`,
};

for (const [title, response] of Object.entries(badlyFramed)) {
  test(`causes: in Node, a response ${title} reveals no password`, async () => {
    const server = createServer((socket) => socket.on("error", () => {}).once("data", () => socket.end(response)));
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    server.unref();
    const baseUrl = `http://127.0.0.1:${server.address().port}`;
    // The platform's own error contains it; otherwise this would test nothing.
    const theirs = await fetch(baseUrl).then((response) => response.text()).catch((error) => error);
    assert.ok(printed(theirs).includes(PASSWORD), printed(theirs));
    const callCenter = new sdk.CallCenter({ baseUrl, auth: { accessToken: "token" }, maxRetries: 0 });
    const error = await callCenter.phones.list().catch((error) => error);
    callCenter.free();
    server.close();
    assert.equal(error.kind, "network", error.message);
    assert.ok(!printed(error).includes(PASSWORD), printed(error));
    assert.equal(error.cause.cause.code, theirs.cause.code);
    assert.match(error.cause.cause.code, /^HPE_/);
  });
}

test("a token that was replaced after a 401 is masked too", async () => {
  const replies = [["{}", 401], ['{"status_code":-1,"message":"not old-token-4711, not new-token-4711"}', 200]];
  const tokens = ["old-token-4711", "new-token-4711"];
  const callCenter = new sdk.CallCenter({
    baseUrl: "http://127.0.0.1:9", maxRetries: 0, auth: { getAccessToken: () => tokens.shift() },
    fetch: async () => { const [body, status] = replies.shift(); return new Response(body, { status }); },
  });
  const error = await callCenter.phones.list().catch((error) => error);
  callCenter.free();
  assert.equal(error.kind, "api", error.message);
  assert.doesNotMatch(printed(error), /4711/);
});

const base64 = (text) => Buffer.from(text).toString("base64");
const TOKEN = "opaque/token+4711~abcdef";
const echoes = {
  "as it is": TOKEN,
  "in upper case": TOKEN.toUpperCase(),
  "in lower case": TOKEN.toLowerCase(),
  "percent-encoded": encodeURIComponent(TOKEN),
  "percent-encoded in lower case": encodeURIComponent(TOKEN).toLowerCase(),
  "in base64": base64(TOKEN),
  "in base64, one byte later": base64(` ${TOKEN}`),
  "in base64, in a header": base64(`Bearer ${TOKEN}`),
  "in base64 for URLs": base64(`xx${TOKEN}yy`).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
};
/** Parts of the token in any of these forms. */
const PARTS = ["4711", "token", base64("token+4711~").slice(2, 10), base64(" token+4711~").slice(4, 10), base64("  token+4711~").slice(4, 10)];

for (const [title, echo] of Object.entries(echoes)) {
  test(`causes: a token that is quoted ${title} is masked`, async () => {
    const shown = [];
    const run = async (auth, fetch) => {
      const callCenter = new sdk.CallCenter({ baseUrl: "http://127.0.0.1:9", maxRetries: 0, auth, fetch });
      const error = await callCenter.phones.list().catch((error) => error);
      callCenter.free();
      assert.ok(error instanceof sdk.OmiCallError);
      shown.push(printed(error));
      return error;
    };
    for (const auth of [{ accessToken: TOKEN }, { getAccessToken: async () => TOKEN }]) {
      const server = await run(auth, async () => new Response(JSON.stringify({ status_code: -1, message: `not ${echo}.`, payload: { error: `bad_${echo}` } })));
      assert.match(server.message, /bad_.*\*\*\*.* – not .*\*\*\*/);
      assert.match(server.serverMessage, /^not .*\*\*\*.*\.$/);
      await run(auth, async () => new Response(`<p>${echo}</p>`, { status: 500, headers: { "content-type": `text/html; x=${echo}` } }));
      const own = await run(auth, async () => { throw Object.assign(new TypeError(`no ${echo}`, { cause: new Error(`${echo}`) }), { code: echo }); });
      assert.match(own.cause.message, /no .*\*\*\*/);
      await run(auth, async () => ({ status: 200, headers: new Headers(), arrayBuffer: async () => { throw echo; } }));
    }
    await run({ apiKey: TOKEN }, async () => new Response(JSON.stringify({ status_code: -1, message: `key ${echo}` })));
    for (const text of shown) for (const part of PARTS) assert.ok(!text.toLowerCase().includes(part.toLowerCase()), `${part} in ${text}`);
  });
}

const jwt = `${base64('{"alg":"none"}')}.${base64('{"sub":"4711"}')}.sig4711`;
const quoting = {
  "an opaque token that is not JSON": "JSON.parse('opaque-token-4711')",
  "a JWT that is not JSON": `JSON.parse(${JSON.stringify(jwt)})`,
  "passwords in JSON that is cut off": `JSON.parse('{"password":"sip-4711",')`,
  "passwords in JSON with a wrong token": `JSON.parse('{"password":"sip-4711",}')`,
  "a response that is read as JSON": "await new Response('opaque-token-4711').json()",
  "a parse error that was wrapped": "try { JSON.parse('opaque-token-4711') } catch (cause) { throw new Error(`my backend: ${cause.message}`, { cause }) }",
  "a JWT": `throw new Error("no use for ${jwt}, sorry")`,
  "a header": "throw new Error('Authorization: Bearer opaque-token-4711')",
  "a URL with a key": "throw new Error('GET https://me:pw-4711@host.example/api/auth?apiKey=key-4711&x=1')",
  "a query with colons": "throw new Error('GET https://host.example/api/auth?from=10:20&sig=S-4711')",
  "a query with quotation marks and brackets": `throw new Error("GET https://host.example/api/auth?name='x'&to=(y)&sig=S-4711 failed")`,
  "the query of a relative URL": "return fetch('//[bad host?sig=S-4711')",
  "the query of a relative URL in a text": "throw new Error('Failed to parse URL from /omicall/x?keyword=4711')",
  "a fragment": "throw new Error('GET https://host.example/api/auth#4711')",
  "a password with an ampersand": "throw new Error('GET https://me:pa&ss4711@host.example/api')",
  "a password with a comma": "throw new Error('GET https://me:pa,ss4711@host.example/api')",
  "a password with a question mark": "throw new Error('GET https://me:pa?ss4711@host.example/api')",
  "a header with user and password": "throw new Error('Authorization: Basic bWU6NDcxMS00NzExLTQ3MTE4711')",
  "a password that is cut off": "throw new Error(`${'//x '.repeat(900)}https://me:${'p4711'.repeat(100_000)}@host.example`)",
  "JSON that is cut off": `throw new SyntaxError(\`Unexpected token 'o', "\${"opaque-4711 ".repeat(10_000)}" is not valid JSON\`)`,
  "Safari's parse error": `throw new SyntaxError('JSON Parse error: Unexpected identifier "opaque-token-4711"')`,
};
for (const [title, code] of Object.entries(quoting)) {
  test(`causes: ${title} is not quoted`, async () => {
    for (const way of ["fetch", "getAccessToken"]) {
      const shown = await chrome.page.evaluate(async ([code, way]) => {
        const run = new Function(`return (async () => { ${code} })()`);
        const options = way === "fetch" ? { fetch: run } : { auth: { getAccessToken: run } };
        const end = await client("http://127.0.0.1:9", options).phones.list().catch((error) => error);
        const levels = [];
        for (let error = end; error; error = error.cause) levels.push([error.name, error.message, error.stack]);
        return JSON.stringify([levels, end]);
      }, [code, way]);
      assert.match(shown, /network|auth/);
      assert.match(shown, /\*\*\*|position/);
      // The port of the page may have these digits too.
      assert.doesNotMatch(shown.replaceAll(chrome.origin, ""), /4711|opaque/, way);
    }
  });
}

test("causes: initAsync quotes no user and password of a URL", async () => {
  for (const url of ["https://me:pw-4711@127.0.0.1:9/omicall.wasm", "https://pw-4711@127.0.0.1:9/x?sig=4711", "//:pw-4711@127.0.0.1:9/x#4711", "//127.0.0.1:9 bad?sig=4711"]) {
    const shown = await chrome.page.evaluate(async (url) => {
      const other = await import(`/pkg/omicall.js?${Math.random()}`);
      const error = await other.default.start(url).catch((error) => error);
      return JSON.stringify([error.name, error.message, error.stack, error.cause?.message, error.cause?.stack, error]);
    }, url);
    assert.match(shown, /OmiCallError.*127\.0\.0\.1:9/);
    assert.doesNotMatch(shown.replaceAll(chrome.origin, ""), /4711/);
  }
});

/** The causes of the error when `thrown`, an expression in the page, is thrown. */
const rejected = (thrown, way) =>
  chrome.page.evaluate(
    async ([thrown, way]) => {
      const value = new Function(`return ${thrown}`)();
      const ways = {
        fetch: () => client("http://127.0.0.1:9", { fetch: async () => { throw value; } }).phones.list(),
        getAccessToken: () => client("http://127.0.0.1:9", { auth: { getAccessToken: async () => { throw value; } } }).phones.list(),
        signal: () => client("http://127.0.0.1:9").phones.list({}, { signal: AbortSignal.abort(value) }),
        argument: () => client("http://127.0.0.1:9").phones.list({ get keyword() { throw value; } }),
        check: () => sdk.validateGroup({ get group_name() { throw value; } }),
        library: () => sdk.jsSipConfig(window.account, { JsSIP: { get WebSocketInterface() { throw value; } } }),
      };
      try {
        await ways[way]();
      } catch (error) {
        const levels = [];
        for (let { cause } = error; cause !== undefined && levels.length < 9; { cause } = cause) {
          const { name, message, code, stack } = cause;
          const names = Object.getOwnPropertyNames(cause).filter((name) => !["name", "message", "code", "stack", "cause"].includes(name));
          levels.push({ name, message, code, stack, names, isError: cause instanceof Error && Object.getPrototypeOf(cause) === Error.prototype, isThrown: cause === value });
        }
        return { isOurs: error instanceof sdk.OmiCallError, levels };
      }
    },
    [thrown, way],
  );

const WAYS = ["fetch", "getAccessToken", "signal", "argument", "check", "library"];
const shown = ({ levels }) => levels.map(({ name, message, code }) => `${name}: ${message}${code ? ` (${code})` : ""}`);
const foreign = "(() => { const frame = document.body.appendChild(document.createElement('iframe')); const made = new frame.contentWindow.RangeError('far away'); frame.remove(); return made; })()";
const rows = [
  ["new TypeError('no', { cause: Object.assign(new Error('why'), { code: 'ECONNRESET', data: 'sip-password-4711' }) })", ["TypeError: no", "Error: why (ECONNRESET)"]],
  ["Object.assign(new Error('failed'), { response: { data: 'sip-password-4711' }, config: 'sip-password-4711' })", ["Error: failed"]],
  ["new AggregateError([new Error('sip-password-4711')], 'all failed')", ["AggregateError: all failed"]],
  ["new DOMException('enough', 'AbortError')", ["AbortError: enough"]],
  ["new Error('a', { cause: new Error('b', { cause: new Error('c', { cause: new Error('d', { cause: new Error('e') }) }) }) })", ["Error: a", "Error: b", "Error: c", "Error: d"]],
  ["(() => { const round = new Error('round'); round.cause = round; return round; })()", Array(4).fill("Error: round")],
  ["new Error('a', { cause: 'because' })", ["Error: a", "Error: because"]],
  ["new Error('')", ["Error: "]],
  [foreign, ["RangeError: far away"]],
  ["'enough'", ["Error: enough"]],
  ["404", ["Error: 404"]],
  ["null", ["Error: null"]],
  ["10n", ["Error: 10"]],
  ["Symbol('s')", ["Error: Symbol(s)"]],
  ["{ message: 'almost', stack: 5, code: 7, name: '' }", ["Error: almost"]],
  ["{ password: 'sip-password-4711', toString: () => 'sip-password-4711' }", ["Error: [object Object]"]],
  ["new Response('sip-password-4711')", ["Error: [object Response]"]],
  ["new Proxy(new Error('hidden'), { get() { throw new Error('hostile'); } })", ["Error: [object Object]"]],
  ["(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()", ["Error: [object Object]"]],
  ["Object.defineProperties(new Error('x'), { message: { get() { throw 1; } }, cause: { get() { throw 2; } }, stack: { get: () => 'Error: kept' } })", ["Error: [object Error]"]],
];

for (const [thrown, levels] of rows) {
  test(`causes: only strings are copied of ${thrown}`, async () => {
    await chrome.page.evaluate(async (account) => (window.account = account), JSON.parse(await readFile(path.join(root, "tests/samples/extensions_detail.json"), "utf8")).payload);
    for (const way of WAYS) {
      const end = await rejected(thrown, way);
      assert.ok(end.isOurs, way);
      assert.deepEqual(shown(end), levels, way);
      assert.ok(end.levels.every(({ isError, isThrown, names }) => isError && !isThrown && names.length === 0), `${way}: ${JSON.stringify(end)}`);
      assert.doesNotMatch(JSON.stringify(end), /sip-password/);
    }
  });
}

test("causes: long strings are truncated, and the stack is that of the original", async () => {
  const [long] = (await rejected("Object.assign(new Error('x'.repeat(1e6)), { name: 'n'.repeat(1e6), code: 'c'.repeat(1e6), stack: 's'.repeat(1e6) })", "fetch")).levels;
  assert.deepEqual([long.name.length, long.message.length, long.code.length, long.stack.length], [1_000, 1_000, 1_000, 4_000]);
  const [kept] = (await rejected("(function here() { return new Error('x'); })()", "fetch")).levels;
  assert.match(kept.stack, /^Error: x\n\s+at here /);
  const [none] = (await rejected("'text'", "fetch")).levels;
  assert.equal(none.stack, "", "the stack of the copy would be misleading");
});

test("causes: the position after a query stays, and so does the name of a private method", async () => {
  const stack = "Error: x\n    at f (https://host.example/x.js?v=S-4711:10:20)\n    at https://host.example/y.js?v=S-4711:3:4\n    at Foo.#bar (https://host.example/z.js:5:6)";
  const [{ stack: shown }] = (await rejected(`Object.assign(new Error('x'), { stack: ${JSON.stringify(stack)} })`, "fetch")).levels;
  assert.equal(shown, stack.replaceAll("v=S-4711", "***"));
});

// Expressions that go back would take minutes for these.
const long = {
  "'/'.repeat(1e6)": "/".repeat(1_000),
  "'//'.repeat(5e5)": "/".repeat(1_000),
  "', \"'.repeat(3e5)": ", ***",
  "`{'name': 'x', ${'\"age\": 5, '.repeat(1e5)}}`": "{'name': 'x', ***",
  "'JSON Parse error: '.repeat(5e4)": "JSON Parse error: ".repeat(56).slice(0, 1_000),
  "'?:1'.repeat(3e5)": "?***",
  "'bearer' + ' '.repeat(1e6)": `bearer${" ".repeat(994)}`,
};
for (const [thrown, message] of Object.entries(long)) {
  test(`causes: ${thrown} does not block the page`, { timeout: 60_000 }, async () => {
    for (const way of ["fetch", "getAccessToken"]) {
      const [cause] = (await rejected(`new Error(${thrown})`, way)).levels;
      assert.equal(cause.message, message);
    }
  });
}

test("causes: undefined is not a cause", async () => {
  for (const way of WAYS.filter((way) => way !== "signal")) assert.deepEqual((await rejected("undefined", way)).levels, [], way);
});

test("causes: the cause of a failed start is a copy too", async () => {
  const [levels, message] = await chrome.page.evaluate(async () => {
    const { initAsync } = await import("/pkg/index.js?again");
    const other = await import("/pkg/omicall.js?again");
    const error = await other.default.start(new Uint8Array(3)).catch((error) => error);
    return [[error.cause.constructor === Error, error.cause.name], error.message, typeof initAsync];
  });
  assert.deepEqual(levels, [true, "CompileError"], message);
});

test("causes: JSON contains the message of an error but not its cause", async () => {
  for (const call of [() => new sdk.CallCenter({ baseUrl: "ftp://x", auth: { accessToken: "token" } }), () => new sdk.CallCenter()]) {
    assert.throws(call, (error) => {
      const { message, name, ...fields } = JSON.parse(JSON.stringify({ error })).error;
      assert.deepEqual([message, name, fields], [error.message, "OmiCallError", { ...error }]);
      assert.equal(Object.keys(fields).includes("cause"), false);
      return true;
    });
  }
});
