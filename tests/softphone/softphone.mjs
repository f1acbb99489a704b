// What the tests of the softphone page share: a world of the sandbox, a Kamailio for its extensions, and a Chromium with
// a microphone that beeps. A page is what `cargo xtask demo` offers, at /w/<world>/softphone.html.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { accountsOf, fingerprint, kamailio, point } from "../kamailio/start.mjs";
import { launch } from "../page/chromium.mjs";

export const SANDBOX = process.env.OMICALL_SANDBOX;
export const LIBRARIES = { jssip: "JsSIP", sipjs: "SIP.js" };
/** Long, since a machine may have other things to do: whatever is waited for comes as soon as it can. */
export const PATIENCE = 60_000;

const TARGET = new URL("../../target/", import.meta.url);
/** A microphone that beeps once a second, and leave to use it; and audio between pages of a machine without a network. */
export const SOUND = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required"];

/** Starts what a test file needs, for a world that no other file uses, and ends it. */
export function softphones(name, { tls = false, flags = SOUND } = {}) {
  const world = `${SANDBOX}/w/softphone-${name}`;
  const used = { world };
  const pages = [];

  before(async () => {
    assert.ok(SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox started with --www www-example");
    await fetch(`${world}/__sandbox/reset`, { method: "POST" });
    used.accounts = await accountsOf(world);
    const folder = fileURLToPath(new URL(`kamailio/${name}`, TARGET));
    used.server = await kamailio({ folder, accounts: used.accounts, tls });
    await used.server.start();
    await point(world, used.server.ws);
    // With this flag Chromium believes the test's own certificate, and no other that it would not believe anyway.
    const trust = tls ? [`--ignore-certificate-errors-spki-list=${await fingerprint(used.server.certificate)}`] : [];
    used.browser = await launch(...flags, ...trust);
  });

  after(async () => {
    await used.browser?.close();
    await used.server?.stop();
  });

  /**
   * A page in a browser context of its own, as on another computer; or, where `url` has it in an <iframe>, that.
   * `expected` are patterns of what its console may say.
   */
  async function open({ extension = "147", library = "jssip", url = `${world}/softphone.html`, expected = [] } = {}) {
    const context = await used.browser.newContext({ viewport: { width: 480, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.heard = [];
    page.on("console", (line) => page.heard.push(`${line.type()}: ${line.text()}`));
    page.on("pageerror", (error) => page.heard.push(`page error: ${error.stack}`));
    // Looks at the connections that the libraries make, which have `getStats`, and at the microphones.
    await page.addInitScript(() => {
      window.connections = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...given) {
          super(...given);
          window.connections.push(this);
        }
      };
      window.microphones = [];
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wanted) => {
        const stream = await getUserMedia(wanted);
        window.microphones.push(...stream.getTracks());
        return stream;
      };
    });
    pages.push({ page, expected });
    await page.goto(`${url}?${new URLSearchParams({ extension, library })}`);
    const softphone = page.frames().at(-1);
    await button(softphone, "Register").waitFor();
    return page.frames().length > 1 ? softphone : page;
  }

  /** A test at whose end the pages that it opened have said nothing that was not expected, and no password. */
  function onSoftphone(title, body) {
    test(title, { timeout: 10 * PATIENCE }, async () => {
      try {
        await body();
        for (const { page, expected } of pages) {
          const said = page.heard.join("\n");
          for (const { password } of used.accounts) assert.ok(!said.includes(password), "a password is in the console");
          assert.deepEqual(page.heard.filter((line) => !expected.some((pattern) => pattern.test(line))), []);
        }
      } catch (error) {
        for (const { page } of pages) {
          const shows = await page.frames().at(-1).locator("body").innerText({ timeout: 1000 }).catch(() => "nothing");
          error.message += `\n\na page shows:\n${shows}\nits console says:\n${page.heard.join("\n")}`;
        }
        throw error;
      } finally {
        for (const { page } of pages.splice(0)) await page.context().close();
      }
    });
  }

  /** Lets the next answers that describe an extension say something else of its SIP account. */
  async function pretend(fields, times = 1) {
    const match = { path: "/extensions/detail" };
    const faults = Object.entries(fields).map(([name, value]) => ({ match, times, fault: { kind: "set", pointer: `/payload/pbx_account/${name}`, value } }));
    const answer = await fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify(faults) });
    assert.ok(answer.ok, await answer.text());
  }

  return Object.assign(used, { open, onSoftphone, pretend });
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const registration = (page) => page.locator("#registration");
export const callState = (page) => page.locator(".call-state");
export const keys = (page) => page.locator(".keys");
export const lastCall = (page) => page.locator(".last-call");

/** Waits until an element says so, and says what it says instead where it never does. */
export async function says(locator, pattern) {
  try {
    await locator.filter({ hasText: pattern }).waitFor({ timeout: PATIENCE });
  } catch {
    assert.match(await locator.textContent(), pattern);
  }
}

export async function register(page) {
  await button(page, "Register").click();
  await says(registration(page), /^Registered: /);
}

/** Calls a number and lets the other page answer, until both talk. */
export async function talk(caller, called, number) {
  await call(caller, number);
  await button(called, "Answer").click();
  for (const page of [caller, called]) await says(callState(page), /^Talking/);
}

export async function call(caller, number) {
  await caller.getByRole("textbox", { name: "Number" }).fill(number);
  await button(caller, "Call").click();
}

/** Audio that has come in by the page's latest connection: packets, energy (silence adds none), and the page's clock. */
function heardSoFar(page) {
  return page.evaluate(async () => {
    const stats = [...(await window.connections.at(-1).getStats()).values()];
    const { packetsReceived, totalAudioEnergy } = stats.find(({ type }) => type === "inbound-rtp") ?? {};
    return { packets: packetsReceived ?? 0, energy: totalAudioEnergy ?? 0, seconds: performance.now() / 1000 };
  });
}

/** How loud it is while some beeps should be heard (the microphone beeps once a second): energy a second. */
async function loudness(page) {
  const before = await heardSoFar(page);
  await page.waitForTimeout(1500);
  const now = await heardSoFar(page);
  return { loud: (now.energy - before.energy) / (now.seconds - before.seconds), packets: now.packets - before.packets };
}

/** Waits until audio comes in, packets and sound, and tells how loud it is. */
export async function hears(page) {
  return until(() => loudness(page), ({ loud, packets }) => loud > 1e-5 && packets > 20);
}

/** Waits until it is as silent as nothing, beside what it was before. */
export async function hearsNothing(page, { loud: before }) {
  await until(() => loudness(page), ({ loud }) => loud < before / 1000);
}

async function until(look, isRight) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    assert.ok(Date.now() < end, `still ${JSON.stringify(seen)}`);
  }
}
