// The page in an <iframe> of another origin, with the Content-Security-Policy of docs/softphone.md; and over https.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { after } from "node:test";
import { LIBRARIES, SANDBOX, button, waitForSound, register, registration, waitForText, setUpSoftphones, callAndAnswer } from "./softphone.mjs";

const fixture = setUpSoftphones("embedding", { tls: true });
const { open, onSoftphone, overrideAccount } = fixture;

const documentation = await readFile(new URL("../../docs/softphone.md", import.meta.url), "utf8");
const [, allow] = /<iframe [^>]*allow="([^"]+)"/.exec(documentation);
const [policy] = /default-src 'none'; script-src.*/.exec(documentation);

const servers = [];
after(() => servers.forEach((server) => (server.close(), server.closeAllConnections())));

async function listen(server) {
  servers.push(server.listen(0, "127.0.0.1"));
  await new Promise((ready) => server.once("listening", ready));
  return server.address().port;
}

/** Serves the softphone's files like a customer's own server, with these headers. */
const serve = (headers) => async (request, response) => {
  const original = await fetch(fixture.world + request.url);
  response.writeHead(original.status, { "content-type": original.headers.get("content-type"), ...headers });
  response.end(Buffer.from(await original.arrayBuffer()));
};

/** Serves a page with the softphone in an <iframe>, and returns its address. */
async function servePageAround(attributes) {
  // The page's import map is inline, so the policy needs its hash, as docs/softphone.md says.
  const [, importMap] = /<script type="importmap">(.*?)<\/script>/s.exec(await (await fetch(`${fixture.world}/softphone.html`)).text());
  const hash = `'sha256-${createHash("sha256").update(importMap).digest("base64")}'`;
  const headers = {};
  const softphone = `http://127.0.0.1:${await listen(createServer(serve(headers)))}`;
  const html = `<!doctype html><title>CRM</title><h1>CRM</h1><iframe src="${softphone}/softphone.html?extension=147" ${attributes} width="420" height="720"></iframe>`;
  const page = { "content-type": "text/html", "content-security-policy": `default-src 'none'; frame-src ${softphone}` };
  // `localhost` is a different site from 127.0.0.1.
  const address = `http://localhost:${await listen(createServer((request, response) => response.writeHead(200, page).end(html)))}`;
  headers["content-security-policy"] = policy
    .replace("script-src 'self'", `script-src 'self' ${hash}`)
    .replace("https://public-v1-stg.omicall.com", SANDBOX)
    .replace("wss://sip.example.com", fixture.server.ws)
    .replace("https://crm.example.com", address);
  return address;
}

for (const [library, name] of Object.entries(LIBRARIES)) {
  onSoftphone(`in an <iframe> with the documented allow= and policy, ${name} makes a call with audio`, async () => {
    const framed = await open({ url: await servePageAround(`allow="${allow}"`) });
    await framed.getByLabel(name).check();
    assert.equal(await framed.locator("h1").isVisible(), false);
    await register(framed);
    const other = await open({ extension: "145" });
    await register(other);
    await callAndAnswer(framed, other, "145");
    await Promise.all([waitForSound(framed), waitForSound(other)]);
  });
}

onSoftphone("in an <iframe> without allow=, the page says what is missing", async () => {
  const framed = await open({ url: await servePageAround(""), expected: [/Permissions policy violation: microphone is not allowed/] });
  await register(framed);
  await waitForText(framed.locator("#microphone-problem"), /the page around this one has to pass it on with allow="microphone"\.$/);
});

for (const [library, name] of Object.entries(LIBRARIES)) {
  onSoftphone(`over https, ${name} registers over wss, and a ws server is reported without connecting`, async () => {
    const [key, cert] = await Promise.all([fixture.server.key, fixture.server.certificate].map((file) => readFile(file)));
    const url = `https://127.0.0.1:${await listen(createSecureServer({ key, cert }, serve({})))}/softphone.html`;
    // Chromium itself reports the blocked connection.
    const page = await open({ url, library, expected: [/Mixed Content/] });
    await overrideAccount({ sip_web_socket_server: "ws://192.0.2.7:5066" });
    await button(page, "Register").click();
    await waitForText(registration(page), /^This page came by https, and browsers let it connect only to wss: servers\. The one of extension 147 is ws:\/\/192\.0\.2\.7:5066\.$/);
    await overrideAccount({ sip_web_socket_server: fixture.server.wss });
    await register(page);
  });
}
