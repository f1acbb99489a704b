// `cargo xtask demo --check`: checks in a real browser that the dashboard shows its list and, with a SIP server, that the
// softphone registers.
//
//   CHROME=/path/to/chromium node tests/page/demo-check.mjs <address> <screenshot.png>
//
// Prints one line and exits with 0, or prints the problems and exits with 1.

import { launch } from "./chromium.mjs";

const [address, screenshot] = process.argv.slice(2);

const browser = await launch();

const problems = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => problems.push(`uncaught on the page: ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      problems.push(`console error: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("requestfailed", (request) => {
    // Typing aborts the previous search, which is not a failure.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      problems.push(`failed request: ${request.url()} (${request.failure()?.errorText})`);
    }
  });

  await page.goto(address);
  const rows = page.locator("table tbody tr[data-extension]");
  try {
    await rows.first().waitFor({ timeout: 30_000 });
  } catch {
    const text = await page.locator("body").innerText();
    problems.push(`no row of the phone list appeared within 30 s; the page says:\n${text.slice(0, 2000)}`);
  }
  await page.screenshot({ path: screenshot });
  const seen = [`${await rows.count()} phones on the page`];

  const { sipServer } = await (await fetch(`${address}sandbox.json`)).json();
  if (sipServer) {
    await page.goto(`${address}softphone.html?extension=147`);
    await page.getByRole("button", { name: "Register" }).click();
    try {
      await page.getByText("Registered: 147").waitFor({ timeout: 30_000 });
      seen.push("extension 147 registered");
    } catch {
      problems.push(`the softphone did not register within 30 s; it says:\n${await page.locator("main").innerText()}`);
    }
  }
  if (problems.length === 0) console.log(seen.join(", "));
} catch (error) {
  problems.push(String(error));
} finally {
  await browser.close();
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}
