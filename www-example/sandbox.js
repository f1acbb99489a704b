// The sandbox is a made-up tenant to try the page on. `<meta name="sandbox">` says where it is: `cargo xtask demo` serves one
// together with the page ("server"), and in the page that `cargo xtask site` writes, it is inside the page ("in-page").

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * How to sign in to the sandbox: `{ baseUrl, apiKey }`, or of the one inside the page `{ baseUrl, accessToken, fetch }`.
 * `undefined` if there is none.
 */
export async function findSandbox() {
  switch (document.querySelector("meta[name=sandbox]")?.content) {
    case "in-page": {
      // Imported here, so that other pages do not load it.
      const { startSandbox } = await import("./in-page-sandbox.js");
      return startSandbox();
    }
    case "server":
      return askServer();
  }
}

async function askServer() {
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
