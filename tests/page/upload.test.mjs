// Uploads: checked before they are sent, with progress, through XMLHttpRequest or fetch, aborted by a signal.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, openPage, ownHeaders, vendor } from "./support.mjs";

let chrome, server, respond;

before(async () => {
  chrome = await openPage();
  server = await vendor((request, response) => respond(response));
  await chrome.page.evaluate(() => {
    /** MPEG 1, Layer III, 128 kbit/s at 44 100 Hz, `count` frames of 417 bytes. */
    window.mp3 = (count, before = []) => {
      const bytes = new Uint8Array(before.length + 417 * count);
      bytes.set(before);
      for (let i = 0; i < count; i++) bytes.set([0xff, 0xfb, 0x90, 0x00, i, i >> 8], before.length + 417 * i);
      return bytes;
    };
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

const ok = (response) => json(response, { status_code: 9999, payload: { file: { _id: "1" } } });

/** Evaluates `call`, an expression that uses `callCenter`. */
const run = (call, options = "{}") => {
  server.requests.length = 0;
  return chrome.page.evaluate(
    ([base, call, options]) => {
      const callCenter = client(base, eval(`(${options})`));
      return outcome(() => new Function("callCenter", `return ${call}`)(callCenter));
    },
    [server.origin, call, options],
  );
};

/** The only part of a multipart body. */
const partOf = ({ headers, body }) => {
  const boundary = headers["content-type"].match(/^multipart\/form-data; boundary=(\S+)$/)[1];
  const text = body.toString("latin1");
  const [head] = text.split("\r\n\r\n", 1);
  const content = text.slice(head.length + 4, text.lastIndexOf(`\r\n--${boundary}--`));
  assert.ok(head.startsWith(`--${boundary}\r\n`));
  return { head: Buffer.from(head, "latin1").toString(), content };
};

const ways = { "XMLHttpRequest": "{}", "a custom fetch": "{ fetch: (url, init) => fetch(url, init) }" };

for (const [way, options] of Object.entries(ways)) {
  test(`a file is sent unchanged, through ${way}`, async () => {
    respond = ok;
    const files = {
      "new File([mp3(5)], 'chào \"1\".mp3')": 'filename="chào %221%22.mp3"',
      "new Blob([mp3(5)])": 'filename="blob"',
      "mp3(5)": 'filename="greeting.mp3"',
      "mp3(5).buffer": 'filename="greeting.mp3"',
      "mp3(6).subarray(417)": 'filename="greeting.mp3"',
    };
    for (const [file, name] of Object.entries(files)) {
      const events = [];
      const end = await run(`(async () => {
        const events = [];
        const response = await callCenter.greetings.upload({ file: ${file}, greeting_name: "Tên & 1" }, { onProgress: (event) => events.push(event) });
        return [response, events];
      })()`, options);
      assert.deepEqual(end.value?.[0], { file: { _id: "1" } }, end.message);
      events.push(...end.value[1]);
      const last = events.at(-1);
      assert.deepEqual(Object.keys(last), ["loaded", "total"]);
      assert.ok(last.loaded === last.total && last.total >= 417 * 5, JSON.stringify(events));
      const [request] = server.requests;
      assert.equal(`${request.method} ${request.raw}`, "POST /api/call_center/greeting/upload?greeting_name=T%C3%AAn%20%26%201");
      const { "content-type": type, ...others } = ownHeaders(request.headers);
      assert.deepEqual(others, { authorization: `Bearer ${TOKEN}` });
      assert.match(type, /^multipart\/form-data; boundary=/);
      const { head, content } = partOf(request);
      assert.ok(head.includes('name="file"'), head);
      if (!file.includes("Blob")) assert.ok(head.includes(name), head);
      const first = file.includes("subarray") ? 1 : 0;
      assert.equal(content.length, 417 * 5);
      assert.deepEqual([...Buffer.from(content, "latin1").subarray(0, 6)], [0xff, 0xfb, 0x90, 0, first, 0]);
    }
    await run("callCenter.greetings.upload({ file: mp3(3) })", options);
    assert.equal(server.requests[0].raw, "/api/call_center/greeting/upload");
  });

  test(`responses are parsed, through ${way}`, async () => {
    const call = "callCenter.greetings.upload({ file: mp3(3) })";
    respond = (response) => json(response, { status_code: -9999, payload: { error: "data_is_required" } });
    let end = await run(call, options);
    assert.deepEqual([end.kind, end.code, end.endpoint], ["api", "data_is_required", "POST /api/call_center/greeting/upload"]);
    respond = (response) => json(response, "<html>", 413);
    end = await run(call, options);
    assert.deepEqual([end.kind, end.status, end.attempts], ["http", 413, 1]);
    respond = (response) => response.writeHead(204).end();
    end = await run(call, options);
    assert.deepEqual([end.kind, end.status], ["decode", 204], end.message);
    respond = (response) => response.writeHead(401).end();
    end = await run(call, options);
    assert.deepEqual([end.kind, end.status], ["auth", 401]);
    respond = (response) => response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy());
    end = await run(call, options);
    assert.deepEqual([end.kind, end.attempts, server.requests.length], ["network", 1, 1]);
    assert.match(end.message, /may have been made/);
    let left = 1;
    respond = (response) => (left-- > 0 ? response.setHeader("retry-after", "0").writeHead(503).end() : ok(response));
    end = await run(call, options.replace("{", "{ maxRetries: 2, "));
    assert.deepEqual([end.value, server.requests.length], [{ file: { _id: "1" } }, 2], end.message);
    assert.deepEqual(partOf(server.requests[0]).content, partOf(server.requests[1]).content);
    respond = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => response.destroyed || response.write(Buffer.alloc(1 << 20, " "), () => setImmediate(more));
      more();
    };
    end = await run(call, options);
    assert.deepEqual([end.kind, end.status], ["decode", 200], end.message);
    assert.match(end.message, /64 MiB/);
  });

  test(`an abort and a timeout end an upload, through ${way}`, async () => {
    // Never responds.
    respond = () => {};
    const end = await run(`(async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort("enough"), 100);
      return callCenter.greetings.upload({ file: mp3(10) }, { signal: stop.signal });
    })()`, options);
    assert.deepEqual([end.kind, end.cause, server.requests.length], ["aborted", "Error: enough", 1]);
    const late = await run("callCenter.greetings.upload({ file: mp3(10) }, { timeoutMs: 100 })", options);
    assert.deepEqual([late.kind, server.requests.length], ["timeout", 1]);
    const early = await run("callCenter.greetings.upload({ file: mp3(10) }, { signal: AbortSignal.abort('before') })", options);
    assert.deepEqual([early.kind, early.cause, server.requests.length], ["aborted", "Error: before", 0]);
  });
}

test("progress is reported, and exceptions of the callback are ignored", async () => {
  respond = ok;
  const end = await run(`(async () => {
    const events = [];
    await callCenter.greetings.upload({ file: mp3(40_000) }, { onProgress: (event) => { events.push(event.loaded); throw new Error("no"); } });
    return events;
  })()`);
  assert.ok(end.value.length > 0 && end.value.at(-1) > 417 * 40_000, end.message);
  assert.deepEqual(end.value, end.value.toSorted((a, b) => a - b));
  assert.deepEqual(chrome.consoleLines.filter((line) => line.startsWith("uncaught")), []);
});

test("uploads with progress use XMLHttpRequest where there is one, all others fetch", async () => {
  respond = ok;
  const counts = await chrome.page.evaluate(async (base) => {
    const { XMLHttpRequest: Real, fetch: realFetch } = window;
    const counts = { xhr: 0, fetch: 0 };
    window.XMLHttpRequest = function () { counts.xhr++; return new Real(); };
    window.fetch = (...all) => (counts.fetch++, realFetch(...all));
    const seen = [];
    const upload = async (options) => {
      await client(base).greetings.upload({ file: mp3(3) }, options);
      seen.push({ ...counts });
    };
    await upload({ onProgress() {} });
    await upload({});
    window.XMLHttpRequest = undefined;
    await upload({ onProgress() {} });
    Object.assign(window, { XMLHttpRequest: Real, fetch: realFetch });
    return seen;
  }, server.origin);
  assert.deepEqual(counts, [{ xhr: 1, fetch: 0 }, { xhr: 1, fetch: 1 }, { xhr: 1, fetch: 2 }]);
});

test("an upload to an unreachable server is a network error", async () => {
  const end = await chrome.page.evaluate(() => outcome(() => client("http://127.0.0.1:9").greetings.upload({ file: mp3(3) })));
  assert.deepEqual([end.kind, end.attempts], ["network", 1], end.message);
});

const rejected = [
  ["new Uint8Array()", "validation", "greeting-empty"],
  ["new Blob([])", "validation", "greeting-empty"],
  ["new File(['<html>'], 'a.mp3', { type: 'audio/mpeg' })", "validation", "greeting-not-mp3", { found: "3C 68 74 6D" }],
  ["new TextEncoder().encode('RIFF....WAVEfmt ')", "validation", "greeting-not-mp3", { found: "WAV" }],
  ["mp3(2)", "validation", "greeting-not-mp3", { found: "FF FB 90 00" }],
  ["crypto.getRandomValues(new Uint8Array(60_000)).fill(7, 0, 4)", "validation", "greeting-not-mp3", { found: "07 07 07 07" }],
  ["undefined", "usage"],
  ["null", "usage"],
  ["'greeting.mp3'", "usage"],
  ["{}", "usage"],
  ["[1, 2]", "usage"],
  ["{ [Symbol.toStringTag]: 'Blob' }", "usage"],
  ["{ [Symbol.toStringTag]: 'Blob', size: 9, slice() { throw 1 } }", "usage"],
  ["Object.assign(new Blob(['x']), { slice: () => ({ arrayBuffer: async () => 2.2e9 }) })", "usage"],
  ["Object.assign(new Blob(['x']), { slice: () => ({ arrayBuffer: async () => new ArrayBuffer(2e6) }) })", "usage"],
  ["Object.defineProperty(new Blob(['<html>']), 'size', { value: NaN })", "usage"],
  ["Object.defineProperty(new Blob(['<html>']), 'size', { get() { throw 1 } })", "usage"],
];

for (const [file, kind, code, params = {}] of rejected) {
  test(`${file} is rejected before it is sent`, async () => {
    const end = await run(`callCenter.greetings.upload({ file: ${file} })`);
    assert.deepEqual([end.kind, end.path, end.attempts, end.endpoint], [kind, "/file", 0, "POST /api/call_center/greeting/upload"], end.message);
    assert.deepEqual(end.issues.map((issue) => [issue.code, issue.severity, issue.path, issue.params]), code ? [[code, "error", "/file", params]] : []);
    assert.equal(server.requests.length, 0);
  });
}

test("a name that is given is checked, with the file", async () => {
  respond = ok;
  for (const [name, codes] of [
    ["  \u200b", ["greeting-name-required"]],
    ["", ["greeting-name-required"]],
    ["a\0b", ["text-control-character"]],
    ["\u0007", ["text-control-character", "greeting-name-required"]],
  ]) {
    const end = await run(`callCenter.greetings.upload({ file: mp3(3), greeting_name: ${JSON.stringify(name)} })`);
    assert.deepEqual([end.kind, end.path, end.attempts], ["validation", "/greeting_name", 0], JSON.stringify([name, end]));
    assert.deepEqual(end.issues.map(({ code, path }) => [code, path]), codes.map((code) => [code, "/greeting_name"]));
  }
  const both = await run(`callCenter.greetings.upload({ file: new Uint8Array(9), greeting_name: "\u2060" })`);
  assert.deepEqual(both.issues.map(({ path }) => path).sort(), ["/file", "/greeting_name"]);
  assert.equal(server.requests.length, 0);
  for (const upload of ["{ file: mp3(3) }", "{ file: mp3(3), greeting_name: undefined }", "{ file: mp3(3), greeting_name: 'x' }"]) {
    assert.deepEqual((await run(`callCenter.greetings.upload(${upload})`)).value, { file: { _id: "1" } }, upload);
  }
  const unchecked = await run(`callCenter.greetings.upload({ file: mp3(3), greeting_name: "  " }, { validation: false })`);
  assert.deepEqual(unchecked.value, { file: { _id: "1" } });
});

test("tags before the first frame are skipped, and issues are in the client's language", async () => {
  respond = ok;
  // Two tags of 100 000 bytes; the size has four times seven bits.
  const tag = "[0x49, 0x44, 0x33, 4, 0, 0, 0, 6, 13, 32, ...new Uint8Array(100_000)]";
  assert.deepEqual((await run(`callCenter.greetings.upload({ file: mp3(3, [...${tag}, ...${tag}]) })`)).value, { file: { _id: "1" } });
  const [english, vietnamese] = [await run("callCenter.greetings.upload({ file: new Uint8Array([1]) })"), await run("callCenter.greetings.upload({ file: new Uint8Array([1]) })", "{ language: 'vi' }")];
  assert.deepEqual([english.issues[0].message, vietnamese.issues[0].message], ["Not an MP3 file: 01", "Không phải tệp MP3: 01"]);
});

test("the other arguments are validated, and a freed client sends nothing", async () => {
  for (const [call, path] of [
    ["callCenter.greetings.upload()", "/file"],
    ["callCenter.greetings.upload({ file: mp3(3), name: 'x' })", "/name"],
    ["callCenter.greetings.upload({ file: mp3(3), greeting_name: 5 })", "/greeting_name"],
    ["callCenter.greetings.upload({ file: mp3(3) }, { onProgress: 5 })", "/onProgress"],
    ["callCenter.greetings.upload({ file: mp3(3) }, { signal: 5 })", "/signal"],
  ]) {
    const end = await run(call);
    assert.deepEqual([end.kind, end.path], ["usage", path], call);
  }
  const end = await run("(() => { const { greetings } = callCenter; callCenter.free(); return greetings.upload({ file: mp3(3) }); })()");
  assert.equal(end.kind, "usage");
  assert.equal(server.requests.length, 0);
});
