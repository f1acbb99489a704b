// The site that `cargo xtask site` writes (OMICALL_SITE), below a path of a static host: its links, and the dashboard on the
// sandbox inside the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browsers.mjs";
import { host } from "./host.mjs";
import { crawl } from "./links.mjs";

const SITE = process.env.OMICALL_SITE;
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

const BROWSERS = ["Chromium", "Firefox"];

let site, files;
const browsers = {};
before(async () => {
  assert.ok(SITE, "set OMICALL_SITE to the folder that `cargo xtask site` has written");
  site = await host(SITE);
  files = await mkdtemp(path.join(tmpdir(), "omicall-site-"));
  await mkdir(SCREENSHOTS, { recursive: true });
  for (const name of BROWSERS) browsers[name] = await launch(name, site.url);
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await site?.close();
  await rm(files, { recursive: true, force: true });
});

/** A file that the checks take for an MP3. */
async function recording(name) {
  const frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x00][index] ?? 0);
  const file = path.join(files, name);
  await writeFile(file, Buffer.concat(Array(40).fill(frame)));
  return file;
}

for (const name of BROWSERS) {
  /** A test that starts on a page, and ends without problems there and on the host. */
  function onPage(title, address, body) {
    test(`${name}: ${title}`, async () => {
      const { page, problems } = await browsers[name].open(site.url + address);
      try {
        await body(helpers(page), page);
        assert.deepEqual([problems, site.missing.splice(0)], [[], []]);
      } catch (error) {
        await page.screenshot({ path: `${SCREENSHOTS}site-failed-${name}.png` });
        error.message += `\nthe page's problems: ${problems.join("\n")}\nmissing on the host: ${site.missing.splice(0).join(", ")}`;
        throw error;
      } finally {
        await page.close();
      }
    });
  }

  onPage("the start page, a document and the API have no problems", "index.html", async ({ click, clickOn, shows, picture }) => {
    await picture("site-start");
    await click("Recipes");
    await shows("Tests with Jest and Vitest");
    await picture("site-document");
    await click("API");
    // TypeDoc makes its list of modules in the page.
    await clickOn(".tsd-navigation a[href$='modules/softphone.html']");
    await shows("jsSipConfig");
    await picture("site-api");
  });

  onPage("the softphone says in both languages that it needs a SIP server", "dashboard/softphone.html?extension=147", async ({ shows }, page) => {
    await shows("needs a SIP server");
    await shows("cần có máy chủ SIP");
    assert.equal(await page.$eval("#account button", (button) => button.disabled), true);
    assert.equal(await page.$eval("#no-sip-server", (note) => note.hidden), true);
  });

  onPage("phones and their hotlines", "dashboard/index.html", async ({ click, clickOn, fill, shows, picture }) => {
    await shows("137 phones");
    await shows("inside this page");
    await picture("site-dashboard");
    await fill("[type=search]", "102");
    await shows("1 phone");
    await click("102");
    await shows("Hotlines");
    await click("Disable");
    await clickOn("#confirm .destructive");
    await shows("The phone is disabled.");
    await click("A softphone for this extension");
    await shows("needs a SIP server");
  });

  onPage("groups", "dashboard/index.html#groups", async ({ click, clickOn, fill, hides, shows, value }, page) => {
    await click("New group");
    await fill("[name=group_name]", "Ca đêm");
    await fill("[name=timeout]", "25");
    await fill("[name=phone]", await page.waitForSelector("[name=phone] option:nth-child(2)").then((option) => option.evaluate((option) => option.value)));
    await clickOn("[name=add]");
    await clickOn("[name=save]");
    await shows("Saved.");
    await click("All groups");
    await click("Ca đêm");
    assert.equal(await value("[name=timeout]"), "25");
    await clickOn("[name=delete]");
    await clickOn("#confirm .destructive");
    await shows("4 groups");
    await hides("Ca đêm");
  });

  onPage("scripts: issues, saving, diagram and simulated call", "dashboard/index.html#scripts", async ({ click, clickOn, fill, hides, shows, picture, value }, page) => {
    await click("KỊCH BẢN BẤM PHÍM");
    await fill("[name=time_out]", "0");
    await shows("Waiting time must be a whole number of seconds");
    await fill("[name=time_out]", "5");
    await hides("Waiting time must be a whole number of seconds");
    await fill("[name=script_name]", "Menu chính");
    await page.waitForSelector(".diagram svg");
    await clickOn(".dial-pad [value='1']");
    await page.waitForSelector(".steps .pressed:not(:empty)");
    await clickOn("[name=save]");
    await shows("Saved.");
    await picture("site-script");
    await click("All scripts");
    await click("Menu chính");
    assert.equal(await value("[name=script_name]"), "Menu chính");
  });

  onPage("greetings: upload, text to speech, delete", "dashboard/index.html#greetings", async ({ click, clickOn, fill, shows }, page) => {
    await shows("13 greetings");
    const input = await page.waitForSelector("[type=file]");
    await input.uploadFile(await recording("Nhạc chờ.mp3"));
    await clickOn("[name=send]");
    await shows("has been uploaded.");
    await shows("14 greetings");
    await click("Have a text read out");
    await fill(".speech [name=greeting_name]", "Lời chào ngắn");
    await fill(".speech [name=text]", "Xin chào quý khách.");
    await clickOn(".speech [name=send]");
    await shows("has been made.");
    await shows("15 greetings");
    await clickOn("[aria-label='Delete Lời chào mặc định']");
    await shows("it is still used here");
    await click("Cancel");
    await clickOn("[aria-label='Delete Lời chào ngắn']");
    await clickOn("#confirm .destructive");
    await shows("14 greetings");
  });

  onPage("language, signing out, signing in, and starting over", "dashboard/index.html", async ({ click, clickOn, fill, shows }) => {
    await shows("137 phones");
    await fill("#language", "vi");
    await shows("nằm ngay trong trang này");
    for (const [view, text] of [["groups", "4 nhóm"], ["scripts", "1 kịch bản"], ["greetings", "13 lời chào"], ["phones", "137 máy nội bộ"]]) {
      await clickOn(`[href="#${view}"]`);
      await shows(text);
    }
    await fill("#language", "en");
    await clickOn("[href='#greetings']");
    await shows("13 greetings");
    await clickOn("[aria-label='Delete Sai phím']");
    await clickOn("#confirm .destructive");
    await shows("12 greetings");
    await click("Sign out");
    await click("Sign in");
    await shows("12 greetings");
    await click("Reset");
    await shows("13 greetings");
  });
}

test("every link of every page leads somewhere on the site", async () => {
  const { page, problems } = await browsers.Chromium.open(`${site.url}index.html`);
  const { pages, broken } = await page.evaluate(crawl, site.url);
  assert.deepEqual([broken, problems, site.missing.splice(0)], [[], [], []]);
  for (const part of ["docs/recipes", "docs/rules", "api/modules/softphone", "dashboard/index", "source/tests/packaging/projects/vite/vite.config.js"]) {
    assert.ok(pages.includes(`${site.url}${part}.html`), `${part} is linked`);
  }
  await page.close();
});

/** What tests do on a page; everything waits until it is possible. */
function helpers(page) {
  return {
    /** Clicks the link or button that says exactly this. */
    async click(text) {
      const find = (text) => [...document.querySelectorAll("a, button, summary")].find((one) => one.checkVisibility() && one.innerText.trim() === text);
      await (await page.waitForFunction(find, {}, text)).click();
    },
    clickOn: (selector) => page.locator(selector).click(),
    fill: (selector, value) => page.locator(selector).fill(value),
    shows: (text) => page.waitForFunction((text) => document.body.innerText.includes(text), {}, text),
    hides: (text) => page.waitForFunction((text) => !document.body.innerText.includes(text), {}, text),
    value: async (selector) => (await page.waitForSelector(selector, { visible: true })).evaluate((field) => field.value),
    picture: (name) => page.screenshot({ path: `${SCREENSHOTS}${name}.png` }),
  };
}
