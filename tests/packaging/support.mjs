// What the tests of the package share: a project with the package as npm installs it, servers, and a look at a page.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, request as ask } from "node:http";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const projects = fileURLToPath(new URL("projects", import.meta.url));
export const pkg = process.env.OMICALL_PKG ?? path.join(root, "pkg");
const target = path.join(process.env.OMICALL_TARGET ?? path.join(root, "target"), "packaging");

assert.ok(process.env.OMICALL_SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox, or run `cargo xtask test packaging`");
export const API_KEY = "sandbox-api-key";
/** The vendor, with records that no other test changes. */
export const vendor = `${process.env.OMICALL_SANDBOX}/w/packaging`;
process.env.OMICALL_URL = vendor;
process.env.OMICALL_API_KEY = API_KEY;
const { handle: handOutToken } = await import("./projects/backend/backend.mjs");

/** What a page that works shows: a line for each phone. */
export async function phones() {
  const token = await (await fetch(`${vendor}/__sandbox/token`)).text();
  const list = await fetch(`${vendor}/api/call_center/internal_phone/list?size=500`, { headers: { authorization: `Bearer ${token}` } });
  const lines = (await list.json()).payload.items.map(({ sip_user, full_name }) => `${sip_user} ${full_name}`);
  assert.ok(lines.length > 2);
  return lines;
}

// ---------------------------------------------------------------- programs

const quiet = { CI: "1", NO_COLOR: "1", FORCE_COLOR: undefined, NEXT_TELEMETRY_DISABLED: "1", PARCEL_WORKERS: "1", npm_config_update_notifier: "false", npm_config_audit: "false", npm_config_fund: "false" };

function begin(words, { cwd, env }) {
  // A group of its own, so that what it starts ends with it.
  const child = spawn(words[0], words.slice(1), { cwd, env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...quiet, ...env }, stdio: ["pipe", "pipe", "pipe"], detached: true });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(text));
  const log = () => `${words.join(" ")} in ${path.relative(root, cwd)} said:\n${Buffer.concat(said).toString().trim().split("\n").slice(-100).join("\n")}`;
  const ended = new Promise((done) => child.on("error", (error) => (said.push(Buffer.from(String(error))), done(error.code))).on("close", done));
  const end = async () => {
    try {
      process.kill(-child.pid, "SIGTERM");
    } catch {}
    await ended;
  };
  return { input: child.stdin, said: () => Buffer.concat(said).toString(), log, ended, end };
}

/** Runs a program to its end and returns what it said; a failure shows it. */
export async function run(words, { cwd, env, mayFail = false }) {
  const program = begin(words, { cwd, env });
  // A server's stays open, since some end with it.
  program.input.end();
  const code = await program.ended;
  if (code !== 0 && !mayFail) assert.fail(`exit code ${code}; ${program.log()}`);
  return mayFail ? { code, said: program.said() } : program.said();
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Starts a server with `words(port)` and waits until it answers at `ready`. It ends with the test file. */
export async function serverOf(words, { cwd, env, ready = "/", prepare }) {
  const port = await freePort();
  await prepare?.(port);
  const program = begin(words(port), { cwd, env: { ...env, PORT: String(port) } });
  after(program.end);
  const origin = `http://127.0.0.1:${port}`;
  let over = false;
  program.ended.then(() => (over = true));
  for (let tries = 0; ; tries++) {
    const answer = await fetch(origin + ready).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status < 500) break;
    if (over || tries > 600) assert.fail(`no server answers; ${program.log()}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return { origin, log: program.log, end: program.end };
}

// ---------------------------------------------------------------- projects

const isThere = (file) => readFile(file, "utf8").catch(() => undefined);

/** `npm pack`: the archive that would be published. */
export async function pack(into) {
  await mkdir(into, { recursive: true });
  const said = await run(["npm", "pack", pkg, "--json", "--pack-destination", into], { cwd: root });
  // npm 11 tells a list, later ones an object by name.
  const [packed] = Object.values(JSON.parse(said.slice(said.search(/^[[{]/m))));
  return { archive: path.join(into, packed.filename), files: packed.files.map((file) => file.path).sort() };
}

/**
 * A project of `projects/` in a folder of its own below target/, with the package installed from the archive.
 * What the lock file names stays from one run to the next; what bundlers kept does not.
 */
export async function project(name, { shared = false } = {}) {
  const folder = path.join(target, name);
  const from = path.join(projects, name);
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder)) if (entry !== "node_modules") await rm(path.join(folder, entry), { recursive: true });
  for (const source of shared ? ["shared", name] : [name]) await cp(path.join(projects, source), folder, { recursive: true });

  const lock = await isThere(path.join(from, "package-lock.json"));
  const stamp = path.join(folder, "node_modules/.installed-from");
  if (lock && (await isThere(stamp)) !== lock) {
    await run(["npm", "ci", "--ignore-scripts", "--prefer-offline"], { cwd: folder });
    await writeFile(stamp, lock);
  }
  const installed = path.join(folder, "node_modules/omicall-call-center");
  for (const kept of [installed, ...[".vite", ".cache", ".package-lock.json"].map((kept) => path.join(folder, "node_modules", kept))]) await rm(kept, { recursive: true, force: true });
  const { archive } = await pack(folder);
  await run(["npm", "install", "--no-save", "--ignore-scripts", "--prefer-offline", archive], { cwd: folder });
  assert.deepEqual(await readFile(path.join(installed, "omicall.wasm")), await readFile(path.join(pkg, "omicall.wasm")), "an old package was installed");
  return folder;
}

/** Pages without a bundler, and the package's folder as it lies on a CDN: `cdn/omicall-call-center/`. */
export async function plain(name = "plain") {
  const folder = path.join(target, name);
  await rm(folder, { recursive: true, force: true });
  for (const part of ["plain", "shared/show.js"]) await cp(path.join(projects, part), part === "plain" ? folder : path.join(folder, "show.js"), { recursive: true });
  const { archive } = await pack(path.join(folder, "archive"));
  await mkdir(path.join(folder, "cdn"));
  await run(["tar", "-xzf", archive, "-C", path.join(folder, "cdn"), "--transform", "s/^package/omicall-call-center/"], { cwd: folder });
  return folder;
}

/** Files below a folder, with their paths in it. */
export const filesOf = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))).sort();

/** A production build has the module once, however many entries the package has. */
export async function hasOneModule(dist) {
  const wasm = await readFile(path.join(pkg, "omicall.wasm"));
  const files = (await filesOf(dist)).filter((file) => file.endsWith(".wasm"));
  assert.equal(files.length, 1, `modules in the build: ${files.join(", ")}`);
  assert.deepEqual(await readFile(path.join(dist, files[0])), wasm);
}

// ---------------------------------------------------------------- servers

const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html", ".map": "application/json" };

/**
 * A site as the recipes have it: the files of `folder` (or, where it is an address, of that server), a backend that hands
 * out tokens, and OMICall below /omicall. `headers(pathname)` adds to answers, `answer(request, response, pathname)`
 * may give its own.
 */
export async function site(folder, { headers = () => ({}), answer = () => false, api = true } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    if (await answer(request, response, pathname)) return;
    if (api && pathname === "/my-backend/omicall-token") return handOutToken(request, response);
    if (api && pathname.startsWith("/omicall/")) return forward(request, response, vendor + request.url.slice("/omicall".length));
    if (folder.startsWith("http:")) return forward(request, response, folder + request.url);
    const file = path.join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const body = await readFile(file).catch(() => undefined);
    if (body === undefined) return response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain", ...headers(pathname) }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  after(() => new Promise((done) => (server.close(done), server.closeAllConnections())));
  return `http://127.0.0.1:${server.address().port}`;
}

function forward(request, response, address) {
  const { host, ...headers } = request.headers;
  const onward = ask(address, { method: request.method, headers }, (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)));
  onward.on("error", () => response.writeHead(502).end());
  request.pipe(onward);
}

// ---------------------------------------------------------------- pages

/** Opens an address and waits until the list is complete: what it shows, and the modules that it loaded. */
export async function look(browser, address, { list = "#phones", done = "[data-done]" } = {}) {
  const page = await browser.newPage();
  const said = [];
  const modules = [];
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/favicon.ico") && said.push(`${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => said.push(`uncaught: ${error.stack ?? error}`));
  page.on("response", (response) => new URL(response.url()).pathname.endsWith(".wasm") && modules.push(response.url()));
  try {
    await page.goto(address);
    const problem = page.locator("#problem:not(:empty)");
    await page.locator(done).or(problem).first().waitFor({ state: "attached", timeout: 60_000 }).catch(async () => {
      assert.fail(`${address} shows nothing after a minute: ${(await page.content()).slice(0, 2000)}\n${said.join("\n")}`);
    });
    if (await problem.count()) assert.fail(`${address}: ${await problem.textContent()}\n${said.join("\n")}`);
    assert.deepEqual(said, []);
    return { lines: await page.locator(`${list} > li`).allTextContents(), modules, text: (selector) => page.locator(selector).textContent(), page };
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** The page at this address works: it shows the phones of the sandbox, and loaded the module so many times. */
export async function shows(browser, address, { modules = 1, ...how } = {}) {
  const seen = await look(browser, address, how);
  assert.deepEqual(seen.lines, await phones());
  assert.equal(seen.modules.length, modules, `modules loaded: ${seen.modules.join(", ")}`);
  await seen.page.close();
}
