// Firefox ESR, over WebDriver BiDi.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";
import { smokeTests } from "./smoke.mjs";

async function start() {
  assert.ok(process.env.FIREFOX, "set FIREFOX to the Firefox to test with, or run `cargo xtask test packaging`, which finds it");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true });

  async function open(url) {
    const page = await browser.newPage();
    const consoleLines = [];
    page.on("console", (message) => message.type() === "error" && consoleLines.push(message.text()));
    page.on("pageerror", (error) => consoleLines.push(`uncaught: ${error.message}`));
    await page.goto(url);
    return {
      consoleLines,
      texts: (selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent)),
      click: (selector) => page.click(selector),
      type: (selector, text) => page.type(selector, text),
      close: () => page.close(),
    };
  }

  return { open, close: () => browser.close() };
}

smokeTests("Firefox", start, { notWasm: "magic", usesPreloads: true });
