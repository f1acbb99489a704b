// The two ends of a request that only JavaScript can hold: `fetch` and `JSON.parse`.

// An `async` function, so that a `fetch` which throws at once rejects instead. A page's own `fetch` gets an address and
// plain options, which every implementation takes; a Request object only suits the global one.
export async function send(request, own) {
  if (!own) return fetch(request);
  const { url, method, headers, signal } = request;
  return own(url, { method, headers: Object.fromEntries(headers), signal });
}

// The engine builds the objects: nothing crosses the boundary field by field, and nothing is dropped.
const decoder = new TextDecoder();
export const payloadOf = (bytes) => JSON.parse(decoder.decode(bytes)).payload;
