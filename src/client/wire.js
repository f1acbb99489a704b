// The two ends of a request that only JavaScript can hold: `fetch` and `JSON.parse`.

// An `async` function, so that a `fetch` which throws at once rejects instead. A page's own `fetch` gets an address and
// plain options, which every implementation takes; a Request object only suits the global one. The body comes beside the
// request, for not every engine lets it be read from there.
export async function send(request, own, body) {
  if (!own) return fetch(request);
  const { url, method, headers, signal } = request;
  const init = { method, headers: Object.fromEntries(headers), signal };
  return own(url, body === undefined ? init : { ...init, body });
}

// The engine builds the objects: nothing crosses the boundary field by field, and nothing is dropped.
const decoder = new TextDecoder();
export const payloadOf = (bytes) => JSON.parse(decoder.decode(bytes)).payload;
