// A host for static files that can nothing else, and serves the site below a path.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".map": "application/json",
  ".png": "image/png", ".svg": "image/svg+xml", ".wasm": "application/wasm",
};
const PATH = "/x/y/";

/** Serves `folder`; `missing` are the paths that were asked for and are not there, or outside of the site's path. */
export async function host(folder) {
  const missing = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const file = path.join(folder, decodeURIComponent(pathname).slice(PATH.length));
    const body = pathname.startsWith(PATH) ? await readFile(file).catch(() => undefined) : undefined;
    if (body === undefined) {
      missing.push(`${request.method} ${request.url}`);
      return response.writeHead(404).end();
    }
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${server.address().port}${PATH}`, missing, close };
}
