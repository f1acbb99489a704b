// `cargo xtask demo` serves this page together with a made-up tenant, and says in sandbox.json how to sign in to it.

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** The sandbox's `{ baseUrl, apiKey }`, or `undefined` if the page is served by something else. */
export async function findSandbox() {
  // Elsewhere the request would only leave a 404 in the console.
  if (!LOCAL_HOSTS.includes(location.hostname)) return undefined;
  try {
    const response = await fetch("./sandbox.json");
    return response.ok ? await response.json() : undefined;
  } catch {
    // No response, or not JSON: some servers send their start page for every path.
    return undefined;
  }
}
