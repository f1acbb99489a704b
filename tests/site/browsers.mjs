// Chromium and Firefox, driven in the same way.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];

/** Starts one of the browsers. `open(url)` opens a page below `site` and collects what goes wrong in it as `problems`. */
export async function launch(name, site) {
  const variable = { Chromium: "CHROME", Firefox: "FIREFOX" }[name];
  const executablePath = process.env[variable];
  assert.ok(executablePath, `set ${variable} to the browser to test with, or run \`cargo xtask test site\`, which finds it`);
  const browser = await puppeteer.launch(
    name === "Firefox" ? { browser: "firefox", executablePath, headless: true } : { executablePath, headless: true, args: CHROMIUM_ARGUMENTS },
  );

  async function open(url) {
    const page = await browser.newPage();
    const problems = [];
    // A translation that is missing is a warning.
    page.on("console", (line) => ["error", "warn", "warning"].includes(line.type()) && problems.push(`${line.type()}: ${line.text()} (${line.location().url})`));
    page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
    page.on("request", (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(site) || problems.push(`request outside of the site: ${request.url()}`));
    page.setDefaultTimeout(15_000);
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(url);
    return { page, problems };
  }

  return { open, close: () => browser.close() };
}
