// Registering with what the SDK makes of the sandbox's answers: over ws and wss, and refused in every way.
import assert from "node:assert/strict";
import { LIBRARIES, button, register, registration, says, softphones, talk } from "./softphone.mjs";

const used = softphones("registration", { tls: true });
const { open, onSoftphone, pretend } = used;

/** What Chromium itself says of a connection that does not come about. */
const NO_CONNECTION = /WebSocket connection to '.*' failed|ERR_CONNECTION_REFUSED/;

for (const [library, name] of Object.entries(LIBRARIES)) {
  onSoftphone(`${name} registers over ws, and unregisters`, async () => {
    const page = await open({ library });
    const opened = page.waitForEvent("websocket");
    await button(page, "Register").click();
    assert.equal((await opened).url().replace(/\/$/, ""), used.server.ws);
    await says(registration(page), /^Registered: 147 at omiteam$/);
    const closed = (await opened).waitForEvent("close");
    await button(page, "Unregister").click();
    await closed;
    await button(page, "Register").waitFor();
    assert.equal(await page.locator("#dial").isVisible(), false);
    await register(page);
  });

  onSoftphone(`${name} registers over wss, and calls somebody who came by ws`, async () => {
    await pretend({ sip_web_socket_server: used.server.wss });
    const page = await open({ library });
    const opened = page.waitForEvent("websocket");
    await register(page);
    assert.equal((await opened).url().replace(/\/$/, ""), used.server.wss);
    const other = await open({ extension: "145", library });
    await register(other);
    await talk(page, other, "145");
    await button(other, "Hang up").click();
    await talk(other, page, "147");
  });

  const refused = [
    ["a wrong password", { sip_password: "not-the-password" }, /^The server refuses the password of extension 147\. \(SIP 401 /],
    ["an unknown user", { sip_user: "99999" }, /^The server does not let extension 99999 in: it is unknown there, or switched off\. \(SIP 403 /],
    ["a wrong realm", { sip_realm: "elsewhere" }, /^The server does not know the realm “elsewhere”, or no extension 147 in it\. \(SIP 404 /],
  ];
  for (const [what, fields, words] of refused) {
    onSoftphone(`${name}: ${what} is refused and said so, and the next try may work`, async () => {
      await pretend(fields);
      const page = await open({ library });
      const opened = page.waitForEvent("websocket");
      await button(page, "Register").click();
      await says(registration(page), words);
      assert.equal(await registration(page).getAttribute("data-state"), "refused");
      assert.equal(await page.locator("#dial").isVisible(), false);
      const socket = await opened;
      await register(page);
      // The first connection may end only now: what it says then is not about the second.
      if (!socket.isClosed()) await socket.waitForEvent("close");
      await says(registration(page), /^Registered: /);
      assert.ok(await button(page, "Call").isEnabled());
    });
  }

  onSoftphone(`${name}: a server that is away is named, and asked again`, async () => {
    // Nothing listens on this port: Chromium refuses to connect to it even.
    const address = "ws://127.0.0.1:9";
    await pretend({ sip_web_socket_server: address });
    const page = await open({ library, expected: [NO_CONNECTION] });
    const tries = [];
    page.on("websocket", (socket) => tries.push(socket.url()));
    await button(page, "Register").click();
    await says(registration(page), new RegExp(`^No connection to ${address}: the server may be away, or your network\\. Trying again`));
    while (tries.length < 2) await page.waitForEvent("websocket");
    await button(page, "Unregister").click();
    await register(page);
  });

  onSoftphone(`${name}: an account that cannot register is refused before anything is sent`, async () => {
    await pretend({ sip_realm: "con tact" });
    const page = await open({ library });
    const sockets = [];
    page.on("websocket", (socket) => sockets.push(socket));
    await button(page, "Register").click();
    await says(page.getByRole("alert"), /This SIP account cannot register.*kind: validation/s);
    assert.deepEqual(sockets, []);
    await register(page);
    assert.equal(await page.getByRole("alert").count(), 0);
  });
}

onSoftphone("an extension that does not exist", async () => {
  const page = await open({ extension: "31415" });
  await button(page, "Register").click();
  await says(page.getByRole("alert"), /Extension does not exist/);
});
