// `cargo xtask demo` serves this page together with a made-up tenant, and tells here how to sign in to it.

const OWN_COMPUTER = ["localhost", "127.0.0.1", "[::1]"];

/** The sandbox's `{ baseUrl, apiKey }`, or `undefined` where the page is served by something else. */
export async function findSandbox() {
  // Asking anywhere else would only leave a 404 in the console.
  if (!OWN_COMPUTER.includes(location.hostname)) return undefined;
  try {
    const answer = await fetch("./sandbox.json");
    return answer.ok ? await answer.json() : undefined;
  } catch {
    // No answer, or something else in its place: some servers answer everything with their start page.
    return undefined;
  }
}
