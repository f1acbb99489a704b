// Starts the Chromium of all page tests, headless and able to run as root in a container.
import { chromium } from "playwright-core";

export function launch(...args) {
  if (!process.env.CHROME) throw new Error("Set CHROME to the browser to test with, or run `cargo xtask test`, which finds it.");
  return chromium.launch({
    executablePath: process.env.CHROME,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run", ...args],
  });
}
