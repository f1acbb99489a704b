// Shared by the tests of the softphone page: a world of the sandbox, a Kamailio for its extensions, and a Chromium with a
// fake microphone that beeps. The page is that of `cargo xtask demo`, at /w/<world>/softphone.html.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fetchAccounts, certificateFingerprint, createKamailio, setSipServer } from "../kamailio/start.mjs";
import { launch } from "../page/chromium.mjs";

export const SANDBOX = process.env.OMICALL_SANDBOX;
export const LIBRARIES = { jssip: "JsSIP", sipjs: "SIP.js" };
/** Long, because the machine may be busy. Tests wait only as long as they need. */
export const TIMEOUT_MS = 60_000;

const TARGET = new URL("../../target/", import.meta.url);
/** A microphone that beeps once a second, permission to use it, and audio between pages on a machine without a network. */
export const FAKE_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required"];

/** Starts what a test file needs, for a world that only this file uses, and stops it afterwards. */
export function setUpSoftphones(name, { tls = false, flags = FAKE_MICROPHONE } = {}) {
  const world = `${SANDBOX}/w/softphone-${name}`;
  const fixture = { world };
  const pages = [];

  before(async () => {
    assert.ok(SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox started with --www www-example");
    await fetch(`${world}/__sandbox/reset`, { method: "POST" });
    fixture.accounts = await fetchAccounts(world);
    const folder = fileURLToPath(new URL(`kamailio/${name}`, TARGET));
    fixture.server = await createKamailio({ folder, accounts: fixture.accounts, tls });
    await fixture.server.start();
    await setSipServer(world, fixture.server.ws);
    // With this flag Chromium also trusts the test's own certificate.
    const trust = tls ? [`--ignore-certificate-errors-spki-list=${await certificateFingerprint(fixture.server.certificate)}`] : [];
    fixture.browser = await launch(...flags, ...trust);
  });

  after(async () => {
    await fixture.browser?.close();
    await fixture.server?.stop();
  });

  /**
   * Opens the page in its own browser context, as on another computer. If `url` embeds it in an <iframe>, returns the
   * frame. `expected` are patterns of allowed console lines.
   */
  async function open({ extension = "147", library = "jssip", url = `${world}/softphone.html`, expected = [] } = {}) {
    const context = await fixture.browser.newContext({ viewport: { width: 480, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    page.consoleLines = [];
    page.on("console", (line) => page.consoleLines.push(`${line.type()}: ${line.text()}`));
    page.on("pageerror", (error) => page.consoleLines.push(`page error: ${error.stack}`));
    // Records the connections that the libraries make, for `getStats`, and the microphones.
    await page.addInitScript(() => {
      window.connections = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...args) {
          super(...args);
          window.connections.push(this);
        }
      };
      window.microphones = [];
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
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

  /** A test at whose end the consoles of its pages may contain only expected lines, and no password. */
  function onSoftphone(title, body) {
    test(title, { timeout: 10 * TIMEOUT_MS }, async () => {
      try {
        await body();
        for (const { page, expected } of pages) {
          const text = page.consoleLines.join("\n");
          for (const { password } of fixture.accounts) assert.ok(!text.includes(password), "a password is in the console");
          assert.deepEqual(page.consoleLines.filter((line) => !expected.some((pattern) => pattern.test(line))), []);
        }
      } catch (error) {
        for (const { page } of pages) {
          const content = await page.frames().at(-1).locator("body").innerText({ timeout: 1000 }).catch(() => "nothing");
          error.message += `\n\na page shows:\n${content}\nits console:\n${page.consoleLines.join("\n")}`;
        }
        throw error;
      } finally {
        for (const { page } of pages.splice(0)) await page.context().close();
      }
    });
  }

  /** Changes fields of the SIP account in the next responses of `extensions/detail`. */
  async function overrideAccount(fields, times = 1) {
    const match = { path: "/extensions/detail" };
    const faults = Object.entries(fields).map(([name, value]) => ({ match, times, fault: { kind: "set", pointer: `/payload/pbx_account/${name}`, value } }));
    const response = await fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify(faults) });
    assert.ok(response.ok, await response.text());
  }

  return Object.assign(fixture, { open, onSoftphone, overrideAccount });
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const registration = (page) => page.locator("#registration");
export const callState = (page) => page.locator(".call-state");
export const keys = (page) => page.locator(".keys");
export const lastCall = (page) => page.locator(".last-call");

/** Waits until an element has a text; otherwise the failure tells what it has instead. */
export async function waitForText(locator, pattern) {
  try {
    await locator.filter({ hasText: pattern }).waitFor({ timeout: TIMEOUT_MS });
  } catch {
    assert.match(await locator.textContent(), pattern);
  }
}

export async function register(page) {
  await button(page, "Register").click();
  await waitForText(registration(page), /^Registered: /);
}

/** Calls a number and answers on the other page, until both are talking. */
export async function callAndAnswer(caller, called, number) {
  await call(caller, number);
  await button(called, "Answer").click();
  for (const page of [caller, called]) await waitForText(callState(page), /^Talking/);
}

export async function call(caller, number) {
  await caller.getByRole("textbox", { name: "Number" }).fill(number);
  await button(caller, "Call").click();
}

/** The audio that the page's latest connection has received: packets, energy (silence adds none), and the page's clock. */
function receivedAudio(page) {
  return page.evaluate(async () => {
    const stats = [...(await window.connections.at(-1).getStats()).values()];
    const { packetsReceived, totalAudioEnergy } = stats.find(({ type }) => type === "inbound-rtp") ?? {};
    return { packets: packetsReceived ?? 0, energy: totalAudioEnergy ?? 0, seconds: performance.now() / 1000 };
  });
}

/** The energy per second over a time with at least one beep (the microphone beeps once a second). */
async function measureLoudness(page) {
  const before = await receivedAudio(page);
  await page.waitForTimeout(1500);
  const now = await receivedAudio(page);
  return { loud: (now.energy - before.energy) / (now.seconds - before.seconds), packets: now.packets - before.packets };
}

/** Waits until the page receives packets with sound, and returns how loud it is. */
export async function waitForSound(page) {
  return until(() => measureLoudness(page), ({ loud, packets }) => loud > 1e-5 && packets > 20);
}

/** Waits until the page receives silence, compared with the loudness before. */
export async function waitForSilence(page, { loud: before }) {
  await until(() => measureLoudness(page), ({ loud }) => loud < before / 1000);
}

async function until(measure, isDone) {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    const value = await measure();
    if (isDone(value)) return value;
    assert.ok(Date.now() < end, `still ${JSON.stringify(value)}`);
  }
}
