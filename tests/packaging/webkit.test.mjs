// WebKitGTK, which stands for Safari, over WebDriver. It has no headless mode, so it shows its windows on a virtual screen.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "./support.mjs";
import { smokeTests } from "./smoke.mjs";

/** The member of the object that stands for an element, as the protocol defines it. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Starts a virtual screen. Returns its process and its name; neither if none is given, as for Safari. */
async function startScreen() {
  if (!process.env.XVFB) return {};
  const screen = spawn(process.env.XVFB, ["-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await Promise.race([once(screen.stdio[3], "data"), once(screen, "exit").then(([code]) => assert.fail(`Xvfb ended with ${code}`))]);
  return { screen, display: `:${String(number).trim()}` };
}

async function startDriver(env) {
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER, [`--port=${port}`], { env: { ...process.env, ...env }, stdio: "ignore" });
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) assert.fail(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; (await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined))?.ok !== true; tries++) {
    if (tries > 600 || driver.exitCode !== null) assert.fail("WebKitWebDriver does not start");
    await new Promise((done) => setTimeout(done, 50));
  }
  return { driver, send };
}

async function end(process) {
  if (!process) return;
  const exited = once(process, "exit");
  process.kill();
  await exited;
}

async function start() {
  assert.ok(process.env.WEBKIT_DRIVER, "set WEBKIT_DRIVER (and XVFB) to the programs to test with, or run `cargo xtask test packaging`, which finds them");
  const { screen, display } = await startScreen();
  const { driver, send } = await startDriver(display && { DISPLAY: display });
  const { sessionId } = await send("POST", "/session", { capabilities: {} });
  const session = (method, path, body) => send(method, `/session/${sessionId}${path}`, body);
  const find = async (selector) => (await session("POST", "/element", { using: "css selector", value: selector }))[ELEMENT];

  // All pages in one window, one after the other.
  async function open(url) {
    await session("POST", "/url", { url });
    return {
      // This protocol does not show the console.
      consoleLines: [],
      texts: (selector) => session("POST", "/execute/sync", { script: "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", args: [selector] }),
      click: async (selector) => session("POST", `/element/${await find(selector)}/click`, {}),
      type: async (selector, text) => session("POST", `/element/${await find(selector)}/value`, { text }),
      close: () => session("POST", "/url", { url: "about:blank" }),
    };
  }

  async function close() {
    await send("DELETE", `/session/${sessionId}`);
    await end(driver);
    await end(screen);
  }
  return { open, close };
}

// It fetches a preloaded module again, unless the response came before and may be cached.
smokeTests("WebKit", start, { notWasm: "asm", usesPreloads: false });
