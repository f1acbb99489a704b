// The telephones of `examples/`, bundled with the package: they register with the real SIP server and call each other.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { TIMEOUT_MS, setUpSoftphones } from "./softphone.mjs";

const file = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const fixture = setUpSoftphones("examples");
const scripts = {};
let site, origin;

before(async () => {
  for (const name of ["jssip", "sipjs"]) {
    const { outputFiles } = await build({
      entryPoints: [file(`examples/${name}.ts`)],
      bundle: true, write: false, format: "esm", nodePaths: [file("tests/node_modules")],
      alias: { "omicall-call-center": file("pkg/inline.js"), "omicall-call-center/softphone": file("pkg/softphone/inline.js") },
    });
    scripts[name] = outputFiles[0].text;
  }
  site = createServer(respond).listen(0, "127.0.0.1");
  await once(site, "listening");
  origin = `http://127.0.0.1:${site.address().port}`;
});
after(() => site?.close());

/** The site of the examples: their pages, tokens, and OMICall below /omicall. */
async function respond(request, response) {
  const [, library, kind] = /^\/(jssip|sipjs)\.(html|js)/.exec(request.url) ?? [];
  const send = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
  if (kind === "html") return send("text/html", `<!doctype html><html lang="en"><title>${library}</title><link rel="icon" href="data:,"><body><script type="module" src="/${library}.js"></script>`);
  if (kind === "js") return send("text/javascript", scripts[library]);
  const path = request.url === "/my-backend/omicall-token" ? "/__sandbox/token" : request.url.slice("/omicall".length);
  const { authorization = "" } = request.headers;
  const received = await fetch(fixture.world + path, { headers: { authorization } });
  send(received.headers.get("content-type"), await received.text());
}

/** Opens an example as an extension; it gets its tokens and calls the API as the recipes say. */
async function open(library, extension) {
  const context = await fixture.browser.newContext();
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => /error|warning/.test(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.stack));
  await page.goto(`${origin}/${library}.html?extension=${extension}`);
  return {
    says: (text) => page.locator("output").filter({ hasText: text }).waitFor().catch(async (error) => assert.fail(`${error.message}\n${await page.locator("body").innerText()}\n${problems.join("\n")}`)),
    click: (name) => page.getByRole("button", { name }).click(),
    dial: (number) => page.getByLabel("Number").fill(number),
    hears: () => page.waitForFunction(() => document.querySelector("audio").srcObject?.getAudioTracks().some((track) => track.readyState === "live" && !track.muted)),
    close: async ({ expected = /^$/ } = {}) => {
      assert.deepEqual(problems.filter((line) => !expected.test(line)), []);
      await context.close();
    },
  };
}

for (const [caller, callee] of [["jssip", "sipjs"], ["sipjs", "jssip"]]) {
  test(`examples: ${caller} calls ${callee}`, { timeout: 5 * TIMEOUT_MS }, async () => {
    const [an, binh] = await Promise.all([open(caller, "147"), open(callee, "145")]);
    await Promise.all([an.says("Registered."), binh.says("Registered.")]);
    await an.dial("145");
    await an.click("Call");
    await binh.says("is calling.");
    await binh.click("Answer");
    await Promise.all([an, binh].map((page) => page.says("Talking.")));
    await Promise.all([an.hears(), binh.hears()]);
    await binh.click("Hang up");
    await Promise.all([an, binh].map((page) => page.says("Ended")));
    await Promise.all([an.close(), binh.close()]);
  });
}

for (const library of ["jssip", "sipjs"]) {
  test(`examples: ${library} says that it is not registered`, { timeout: TIMEOUT_MS }, async () => {
    await fixture.overrideAccount({ sip_password: "not-the-password" });
    const page = await open(library, "147");
    await page.says("Not registered");
    // SIP.js logs what went wrong.
    await page.close({ expected: / \| sip\.\S+ \| .*\b401\b/ });
  });
}
