// Text to speech: the counter, issues while typing, and errors of the server. In Chromium, against the sandbox
// (OMICALL_SANDBOX).
import assert from "node:assert/strict";
import { alert, button, dashboard, issuesOf, onEveryScreen } from "./dashboard.mjs";

const { world, api, onDashboard, respondNext, requestsFor } = dashboard("dashboard-speech");

const field = (page, name) => page.locator(`.speech [name=${name}]`);
const counter = (page) => page.locator(".counter").textContent();
const open = async (page) => {
  await page.goto(`${world}/index.html#greetings`);
  await page.getByText("Have a text read out").click();
  await field(page, "text").waitFor();
};
const greetings = async () => (await api.get("greeting/list", { page: 1, size: 100 })).items;
const SPEECH = "greeting/upload-text-to-speech";

onDashboard("the counter counts like the check, however the text is typed", async (page) => {
  await open(page);
  assert.equal(await counter(page), "0 / 300");
  const text = field(page, "text");
  const accented = "Tiếng Việt";
  for (const [value, shown, issues] of [
    [accented, "10 / 300", []],
    // The same with combining marks.
    [accented.normalize("NFD"), "10 / 300", []],
    ["☎️🙂", "3 / 300", []],
    ["ế".normalize("NFD").repeat(300), "300 / 300", []],
    ["🙂".repeat(300), "300 / 300", []],
    ["🙂".repeat(301), "301 / 300", ["error tts-text-length"]],
    ["", "0 / 300", ["error tts-text-length"]],
  ]) {
    await text.fill(value);
    assert.equal(await counter(page), shown);
    assert.deepEqual(await issuesOf(text), issues, shown);
    assert.equal(await text.getAttribute("aria-invalid"), issues.length ? "true" : null);
  }
  await text.fill("a".repeat(301));
  await page.getByText("1–300 characters, not 301").waitFor();
});

onDashboard("a greeting is created from a text, and scripts can select it", async (page) => {
  await open(page);
  await field(page, "greeting_name").fill("Chào buổi tối");
  await field(page, "text").fill("Xin chào quý khách");
  await field(page, "voice").selectOption("lannhi");
  await field(page, "speed").fill("-2");
  assert.equal(await page.locator("output.speed").textContent(), "-2");
  await button(page, "Read it out").click();
  await page.getByText("“Chào buổi tối” has been made.").waitFor();
  await page.getByText("14 greetings", { exact: true }).waitFor();
  const [made] = await greetings();
  assert.deepEqual([made.greeting_name, made.content, made.voice, made.speed], ["Chào buổi tối", "Xin chào quý khách", "lannhi", -2]);
  // The form is empty again and shows no issues.
  assert.equal(await field(page, "greeting_name").inputValue(), "");
  assert.equal(await page.locator(".speech .issues > li").count(), 0);
  assert.equal(await counter(page), "0 / 300");
  await page.evaluate(() => (location.hash = "#scripts/new"));
  await page.locator("[name=greeting_id]").selectOption({ label: "Chào buổi tối" });
});

onDashboard("an invalid text is not sent, and the server's error shows at its field", async (page) => {
  await open(page);
  const before = (await requestsFor(SPEECH)).length;
  await button(page, "Read it out").click();
  assert.deepEqual(await issuesOf(field(page, "greeting_name")), ["error greeting-name-required"]);
  assert.deepEqual(await issuesOf(field(page, "text")), ["error tts-text-length"]);
  await page.waitForFunction(() => document.activeElement.name === "greeting_name");
  assert.equal((await requestsFor(SPEECH)).length, before);
  await field(page, "greeting_name").fill("Lần đầu");
  await field(page, "text").fill("Xin chào");
  await respondNext(SPEECH, { status_code: -9999, payload: { status: "fail", error: "data_is_required", message: "text must not say hello" } });
  await button(page, "Read it out").click();
  await page.getByText("text must not say hello").waitFor();
  assert.deepEqual(await issuesOf(field(page, "text")), ["error data_is_required"]);
  await field(page, "text").fill("Xin chào!");
  assert.deepEqual(await issuesOf(field(page, "text")), []);
  await respondNext(SPEECH, { status_code: -9999, instance_id: "x", message: "tenant_invalid" });
  await button(page, "Read it out").click();
  assert.match(await alert(page).textContent(), /tenant_invalid/);
  await button(page, "Try again").click();
  await page.getByText("“Lần đầu” has been made.").waitFor();
  assert.equal(await alert(page).count(), 0);
});

onEveryScreen(onDashboard, "layout of the text-to-speech form", async (page, look) => {
  await open(page);
  await field(page, "text").fill("Xin chào quý khách. ".repeat(16));
  await look("speech");
});
