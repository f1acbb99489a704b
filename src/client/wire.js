// Whatever is the page's own, or comes from it, is touched here and nowhere else: a `fetch`, a response, a function that
// gets a token. All may throw at any step; in an `async` function that is a rejection, in wasm it would be the end.

// A page's own promise may never settle. The signal of the call ends the wait for it, so that nothing is kept for ever.
const unless = (signal, work) =>
  Promise.race([
    work,
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    }),
  ]);

// A page's own `fetch` gets an address and plain options, which every implementation takes; a Request only suits the global one.
export async function send(request, own) {
  if (!own) return fetch(request);
  const { url, method, headers, signal } = request;
  return unless(signal, own(url, { method, headers: Object.fromEntries(headers), signal }));
}

// Reads an answer to its end; nothing where it is no Response. The Response of another realm, or of a library, is as good.
export async function receive(response, signal) {
  const { status, headers } = response ?? {};
  if (typeof status !== "number" || typeof response.arrayBuffer !== "function") return undefined;
  const body = await unless(signal, response.arrayBuffer());
  if (Object.prototype.toString.call(body) !== "[object ArrayBuffer]") return undefined;
  const header = (name) => String(headers?.get?.(name) ?? "");
  return { status, type: header("content-type"), retryAfter: header("retry-after"), bytes: new Uint8Array(body) };
}

export async function ask(getAccessToken, signal) {
  return unless(signal, getAccessToken());
}

// The engine builds the objects: nothing crosses the boundary field by field, and nothing is dropped.
const decoder = new TextDecoder();
export const payloadOf = (bytes) => JSON.parse(decoder.decode(bytes)).payload;
