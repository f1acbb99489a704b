// English and Vietnamese: in Chromium, against the sandbox (OMICALL_SANDBOX). A text that i18n-vi.js lacks is reported in
// the console, which fails each of these tests.
import assert from "node:assert/strict";
import { button, dashboard, onEveryScreen } from "./dashboard.mjs";

const { world, onDashboard } = dashboard("dashboard-i18n");

const SCRIPT = "scripts/632969ce7534d97b0933d51d";
const language = (page) => page.locator("#language");
const lang = (page) => page.evaluate(() => document.documentElement.lang);
const goTo = (page, hash) => page.evaluate((hash) => (location.hash = hash), hash);
const VIETNAMESE = { locale: "vi-VN", ready: "137 máy nội bộ" };

onDashboard("switching the language is remembered and loses no input", async (page) => {
  assert.equal(await lang(page), "en");
  await goTo(page, SCRIPT);
  await page.locator(".editor-body:not([hidden])").waitFor();
  const name = page.locator("[name=script_name]");
  await name.fill("");
  await page.locator(".dial-pad [value='9']").click();
  await page.getByText("Error: Script name is required").first().waitFor();
  await language(page).selectOption("vi");
  assert.equal(await lang(page), "vi");
  assert.equal(await page.title(), "Tổng đài");
  // The page's texts, the package's messages, and those in the diagram.
  await page.locator(".editor form").getByText("Lỗi: Cần nhập tên kịch bản").waitFor();
  await page.locator(".diagram").getByText("Cần nhập tên kịch bản").first().waitFor({ state: "attached" });
  await page.getByText("Hệ thống gác máy.").waitFor();
  await button(page, "Lưu").waitFor();
  assert.equal(await name.inputValue(), "");
  assert.equal(await page.getByText("Save", { exact: true }).count(), 0);
  await page.reload();
  await button(page, "Lưu").waitFor();
  assert.equal(await lang(page), "vi");
  await language(page).selectOption("en");
  await button(page, "Save").waitFor();
  assert.equal(await page.title(), "Call center");
});

onDashboard("a Vietnamese browser starts in Vietnamese", async (page) => {
  assert.equal(await lang(page), "vi");
  assert.equal(await language(page).inputValue(), "vi");
}, VIETNAMESE);

onDashboard("every text is translated in every view", async (page) => {
  const sameInBoth = new Set(["Access token", "Token", "E-mail", "WebSocket", "Realm", "Proxy", "Opus", "English"]);
  const englishTexts = () => page.evaluate(async () => Object.entries((await import("./i18n-vi.js")).VIETNAMESE).filter(([english, vietnamese]) => english !== vietnamese).map(([english]) => english));
  const untranslated = new Set(await englishTexts());
  const check = async (where) => {
    const texts = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode.data.trim().replace(/\s+/g, " "));
      for (const element of document.querySelectorAll("[aria-label], [placeholder], [data-label]")) {
        for (const name of ["aria-label", "placeholder", "data-label"]) texts.push(element.getAttribute(name) ?? "");
      }
      return texts;
    });
    assert.deepEqual(texts.filter((text) => untranslated.has(text) && !sameInBoth.has(text)), [], where);
  };
  await check("phones");
  await button(page, "145").click();
  await button(page, "Hiện mật khẩu").waitFor();
  await check("extension");
  await button(page, "Tắt").click();
  await check("question");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  for (const hash of ["groups", "groups/new", "scripts", "scripts/new", SCRIPT, "greetings", "backup", "scripts/none", "groups/none"]) {
    await goTo(page, hash);
    await page.waitForLoadState("networkidle");
    if (hash === "greetings") {
      await button(page, "Xóa Lời chào mặc định").click();
      await page.getByRole("alertdialog").getByText("vẫn đang được dùng ở đây").waitFor();
      await check("where it is used");
      await page.keyboard.press("Escape");
    }
    const save = page.locator("[name=save]:visible");
    if (await save.count()) await save.click();
    await check(hash);
  }
  await button(page, "Đăng xuất").click();
  await button(page, "Đăng nhập").waitFor();
  await check("signing in");
}, VIETNAMESE);

onDashboard("switching the language does not cancel an upload", async (page) => {
  await goTo(page, "greetings");
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  await page.getByLabel("Recording").setInputFiles({ name: "Dài.mp3", mimeType: "audio/mpeg", buffer: Buffer.concat(Array(20_000).fill(frame)) });
  const fault = { kind: "slow_upload", ms: 1_500 };
  await fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify([{ match: { method: "POST", path: "/greeting/upload" }, fault }]) });
  await button(page, "Upload").click();
  await page.getByRole("progressbar").waitFor();
  await language(page).selectOption("vi");
  await page.getByText("Đã tải lên “Dài.mp3”.").waitFor();
  await page.getByText("14 lời chào", { exact: true }).waitFor();
});

onEveryScreen(
  (title, body, look) => onDashboard(title, body, { ...look, ...VIETNAMESE }),
  "layout in Vietnamese",
  async (page, look) => {
    await look("vietnamese-phones");
    await goTo(page, SCRIPT);
    await page.locator(".editor-body:not([hidden])").waitFor();
    await page.locator("[name=script_name]").fill("");
    await look("vietnamese-script");
    await page.locator("[name=discard]").click();
  },
);
