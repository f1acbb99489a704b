// Shared by the packaging tests: projects with the installed package, servers, and opening pages.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, request as sendRequest } from "node:http";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const projects = fileURLToPath(new URL("projects", import.meta.url));
export const pkg = process.env.OMICALL_PKG ?? path.join(root, "pkg");
const target = path.join(process.env.OMICALL_TARGET ?? path.join(root, "target"), "packaging");

assert.ok(process.env.OMICALL_SANDBOX, "set OMICALL_SANDBOX to the URL of a sandbox, or run `cargo xtask test packaging`");
export const API_KEY = "sandbox-api-key";
export const SANDBOX = process.env.OMICALL_SANDBOX;
/** The base URL of the sandbox, with a world of its own. */
export const vendor = `${SANDBOX}/w/packaging`;
process.env.OMICALL_URL = vendor;
process.env.OMICALL_API_KEY = API_KEY;
const { handle: issueToken } = await import("./projects/backend/backend.mjs");

/** The lines that a working page shows, one for each phone. */
export async function phones() {
  const token = await (await fetch(`${vendor}/__sandbox/token`)).text();
  const list = await fetch(`${vendor}/api/call_center/internal_phone/list?size=500`, { headers: { authorization: `Bearer ${token}` } });
  const lines = (await list.json()).payload.items.map(({ sip_user, full_name }) => `${sip_user} ${full_name}`);
  assert.ok(lines.length > 2);
  return lines;
}

// ---------------------------------------------------------------- programs

const quiet = { CI: "1", NO_COLOR: "1", FORCE_COLOR: undefined, NEXT_TELEMETRY_DISABLED: "1", PARCEL_WORKERS: "1", npm_config_update_notifier: "false", npm_config_audit: "false", npm_config_fund: "false" };

function start(command, { cwd, env }) {
  // A separate process group, so that its child processes end with it.
  const child = spawn(command[0], command.slice(1), { cwd, env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...quiet, ...env }, stdio: ["pipe", "pipe", "pipe"], detached: true });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => output.push(text));
  const log = () => `${command.join(" ")} in ${path.relative(root, cwd)} printed:\n${Buffer.concat(output).toString().trim().split("\n").slice(-100).join("\n")}`;
  const exited = new Promise((done) => child.on("error", (error) => (output.push(Buffer.from(String(error))), done(error.code))).on("close", done));
  const end = async () => {
    try {
      process.kill(-child.pid, "SIGTERM");
    } catch {}
    await exited;
  };
  return { input: child.stdin, output: () => Buffer.concat(output).toString(), log, exited, end };
}

/** Runs a program and returns its output; fails with the output if the exit code is not 0. */
export async function run(command, { cwd, env, mayFail = false }) {
  const program = start(command, { cwd, env });
  // Closed here, but not for servers, some of which exit when it closes.
  program.input.end();
  const code = await program.exited;
  if (code !== 0 && !mayFail) assert.fail(`exit code ${code}; ${program.log()}`);
  return mayFail ? { code, output: program.output() } : program.output();
}

export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Starts a server with `command(port)` and waits until it responds at `ready`. It ends with the test file. */
export async function startServer(command, { cwd, env, ready = "/", prepare, port = undefined }) {
  port ??= await freePort();
  await prepare?.(port);
  const program = start(command(port), { cwd, env: { ...env, PORT: String(port) } });
  after(program.end);
  const origin = `http://127.0.0.1:${port}`;
  let hasExited = false;
  program.exited.then(() => (hasExited = true));
  for (let tries = 0; ; tries++) {
    const response = await fetch(origin + ready).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status < 500) break;
    if (hasExited || tries > 600) assert.fail(`the server does not respond; ${program.log()}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return { origin, log: program.log, end: program.end };
}

// ---------------------------------------------------------------- projects

const readIfExists = (file) => readFile(file, "utf8").catch(() => undefined);

/** `npm pack`: creates the archive that would be published. */
export async function pack(folder) {
  await mkdir(folder, { recursive: true });
  const output = await run(["npm", "pack", pkg, "--json", "--pack-destination", folder], { cwd: root });
  // npm 11 prints an array, later versions an object by name.
  const [packed] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
  return { archive: path.join(folder, packed.filename), files: packed.files.map((file) => file.path).sort() };
}

/**
 * Copies a project of `projects/` to a folder below target/ and installs the package from the archive. The dependencies of
 * its lock file are kept from one run to the next, the caches of bundlers are not.
 */
export async function project(name, { shared = false } = {}) {
  const folder = path.join(target, name);
  const from = path.join(projects, name);
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder)) if (entry !== "node_modules") await rm(path.join(folder, entry), { recursive: true });
  for (const source of shared ? ["shared", name] : [name]) await cp(path.join(projects, source), folder, { recursive: true });

  const lock = await readIfExists(path.join(from, "package-lock.json"));
  const stamp = path.join(folder, "node_modules/.installed-from");
  if (lock && (await readIfExists(stamp)) !== lock) {
    await run(["npm", "ci", "--ignore-scripts", "--prefer-offline"], { cwd: folder });
    await writeFile(stamp, lock);
  }
  const installed = path.join(folder, "node_modules/omicall-call-center");
  for (const stale of [installed, ...[".vite", ".cache", ".package-lock.json"].map((name) => path.join(folder, "node_modules", name))]) await rm(stale, { recursive: true, force: true });
  const { archive } = await pack(folder);
  await run(["npm", "install", "--no-save", "--ignore-scripts", "--prefer-offline", archive], { cwd: folder });
  assert.deepEqual(await readFile(path.join(installed, "omicall.wasm")), await readFile(path.join(pkg, "omicall.wasm")), "an old package was installed");
  return folder;
}

/** Pages without a bundler, and the package as on a CDN: `cdn/omicall-call-center/`. */
export async function plain(name = "plain") {
  const folder = path.join(target, name);
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(projects, "plain"), folder, { recursive: true });
  for (const script of ["show.js", "form.js", "call-center.js"]) await cp(path.join(projects, "shared", script), path.join(folder, script));
  const { archive } = await pack(path.join(folder, "archive"));
  await mkdir(path.join(folder, "cdn"));
  await run(["tar", "-xzf", archive, "-C", path.join(folder, "cdn"), "--transform", "s/^package/omicall-call-center/"], { cwd: folder });
  return folder;
}

/** The relative paths of all files below a folder. */
export const listFiles = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))).sort();

/**
 * Asserts that a build contains the client's module and the checks, each once. Some bundlers also copy the softphone settings,
 * which the client could load.
 */
export async function assertModules(dist) {
  const files = (await listFiles(dist)).filter((file) => file.endsWith(".wasm"));
  const built = (await Promise.all(files.map((file) => readFile(path.join(dist, file), "base64")))).sort();
  const [client, checks, softphone] = await Promise.all(["omicall.wasm", "checks/checks.wasm", "softphone/softphone.wasm"].map((file) => readFile(path.join(pkg, file), "base64")));
  const known = built.includes(softphone) ? [client, checks, softphone] : [client, checks];
  assert.ok(isDeepStrictEqual(built, known.sort()), `modules in the build: ${files.join(", ")}`);
}

// ---------------------------------------------------------------- servers

const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html", ".map": "application/json" };

/**
 * Starts a site as in the recipes: the files of `folder` (a path, or the URL of another server), a backend that issues tokens,
 * and OMICall below /omicall. `headers(pathname)` adds response headers; `respond(request, response, pathname)` may respond
 * instead, and then returns true. `world` is the OMICall of a test that changes something, or counts requests.
 */
export async function site(folder, { headers = () => ({}), respond = () => false, api = true, world = vendor } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    if (await respond(request, response, pathname)) return;
    if (api && pathname === "/my-backend/omicall-token") return world === vendor ? issueToken(request, response) : forward(request, response, `${world}/__sandbox/token`);
    if (api && pathname.startsWith("/omicall/")) return forward(request, response, world + request.url.slice("/omicall".length));
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

function forward(request, response, url) {
  const { host, ...headers } = request.headers;
  const upstream = sendRequest(url, { method: request.method, headers }, (received) => received.pipe(response.writeHead(received.statusCode, received.headers)));
  upstream.on("error", () => response.headersSent || response.writeHead(502).end());
  // A page that aborts a request is gone for the server behind, too.
  response.on("close", () => response.writableFinished || upstream.destroy());
  request.pipe(upstream);
}

// ---------------------------------------------------------------- pages

/** Opens a page and waits until its list is complete. Returns what it shows, and the URLs of the modules that it loaded. */
export async function openPage(browser, url, { list = "#phones", done = "[data-done]" } = {}) {
  const page = await browser.newPage();
  const consoleLines = [];
  const modules = [];
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/favicon.ico") && consoleLines.push(`${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => consoleLines.push(`uncaught: ${error.stack ?? error}`));
  page.on("response", (response) => new URL(response.url()).pathname.endsWith(".wasm") && modules.push(response.url()));
  try {
    await page.goto(url);
    const problem = page.locator("#problem:not(:empty)");
    await page.locator(done).or(problem).first().waitFor({ state: "attached", timeout: 60_000 }).catch(async () => {
      assert.fail(`${url} shows nothing after a minute: ${(await page.content()).slice(0, 2000)}\n${consoleLines.join("\n")}`);
    });
    if (await problem.count()) assert.fail(`${url}: ${await problem.textContent()}\n${consoleLines.join("\n")}`);
    assert.deepEqual(consoleLines, []);
    return { lines: await page.locator(`${list} > li`).allTextContents(), modules, text: (selector) => page.locator(selector).textContent(), page };
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** Asserts that the page shows the phones of the sandbox, and that it loaded the module `modules` times. */
export async function assertShowsPhones(browser, url, { modules = 1, ...options } = {}) {
  const seen = await openPage(browser, url, options);
  assert.deepEqual(seen.lines, await phones());
  assert.equal(seen.modules.length, modules, `modules loaded: ${seen.modules.join(", ")}`);
  await seen.page.close();
}
