// Registering with the settings that the package makes from the sandbox's accounts: over ws and wss, and rejected accounts.
import assert from "node:assert/strict";
import { LIBRARIES, button, register, registration, waitForText, setUpSoftphones, callAndAnswer } from "./softphone.mjs";

const fixture = setUpSoftphones("registration", { tls: true });
const { open, onSoftphone, overrideAccount } = fixture;

/** What Chromium reports about a connection that fails. */
const NO_CONNECTION = /WebSocket connection to '.*' failed|ERR_CONNECTION_REFUSED/;

for (const [library, name] of Object.entries(LIBRARIES)) {
  onSoftphone(`${name} registers over ws, and unregisters`, async () => {
    const page = await open({ library });
    const opened = page.waitForEvent("websocket");
    await button(page, "Register").click();
    assert.equal((await opened).url().replace(/\/$/, ""), fixture.server.ws);
    await waitForText(registration(page), /^Registered: 147 at omiteam$/);
    const closed = (await opened).waitForEvent("close");
    await button(page, "Unregister").click();
    await closed;
    await button(page, "Register").waitFor();
    assert.equal(await page.locator("#dial").isVisible(), false);
    await register(page);
  });

  onSoftphone(`${name} registers over wss and calls somebody on ws`, async () => {
    await overrideAccount({ sip_web_socket_server: fixture.server.wss });
    const page = await open({ library });
    const opened = page.waitForEvent("websocket");
    await register(page);
    assert.equal((await opened).url().replace(/\/$/, ""), fixture.server.wss);
    const other = await open({ extension: "145", library });
    await register(other);
    await callAndAnswer(page, other, "145");
    await button(other, "Hang up").click();
    await callAndAnswer(other, page, "147");
  });

  onSoftphone(`${name} registers at an address with a path and a query, beside STUN entries that are wrong`, async () => {
    const address = `${fixture.server.ws}/asterisk/ws?x=a%2Fb`;
    await overrideAccount({ sip_web_socket_server: address, stun_servers: ["", "stun:127.0.0.1:3478?transport=udp", "https://127.0.0.1"] });
    const page = await open({ library });
    const opened = page.waitForEvent("websocket");
    await register(page);
    assert.equal((await opened).url(), address);
    const other = await open({ extension: "145", library });
    await register(other);
    await callAndAnswer(page, other, "145");
    await button(other, "Hang up").click();
  });

  const refused = [
    ["a wrong password", { sip_password: "not-the-password" }, /^The server refuses the password of extension 147\. \(SIP 401 /],
    ["an unknown user", { sip_user: "99999" }, /^The server does not let extension 99999 in: it is unknown there, or switched off\. \(SIP 403 /],
    ["a wrong realm", { sip_realm: "elsewhere" }, /^The server does not know the realm “elsewhere”, or no extension 147 in it\. \(SIP 404 /],
  ];
  for (const [what, fields, words] of refused) {
    onSoftphone(`${name}: ${what} is rejected with a message, and the next attempt can succeed`, async () => {
      await overrideAccount(fields);
      const page = await open({ library });
      const opened = page.waitForEvent("websocket");
      await button(page, "Register").click();
      await waitForText(registration(page), words);
      assert.equal(await registration(page).getAttribute("data-state"), "refused");
      assert.equal(await page.locator("#dial").isVisible(), false);
      const socket = await opened;
      await register(page);
      // The first connection may end only now: its events must not affect the second.
      if (!socket.isClosed()) await socket.waitForEvent("close");
      await waitForText(registration(page), /^Registered: /);
      assert.ok(await button(page, "Call").isEnabled());
    });
  }

  onSoftphone(`${name}: an unreachable server is reported, and retried`, async () => {
    // Chromium does not even connect to this port.
    const address = "ws://127.0.0.1:9";
    await overrideAccount({ sip_web_socket_server: address });
    const page = await open({ library, expected: [NO_CONNECTION] });
    const attempts = [];
    page.on("websocket", (socket) => attempts.push(socket.url()));
    await button(page, "Register").click();
    await waitForText(registration(page), new RegExp(`^No connection to ${address}: the server may be away, or your network\\. Trying again`));
    while (attempts.length < 2) await page.waitForEvent("websocket");
    await button(page, "Unregister").click();
    await register(page);
  });

  onSoftphone(`${name}: an invalid account is rejected before connecting`, async () => {
    await overrideAccount({ sip_realm: "con tact" });
    const page = await open({ library });
    const sockets = [];
    page.on("websocket", (socket) => sockets.push(socket));
    await button(page, "Register").click();
    await waitForText(page.getByRole("alert"), /This SIP account cannot register.*kind: validation/s);
    assert.deepEqual(sockets, []);
    await register(page);
    assert.equal(await page.getByRole("alert").count(), 0);
  });
}

onSoftphone("an extension that does not exist", async () => {
  const page = await open({ extension: "31415" });
  await button(page, "Register").click();
  await waitForText(page.getByRole("alert"), /Extension does not exist/);
});
