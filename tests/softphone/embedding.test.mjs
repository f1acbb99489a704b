// The page within another one, of another origin, with the Content-Security-Policy of docs/softphone.md; and by https.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { after } from "node:test";
import { LIBRARIES, SANDBOX, button, hears, register, registration, says, softphones, talk } from "./softphone.mjs";

const used = softphones("embedding", { tls: true });
const { open, onSoftphone, pretend } = used;

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

/** Hands out the softphone's files as somebody's own server would, with these headers. */
const handOut = (headers) => async (request, response) => {
  const answer = await fetch(used.world + request.url);
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type"), ...headers });
  response.end(Buffer.from(await answer.arrayBuffer()));
};

/** The address of a page with the softphone in an <iframe>. */
async function around(attributes) {
  // The example's import map is in its HTML; docs/softphone.md says that it needs its hash.
  const [, importMap] = /<script type="importmap">(.*?)<\/script>/s.exec(await (await fetch(`${used.world}/softphone.html`)).text());
  const hash = `'sha256-${createHash("sha256").update(importMap).digest("base64")}'`;
  const headers = {};
  const softphone = `http://127.0.0.1:${await listen(createServer(handOut(headers)))}`;
  const html = `<!doctype html><title>CRM</title><h1>CRM</h1><iframe src="${softphone}/softphone.html?extension=147" ${attributes} width="420" height="720"></iframe>`;
  const page = { "content-type": "text/html", "content-security-policy": `default-src 'none'; frame-src ${softphone}` };
  // `localhost` is another site than 127.0.0.1.
  const address = `http://localhost:${await listen(createServer((request, response) => response.writeHead(200, page).end(html)))}`;
  headers["content-security-policy"] = policy
    .replace("script-src 'self'", `script-src 'self' ${hash}`)
    .replace("https://public-v1.omicall.com", SANDBOX)
    .replace("wss://sip.example.com", used.server.ws)
    .replace("https://crm.example.com", address);
  return address;
}

for (const [library, name] of Object.entries(LIBRARIES)) {
  onSoftphone(`in an <iframe>, with the documented allow= and policy, ${name} calls and is heard`, async () => {
    const framed = await open({ url: await around(`allow="${allow}"`) });
    await framed.getByLabel(name).check();
    assert.equal(await framed.locator("h1").isVisible(), false);
    await register(framed);
    const other = await open({ extension: "145" });
    await register(other);
    await talk(framed, other, "145");
    await Promise.all([hears(framed), hears(other)]);
  });
}

onSoftphone("in an <iframe> without allow= it says what is missing", async () => {
  const framed = await open({ url: await around(""), expected: [/Permissions policy violation: microphone is not allowed/] });
  await register(framed);
  await says(framed.locator("#microphone-problem"), /the page around this one has to pass it on with allow="microphone"\.$/);
});

for (const [library, name] of Object.entries(LIBRARIES)) {
  onSoftphone(`by https, ${name} registers over wss; a server without it is named, and not tried`, async () => {
    const [key, cert] = await Promise.all([used.server.key, used.server.certificate].map((file) => readFile(file)));
    const url = `https://127.0.0.1:${await listen(createSecureServer({ key, cert }, handOut({})))}/softphone.html`;
    // Chromium says itself that it blocked it.
    const page = await open({ url, library, expected: [/Mixed Content/] });
    await pretend({ sip_web_socket_server: "ws://192.0.2.7:5066" });
    await button(page, "Register").click();
    await says(registration(page), /^This page came by https, and browsers let it connect only to wss: servers\. The one of extension 147 is ws:\/\/192\.0\.2\.7:5066\.$/);
    await pretend({ sip_web_socket_server: used.server.wss });
    await register(page);
  });
}
