// The one place where a request leaves. An `async` function, so that a `fetch` which throws at once rejects instead.
// A page's own `fetch` gets an address and plain options, which every implementation takes; a Request object only suits the global one.
export async function send(request, own) {
  if (!own) return fetch(request);
  const { url, method, headers, signal } = request;
  return own(url, { method, headers: Object.fromEntries(headers), signal });
}
