// Responses of the sandbox: a real `Response` where there is one, whose body comes as a fault says.
import { joined } from "./sandbox-body.js";
import { pause, unlessAborted } from "./sandbox-waiting.js";

const WITHOUT_BODY = [204, 205, 304];
// What a page sees of a response from another origin: what every response shows, and what the vendor's server adds.
const EXPOSED = ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma", "retry-after"];

const CHUNK_BYTES = 64 * 1024;
const PADDING_END = '"}';

/** The chunks of a body. */
async function* chunksOf(bytes, delivery, amount, signal) {
  if (delivery === "drip") {
    for (const byte of bytes) {
      await pause(amount, signal);
      yield Uint8Array.of(byte);
    }
    return;
  }
  if (bytes.length > 0) yield bytes;
  if (delivery === "cut") throw new TypeError("network error");
  if (delivery === "silent") await unlessAborted(signal, new Promise(() => {}));
  if (delivery === "padded") {
    const chunk = new Uint8Array(CHUNK_BYTES).fill("x".charCodeAt(0));
    for (let left = amount ?? Infinity; left > 0; left -= CHUNK_BYTES) yield left < CHUNK_BYTES ? chunk.slice(0, left) : chunk.slice();
    yield new TextEncoder().encode(PADDING_END);
  }
}

/** Makes the response. `onAbort` is called if whoever reads it leaves before the end. */
export function makeResponse([status, headersJson, bytes, delivery, amount, announced], { url, isCrossOrigin, redirected, signal }, onAbort) {
  const headers = JSON.parse(headersJson).filter(([name]) => !isCrossOrigin || EXPOSED.includes(name.toLowerCase()));
  const hasBody = !WITHOUT_BODY.includes(status);
  if (hasBody && announced !== undefined) headers.push(["content-length", String(announced)]);
  const chunks = chunksOf(hasBody ? bytes : [], delivery, amount, signal);
  const next = async () => {
    try {
      return await unlessAborted(signal, chunks.next());
    } catch (cause) {
      if (signal?.aborted) onAbort();
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
  const response = new Response(hasBody ? stream : null, { status, headers });
  for (const [name, value] of Object.entries(seen)) Object.defineProperty(response, name, { __proto__: null, value, configurable: true, enumerable: true });
  return response;
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
