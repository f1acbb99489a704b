// The recipe for a vendor without CORS: a built page behind nginx, with a backend that issues tokens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertFormWorks } from "./pages.mjs";
import { API_KEY, plain, projects, startServer, assertShowsPhones, vendor } from "./support.mjs";

let browser, folder;
before(async () => {
  assert.ok(process.env.NGINX, "set NGINX to the nginx to test with, or run `cargo xtask test packaging`, which finds it");
  folder = await plain("nginx");
  browser = await launch();
});
after(() => browser?.close());

test("nginx serves pages, API and tokens on one origin", async () => {
  const backend = await startServer(() => ["node", path.join(projects, "backend/backend.mjs")], { cwd: folder, env: { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY } });
  assert.equal((await fetch(`${backend.origin}/elsewhere`)).status, 404);

  const recipe = await readFile(path.join(projects, "nginx/site.conf"), "utf8");
  const replaced = (port) =>
    Object.entries({ "listen 80;": `listen 127.0.0.1:${port};`, "/var/www/site": folder, "https://public-v1-stg.omicall.com/": `${vendor}/`, "http://127.0.0.1:3001": backend.origin }).reduce((text, [from, to]) => {
      assert.ok(text.includes(from), from);
      return text.replaceAll(from, to);
    }, recipe);
  const temporary = path.join(folder, "nginx");
  await mkdir(temporary);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${temporary}/${name};`).join(" ");
  // The default configuration of nginx, but with MIME types without wasm and its own folder.
  const conf = (port) => `daemon off; worker_processes 1; pid ${temporary}/pid; error_log stderr; events {}
    http { access_log off; ${paths} types { text/html html; text/javascript js; } ${replaced(port)} }`;
  const nginx = await startServer(() => ["sh", "-c", `exec "$NGINX" -p "${temporary}" -e stderr -c "${temporary}/$PORT.conf"`], {
    cwd: temporary,
    ready: "/module.html",
    prepare: (port) => writeFile(path.join(temporary, `${port}.conf`), conf(port)),
  });
  for (const [name, modules] of [["module", 1], ["classic", 0]]) await assertShowsPhones(browser, `${nginx.origin}/${name}.html`, { modules });
  await assertFormWorks(browser, `${nginx.origin}/form.html`);
});

test("a wrong API key is only reported in the backend's log", async () => {
  const backend = await startServer(() => ["node", path.join(projects, "backend/backend.mjs")], { cwd: folder, env: { OMICALL_URL: vendor, OMICALL_API_KEY: "wrong-key" } });
  const response = await fetch(`${backend.origin}/my-backend/omicall-token`);
  assert.deepEqual([response.status, await response.text()], [502, ""]);
  assert.match(backend.log(), /OMICall gave no token \(status \d+\): is the API key right\?/);
  assert.doesNotMatch(backend.log(), /wrong-key/);
});
