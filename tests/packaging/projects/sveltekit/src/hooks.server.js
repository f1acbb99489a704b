// Passes /omicall on to OMICall, so that pages need no CORS. A server in front of this one could do the same (see site.conf).
const api = process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com";

export async function handle({ event, resolve }) {
  const { pathname, search } = event.url;
  if (!pathname.startsWith("/omicall/")) return resolve(event);
  const { method, headers, body } = event.request;
  // The vendor shall not see the cookies of your site.
  const kept = Object.fromEntries(["authorization", "content-type"].flatMap((name) => (headers.has(name) ? [[name, headers.get(name)]] : [])));
  const response = await fetch(api + pathname.slice("/omicall".length) + search, { method, headers: kept, body, duplex: "half" });
  return new Response(response.body, { status: response.status, headers: { "content-type": response.headers.get("content-type") ?? "" } });
}
