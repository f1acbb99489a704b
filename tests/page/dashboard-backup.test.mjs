// Backup, comparison with a file, and applying a plan: in Chromium, against the sandbox (OMICALL_SANDBOX). What the page did is
// compared with what the package reads in Node.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before } from "node:test";
import { CallCenter } from "../../pkg/inline.js";
import { diff, snapshot } from "../../pkg/plan/inline.js";
import { alert, button, dashboard, focused, holdResponses, onEveryScreen, SANDBOX } from "./dashboard.mjs";

const { api, onDashboard } = dashboard("dashboard-backup");

/** A world of the sandbox that only one test changes; `setUp` prepares it and returns the backup that the test compares with. */
function world(name, setUp = () => {}) {
  const base = `${SANDBOX}/w/dashboard-backup-${name}`;
  const own = { options: { url: `${base}/index.html` }, state: () => snapshot(own.callCenter) };
  own.faults = (...faults) => fetch(`${base}/__sandbox/faults`, { method: "POST", body: JSON.stringify(faults) });
  before(async () => {
    await fetch(`${base}/__sandbox/reset`, { method: "POST" });
    const accessToken = await (await fetch(`${base}/__sandbox/token`)).text();
    own.callCenter = new CallCenter({ baseUrl: base, auth: { accessToken } });
    own.backup = await setUp(own.callCenter);
  });
  return own;
}

const SALES = { group_name: "Nhóm thử", strategy: "rollover", sip_members: ["200", "201"], timeout: 20 };

/** Makes a group, and another one with a script that leads to it; takes a backup; deletes these two and changes the first. */
async function change(callCenter) {
  const sales = await callCenter.groups.create(SALES);
  const night = await callCenter.groups.create({ ...SALES, group_name: "Nhóm đêm" });
  const [greeting] = (await callCenter.greetings.list()).items;
  const keys = [{ ivr: "1", action_type: "Ring_group", action: night._id }];
  const script = await callCenter.ivrScripts.create({ script_name: "Kịch bản đêm", greeting_id: greeting._id, scripts: keys, max_failure: 3, time_out: 5 });
  const backup = await snapshot(callCenter);
  await callCenter.ivrScripts.delete(script._id);
  await callCenter.groups.delete(night._id);
  await callCenter.groups.update(sales._id, { ...SALES, timeout: 33 });
  await callCenter.groups.create({ ...SALES, group_name: "Nhóm thừa" });
  return backup;
}

async function open(page) {
  await page.evaluate(() => (location.hash = "#backup"));
  await page.getByRole("heading", { name: /^(Backup|Sao lưu)$/ }).waitFor();
}

const fileInput = (page) => page.locator("[type=file][accept*=json]");

/** Chooses a file: a snapshot, or anything else as text. */
function choose(page, content, name = "backup.json") {
  const buffer = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  return fileInput(page).setInputFiles({ name, mimeType: "application/json", buffer });
}

async function compare(page, content) {
  await choose(page, content);
  await page.locator(".comparison").waitFor();
}

const texts = (page, selector) => page.locator(`${selector}:visible`).allInnerTexts();
const step = (page, sentence) => page.getByRole("checkbox", { name: sentence });
const ticked = (page) => page.locator(".plan-steps input").evaluateAll((boxes) => boxes.map(({ checked }) => checked));
const ended = (page, title) => page.getByRole("heading", { name: title, exact: true }).waitFor();
const resultOf = (page) => page.locator(".application [role=status]").innerText();

async function doIt(page, count) {
  await button(page, count === 1 ? "Do 1 step" : `Do ${count} steps`).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Do it" }).click();
}

async function takeBack(page) {
  await button(page, "Take it back").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take it back" }).click();
}

const saved = world("saved");
onDashboard("a backup is saved as a file with the date, without a secret, and differs in nothing", async (page) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await open(page);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save a backup").click()]);
  const today = await page.evaluate(() => new Intl.DateTimeFormat("sv-SE").format(new Date()));
  assert.equal(download.suggestedFilename(), `call-center-${today}.json`);
  const text = await readFile(await download.path(), "utf8");
  assert.ok(text.includes('"omicall-tenant"'));
  for (const secret of [api.apiKey, api.token, ...api.passwords]) assert.ok(!text.includes(secret));
  assert.doesNotMatch(text, /passw/i);
  assert.match(await page.locator(".backup-form [role=status]").innerText(), /^call-center-.*\.json has 137 phones, \d+ hotlines, \d+ groups, \d+ scripts?, \d+ greetings\.$/);
  assert.deepEqual(diff(JSON.parse(text), await saved.state()).changes, []);
  assert.equal(loaded.filter((path) => path.endsWith("/plan.wasm")).length, 1);

  await choose(page, text);
  await page.getByText("There is no difference.").waitFor();
  assert.equal(await focused(page), "There is no difference.");
  assert.equal(await page.getByText("What makes this call center like the file").isVisible(), false);
  const visible = await page.evaluate(() => document.documentElement.outerHTML);
  for (const secret of api.passwords) assert.ok(!visible.includes(secret));
}, saved.options);

onDashboard("a page that does not open the view does not load the plans", async (page) => {
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  assert.ok(loaded.some((name) => name.endsWith("/checks.wasm")));
  assert.deepEqual(loaded.filter((name) => name.includes("/plan/")), []);
});

const some = world("some", change);
onDashboard("differences are told in words; what is ticked is done, and taken back", async (page) => {
  const start = await some.state();
  await open(page);
  await compare(page, some.backup);
  assert.equal(await focused(page), "Differences: 4");
  assert.deepEqual((await texts(page, ".differences > li")).toSorted(), [
    "Group “Nhóm thử”: seconds for each member 33 → 20.", "Group “Nhóm thừa” is gone.", "Group “Nhóm đêm” is new.", "Script “Kịch bản đêm” is new.",
  ].toSorted());
  assert.match((await texts(page, ".comparison .cannot li")).join(), /Not deleted, group: Nhóm thừa/);
  assert.deepEqual(await ticked(page), [true, true, true]);

  // A script cannot lead to a group that is not created.
  const [night, script, sales] = [step(page, /^Create group “Nhóm đêm”/), step(page, /^Create script/), step(page, /^Change group “Nhóm thử”/)];
  await night.focus();
  await page.keyboard.press("Space");
  assert.deepEqual([await script.isChecked(), await script.isDisabled()], [false, true]);
  assert.match(await script.evaluate((box) => document.getElementById(box.getAttribute("aria-describedby")).textContent), /^Needs step 1, which is not ticked\.$/);
  await button(page, "Do 1 step").waitFor();
  await page.keyboard.press("Space");
  assert.deepEqual(await ticked(page), [true, true, true]);
  await sales.uncheck();

  // What is unticked stays so when the plan is made again.
  await page.getByRole("switch").check();
  await step(page, "Delete group “Nhóm thừa”.").waitFor();
  assert.equal(await sales.isChecked(), false);
  await page.getByRole("switch").uncheck();
  await button(page, "Tick none").click();
  assert.equal(await page.locator("[name=apply]").getAttribute("aria-disabled"), "true");
  await button(page, "Tick all").click();
  await sales.uncheck();

  await doIt(page, 2);
  await ended(page, "Everything is done");
  assert.equal(await resultOf(page), "Done: 2, failed: 0, not tried: 0.");
  const after = await some.state();
  assert.deepEqual(diff(after, some.backup).changes.map(({ name }) => name).toSorted(), ["Nhóm thừa", "Nhóm thử"].toSorted());

  await takeBack(page);
  await ended(page, "Everything is taken back");
  assert.deepEqual(diff(start, await some.state()).changes, []);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
}, some.options);

const deleting = world("deleting", change);
onDashboard("with “delete”, all is as in the file; the question names what is deleted", async (page) => {
  await open(page);
  await compare(page, deleting.backup);
  await page.getByRole("switch").check();
  await button(page, "Do 4 steps").click();
  assert.deepEqual(await texts(page, "#confirm li"), ["Delete group “Nhóm thừa”."]);
  await page.keyboard.press("Escape");
  await doIt(page, 4);
  await ended(page, "Everything is done");
  assert.deepEqual(diff(await deleting.state(), deleting.backup).changes, []);
}, deleting.options);

const lost = world("lost", async (callCenter) => {
  const backup = await snapshot(callCenter);
  await callCenter.groups.create(SALES);
  // Five frames of an MP3 file.
  const file = Uint8Array.from({ length: 5 * 417 }, (_, place) => [0xff, 0xfb, 0x90, 0][place % 417] ?? 0);
  await callCenter.greetings.upload({ greeting_name: "Nhạc thừa", file });
  return backup;
});
onDashboard("what cannot be taken back is listed, and the heading says so", async (page) => {
  await open(page);
  await compare(page, lost.backup);
  await page.getByRole("switch").check();
  await doIt(page, 2);
  await ended(page, "Everything is done");
  await takeBack(page);
  await ended(page, "Taken back, except what is listed below");
  assert.match((await texts(page, ".application .cannot li")).join(), /^The recording of greeting “Nhạc thừa” cannot be read/);
  assert.deepEqual(diff(lost.backup, await lost.state()).changes.map(({ name }) => name), [SALES.group_name]);
  await page.locator("#language").selectOption("vi");
  await ended(page, "Đã hoàn tác, trừ những mục liệt kê bên dưới");
}, lost.options);

const failing = world("failing", change);
onDashboard("a step that fails is told with the reason, what follows is not tried, and a new comparison has the rest", async (page) => {
  await failing.faults({ match: { path: "/key-interaction/add" }, fault: { kind: "raw", body: JSON.stringify({ status_code: -9999, message: "Busy" }), content_type: "application/json" } });
  await open(page);
  await compare(page, failing.backup);
  await doIt(page, 3);
  await ended(page, "Not everything is done");
  const outcomes = await page.locator(".application li[data-status]").evaluateAll((items) => items.map(({ dataset }) => dataset.status));
  const counts = (status) => outcomes.filter((other) => other === status).length;
  assert.equal(await resultOf(page), `Done: ${counts("done")}, failed: 1, not tried: ${counts("not-tried")}.`);
  assert.equal(counts("failed"), 1);
  assert.match((await texts(page, "[data-status=failed]")).join(), /Kịch bản đêm.*Failed: .*Busy/s);
  assert.ok((await failing.state()).scripts.every(({ script_name }) => script_name !== "Kịch bản đêm"), "nothing is told as failed that is done");
  await button(page, "Compare again").click();
  await page.locator(".comparison form").waitFor();
  await doIt(page, 3 - counts("done"));
  await ended(page, "Everything is done");
  assert.deepEqual(diff(await failing.state(), failing.backup).changes.map(({ name }) => name), ["Nhóm thừa"]);
}, failing.options);

const stopped = world("stopped", change);
onDashboard("“Stop” ends it, and a step whose response nobody waited for is unknown", async (page) => {
  await open(page);
  await compare(page, stopped.backup);
  const release = await holdResponses(page, "internal_group/add");
  await doIt(page, 3);
  await page.getByText("is being sent").waitFor();
  assert.match(await resultOf(page), /^Step 1 of 3: Create group “Nhóm đêm”/);
  // It goes on, and is still there, when the user looks at something else.
  await page.evaluate(() => (location.hash = "#groups"));
  await page.locator("table.groups").waitFor();
  await open(page);
  await button(page, "Stop").click();
  await ended(page, "Not everything is done");
  assert.match(await resultOf(page), /^Done: 0, failed: 0, not tried: 2, unknown: 1\. Unknown steps were sent/);
  await release();
  await page.unrouteAll({ behavior: "wait" });
}, stopped.options);

const reloaded = world("reloaded", change);
onDashboard("a reload meanwhile is told, with no name in storage, and the rest is done after a new comparison", async (page) => {
  page.on("dialog", (dialog) => dialog.accept());
  await open(page);
  await compare(page, reloaded.backup);
  const release = await holdResponses(page, "key-interaction/add");
  await doIt(page, 3);
  await page.getByText("is being sent").waitFor();
  await page.locator(".application [role=status]", { hasText: "Kịch bản đêm" }).waitFor();
  assert.match(await page.evaluate(() => JSON.stringify({ ...sessionStorage })), /^\{"applying":"\{\\"done\\":\d,\\"count\\":3\}"\}$/);
  await page.reload();
  await page.getByText(/closed or reloaded while it was applying a plan: \d of 3 steps/).waitFor();
  await release();
  await page.unrouteAll({ behavior: "wait" });
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await button(page, "Close").click();
  await compare(page, reloaded.backup);
  await button(page, "Tick all").click();
  await page.locator("[name=apply]").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Do it" }).click();
  await ended(page, "Everything is done");
  const state = await reloaded.state();
  assert.deepEqual(diff(state, reloaded.backup).changes.map(({ name }) => name), ["Nhóm thừa"]);
  assert.equal(state.scripts.filter(({ script_name }) => script_name === "Kịch bản đêm").length, 1);
}, reloaded.options);

const twins = world("twins", async (callCenter) => {
  await callCenter.groups.create(SALES);
  await callCenter.groups.create({ ...SALES, timeout: 25 });
  const backup = await snapshot(callCenter);
  const { _id, ...group } = backup.groups.find(({ group_name, members }) => group_name === SALES.group_name && members[0].timeout === 20);
  const members = group.members.map((member) => ({ ...member, timeout: 44 }));
  // As if another tenant had it.
  return { ...backup, groups: [...backup.groups.filter(({ group_name }) => group_name !== SALES.group_name), { ...group, _id: "aaaaaaaaaaaaaaaaaaaaaaaa", members }] };
});
onDashboard("which of several records with one name is meant is asked, and not guessed", async (page) => {
  await open(page);
  await compare(page, twins.backup);
  assert.deepEqual(await texts(page, ".plan-steps > li"), []);
  const question = page.getByLabel(/Group Nhóm thử/);
  assert.equal(await question.locator("option").count(), 4);
  const numbers = (await twins.state()).groups.filter(({ group_name }) => group_name === SALES.group_name).map(({ group_number }) => group_number);
  await question.selectOption({ label: numbers[0] });
  await step(page, /^Change group “Nhóm thử”: seconds for each member \d+ → 44/).waitFor();
  await question.selectOption({ label: "none of these: it is new" });
  await step(page, /^Create group “Nhóm thử”/).waitFor();
  await question.selectOption({ label: "Choose…" });
  await page.getByText("There is nothing that can be done.").waitFor();
}, twins.options);

const hostile = world("hostile", (callCenter) => snapshot(callCenter));
onDashboard("a file that is not a backup is refused with the reason, and nothing of it gets into the page as HTML", async (page) => {
  await open(page);
  const refused = async (content, reason) => {
    await choose(page, content);
    await page.locator(".compare-part [role=status]", { hasText: reason }).waitFor();
    assert.equal(await fileInput(page).getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator(".comparison").count(), 0);
    assert.equal(await focused(page), "file");
    // A text without a translation would be in the console, which fails this test.
    for (const language of ["vi", "en"]) await page.locator("#language").selectOption(language);
  };
  await refused("<html>", "“backup.json” is not JSON.");
  await refused("", "is not JSON");
  await refused("[".repeat(1_000_000), "is not JSON");
  await refused("null", "is JSON, but not a backup");
  await refused("[]", "is JSON, but not a backup");
  await refused({ groups: [], scripts: [] }, "is JSON, but not a backup");
  await refused({ format: "omicall-plan", version: 1, steps: [] }, "is JSON, but not a backup");
  await refused({ ...hostile.backup, version: 2 }, "newer version");
  await refused({ ...hostile.backup, groups: 5 }, "is damaged, or was edited wrongly: /groups");
  await refused({ ...hostile.backup, scripts: [null] }, "is damaged, or was edited wrongly: /scripts");
  await refused(" ".repeat(10_000_000), "is too large for a backup: more than 8 MB");
  await refused({ ...hostile.backup, phones: undefined }, "is damaged, or was edited wrongly: /phones");

  // It is still usable, and names are text.
  const evil = structuredClone(hostile.backup);
  evil.groups[0].group_name = "<img src=x onerror=document.title='evil'>";
  evil.baseUrl = "javascript:alert(1)";
  await compare(page, evil);
  assert.equal(await page.locator(".backup img").count(), 0);
  assert.ok((await texts(page, ".differences > li")).join().includes("<img src=x"));
  assert.equal(await page.title(), "Call center");
}, hostile.options);

onDashboard("a part of the page that cannot be loaded is told", async (page) => {
  await page.route("**/plan/index.js", (route) => route.abort());
  await open(page);
  await page.getByText("This part of the page could not be loaded.").waitFor();
}, { expected: [/net::ERR_FAILED/] });

const offline = world("offline", (callCenter) => snapshot(callCenter));
onDashboard("what could not be read is told, and a failure can be tried again", async (page) => {
  await open(page);
  await offline.faults({ match: { path: "/greeting/list" }, times: 9, fault: { kind: "raw", body: JSON.stringify({ status_code: -9999, message: "Busy" }), content_type: "application/json" } });
  await button(page, "Save a backup").click();
  await page.getByText("The greetings could not be read whole: the server refused.").waitFor();
  await compare(page, { ...offline.backup, incomplete: [{ list: "groups", kind: "timeout" }, null, { list: "toString" }] });
  assert.deepEqual(await texts(page, ".comparison .gaps li"), ["Warning: The greetings could not be read whole: the server refused.", "Warning: The file does not have all groups."]);
  assert.deepEqual(await texts(page, ".plan-steps > li"), []);
}, offline.options);

const vietnamese = world("vietnamese", change);
onDashboard("Vietnamese", async (page) => {
  await open(page);
  await compare(page, vietnamese.backup);
  assert.ok((await texts(page, ".differences > li")).includes("Nhóm “Nhóm thử”: số giây mỗi thành viên 33 → 20."));
  await page.locator("#language").selectOption("en");
  assert.ok((await texts(page, ".differences > li")).includes("Group “Nhóm thử”: seconds for each member 33 → 20."));
  await page.locator("#language").selectOption("vi");
  await button(page, "Làm 3 bước").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Thực hiện" }).click();
  await ended(page, "Đã làm xong tất cả");
  assert.equal(await resultOf(page), "Xong: 3, thất bại: 0, chưa thử: 0.");
  await button(page, "Hoàn tác").waitFor();
  assert.equal(await alert(page).count(), 0);
}, { ...vietnamese.options, locale: "vi-VN", ready: "137 máy nội bộ" });

const layout = world("layout", change);
onEveryScreen(
  (title, body, look) => onDashboard(title, body, { ...look, ...layout.options }),
  "layout of the backup",
  async (page, look) => {
    await open(page);
    await button(page, "Save a backup").click();
    await page.getByText("has 137 phones").waitFor();
    await look("backup");
    const desired = structuredClone(layout.backup);
    desired.greetings[0].content = "Một lời chào khác";
    await compare(page, desired);
    await page.getByRole("switch").check();
    await step(page, /^Create group/).uncheck();
    await page.locator(".comparison").scrollIntoViewIfNeeded();
    await look("comparison");
    await step(page, /^Create group/).check();
    await button(page, "Tick none").click();
    await step(page, /^Create group/).check();
    await layout.faults({ match: { path: "/internal_group/add" }, fault: { kind: "raw", body: JSON.stringify({ status_code: -9999, message: "Busy" }), content_type: "application/json" } });
    await doIt(page, 1);
    await ended(page, "Not everything is done");
    await look("application");
  },
);
