// Responses of the sandbox: a real `Response` where there is one, whose body comes as a fault says.
import { joined } from "./sandbox-body.js";
import { breathe, pause, unlessAborted } from "./sandbox-waiting.js";

const WITHOUT_BODY = [204, 205, 304];
// What a page sees of a response from another origin: what every response shows, and what the vendor's server adds.
const EXPOSED = ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma", "retry-after"];

const CHUNK_BYTES = 64 * 1024;
const BYTES_WITHOUT_PAUSE = 16 * CHUNK_BYTES;
const PADDING_END = '"}';

/** The chunks of a body. */
async function* chunksOf(bytes, delivery, amount, signals) {
  if (delivery === "drip") {
    for (const byte of bytes) {
      await pause(amount, signals);
      yield Uint8Array.of(byte);
    }
    return;
  }
  if (bytes.length > 0) yield bytes;
  if (delivery === "cut") throw new TypeError("network error");
  if (delivery === "silent") await unlessAborted(signals, new Promise(() => {}));
  if (delivery === "padded") {
    const chunk = new Uint8Array(CHUNK_BYTES).fill("x".charCodeAt(0));
    const length = amount ?? Infinity;
    for (let sent = 0; sent < length; sent += CHUNK_BYTES) {
      // Whoever reads it would otherwise get no timer and no abort before its end.
      if (sent % BYTES_WITHOUT_PAUSE === 0) await breathe(signals);
      yield chunk.slice(0, length - sent);
    }
    yield new TextEncoder().encode(PADDING_END);
  }
}

/** Makes the response. `onAbort` is called if whoever reads it leaves before the end. */
export function makeResponse([status, headersJson, bytes, delivery, amount, announced], { url, method, isCrossOrigin, redirected, signals }, onAbort) {
  const headers = JSON.parse(headersJson).filter(([name]) => !isCrossOrigin || EXPOSED.includes(name.toLowerCase()));
  const hasBody = !WITHOUT_BODY.includes(status) && method !== "HEAD";
  if (!WITHOUT_BODY.includes(status) && announced !== undefined) headers.push(["content-length", String(announced)]);
  const chunks = chunksOf(bytes, delivery, amount, signals);
  const next = async () => {
    try {
      return hasBody ? await unlessAborted(signals, chunks.next()) : { done: true };
    } catch (cause) {
      if (signals.some(({ aborted }) => aborted)) onAbort();
      throw cause;
    }
  };
  const seen = { url, redirected, type: isCrossOrigin ? "cors" : "basic" };
  if (!globalThis.Response) {
    if (delivery === "padded" && amount === undefined) throw new TypeError("Failed to fetch: a body that never ends needs the class `Response`, which this environment lacks");
    return plainResponse(status, headers, next, seen);
  }
  const stream = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: onAbort,
    },
    { highWaterMark: 0 },
  );
  return showing(new Response(hasBody ? stream : null, { status, headers }), seen);
}

/** The response with what a constructor cannot set, of which its clones know too. */
function showing(response, seen) {
  const { clone } = response;
  const members = { ...seen, clone: () => showing(clone.call(response), seen) };
  for (const [name, value] of Object.entries(members)) Object.defineProperty(response, name, { __proto__: null, value, configurable: true, enumerable: name !== "clone" });
  return response;
}

/** For `testing/msw.js`, which hands the redirect to whoever follows it. */
const REDIRECT = Symbol.for("omicall-call-center.redirect");

/** What a browser shows of a redirect that it does not follow: nothing. */
export function opaqueRedirect([status], location, url) {
  const seen = { url, redirected: false, type: "opaqueredirect", status: 0, ok: false };
  const response = globalThis.Response ? showing(new Response(null), seen) : plainResponse(0, [], async () => ({ done: true }), seen);
  return Object.defineProperty(response, REDIRECT, { __proto__: null, value: { status, location } });
}

/** For Jest's jsdom, which has no `Response`: as much of one as the client reads. */
function plainResponse(status, headers, next, seen) {
  const named = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const response = {
    ...seen,
    status,
    ok: status >= 200 && status < 300,
    statusText: "",
    bodyUsed: false,
    headers: { get: (name) => named.get(name.toLowerCase()) ?? null, has: (name) => named.has(name.toLowerCase()) },
    async arrayBuffer() {
      if (response.bodyUsed) throw new TypeError("Body is unusable: it has already been read");
      response.bodyUsed = true;
      const chunks = [];
      for (let part; !(part = await next()).done; ) chunks.push(part.value);
      return joined(chunks).buffer;
    },
    text: async () => new TextDecoder().decode(await response.arrayBuffer()),
    json: async () => JSON.parse(await response.text()),
  };
  return response;
}
