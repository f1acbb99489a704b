// The dashboard's other views, and switching, deleting and uploading: in Chromium, against the sandbox (OMICALL_SANDBOX).
import assert from "node:assert/strict";
import { alert, button, dashboard, focused, holdResponses, issuesOf, onEveryScreen, search } from "./dashboard.mjs";

const { world, api, onDashboard, respondNext, requestsFor } = dashboard("dashboard-families");

const GROUPS = "**/internal_group/list*";
const FAILED = /^error: Failed to load resource: /;

const link = (page, name) => page.getByRole("link", { name, exact: true });
/** The texts of the cells, by row. */
const cells = (page) => page.locator("main tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
const openView = async (page, name, count) => {
  await link(page, name).click();
  await page.getByText(count, { exact: true }).waitFor();
};

onDashboard("views are links: the current one is marked, and Back works", async (page) => {
  const current = () => page.locator("[aria-current=page]").allTextContents();
  assert.deepEqual(await current(), ["Phones"]);
  await openView(page, "Groups", "4 groups");
  assert.deepEqual(await current(), ["Groups"]);
  assert.equal(new URL(page.url()).hash, "#groups");
  assert.equal(await page.getByRole("table").count(), 1);
  // With the keyboard: the focus stays on the link.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("1 script", { exact: true }).waitFor();
  assert.equal(await focused(page), "Scripts");
  await page.goBack();
  await page.getByText("4 groups", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("4 groups", { exact: true }).waitFor();
  await button(page, "Sign out").click();
  await button(page, "Sign in").waitFor();
  assert.equal(await page.getByRole("table").count(), 0);
  assert.equal(await link(page, "Groups").isVisible(), false);
});

onDashboard("leaving a view aborts its requests and closes its dialog", async (page) => {
  await holdResponses(page, "internal_group/list");
  const asked = page.waitForRequest(GROUPS);
  await link(page, "Groups").click();
  await asked;
  const failed = page.waitForEvent("requestfailed");
  await link(page, "Phones").click();
  assert.equal((await failed).failure().errorText, "net::ERR_ABORTED");
  await page.getByText("137 phones").waitFor();
  await button(page, "145").click();
  await page.getByRole("dialog").waitFor();
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});

onDashboard("groups: list and search", async (page) => {
  await openView(page, "Groups", "4 groups");
  const { items } = await api.get("internal_group/list", { size: 10 });
  assert.deepEqual(
    (await cells(page)).map(([number, name, , members]) => [number, name, members]),
    items.map(({ group_number, group_name, members }) => [group_number, group_name, String(members.length)]),
  );
  assert.deepEqual((await cells(page))[0], ["38011", "Nhóm Tech", "All at once", "2", "30 s"]);
  await search(page).fill("sales");
  await page.getByText("1 group", { exact: true }).waitFor();
  assert.deepEqual((await cells(page)).map(([, name]) => name), ["Nhóm Sales"]);
  await search(page).fill("nobody");
  await page.getByText("No group matches “nobody”.").waitFor();
});

onDashboard("scripts: keys show the names of destinations, or ids if the names cannot be loaded", async (page) => {
  const [{ _id: first }] = (await api.get("key-interaction/list", { page: 1, size: 10 })).items;
  const second = await api.call("POST", "key-interaction/add", {
    script_name: "Ngoài giờ", greeting_id: "6209c99b067f745da47367e1", max_failure: 1, time_out: 5,
    scripts: [{ ivr: "9", action_type: "Ivr_menu", action: first }],
  });
  try {
    await openView(page, "Scripts", "2 scripts");
    const rows = new Map((await cells(page)).map(([number, name, keys, fallback]) => [name, [number, keys.split("\n"), fallback]]));
    assert.deepEqual(rows.get("KỊCH BẢN BẤM PHÍM"), [
      "166780", ["1 Group Nhóm CSKH", "2 Group Nhóm CSKH", "3 nowhere", "4 nowhere", "5 nowhere"], "nowhere",
    ]);
    assert.deepEqual(rows.get("Ngoài giờ")[1], ["9 Script KỊCH BẢN BẤM PHÍM"]);
    await page.route(GROUPS, (route) => route.abort());
    // The names are fetched once.
    await page.reload();
    await openView(page, "Scripts", "2 scripts");
    assert.ok((await cells(page)).some(([, , keys]) => keys.includes("1 Group 62ff119508d4bf3ea694a44a")));
  } finally {
    await api.call("DELETE", `key-interaction/delete/${second._id}`);
  }
}, { expected: [FAILED] });

onDashboard("greetings: two list pages, no search", async (page) => {
  await openView(page, "Greetings", "13 greetings");
  assert.equal(await search(page).isVisible(), false);
  const row = (await cells(page)).find(([name]) => name === "Thêm mới");
  assert.deepEqual(row.slice(0, 4), ["Thêm mới", "Thêm mới thành công hay thất bại", "Banmai (woman, north)", "0"]);
  await button(page, "Next").click();
  await page.getByText("Page 2 of 2").waitFor();
  assert.equal((await cells(page)).length, 3);
  await page.getByLabel("Greetings per page").selectOption("25");
  await page.getByText("Page 1 of 1").waitFor();
  assert.equal((await cells(page)).length, 13);
});

onDashboard("each view shows its errors, and retrying works", async (page) => {
  await page.route("**/list*", (route) => route.abort());
  for (const [name, message] of [["Groups", "groups"], ["Scripts", "scripts"], ["Greetings", "greetings"]]) {
    await link(page, name).click();
    await page.getByText(`The ${message} could not be loaded.`).waitFor();
    assert.match(await alert(page).textContent(), /kind: network/);
  }
  await page.unrouteAll();
  await button(page, "Try again").click();
  await page.getByText("13 greetings").waitFor();
}, { expected: [FAILED] });

const question = (page) => page.getByRole("alertdialog");
/** Collects the queries of the page's requests to that path from now on. */
function queriesOf(page, path) {
  const queries = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith(path)) queries.push(Object.fromEntries(url.searchParams));
  });
  return queries;
}

onDashboard("a phone is enabled at once, and disabled after a confirmation", async (page) => {
  const pane = page.getByRole("dialog");
  const asked = queriesOf(page, "/internal_phone/status");
  await button(page, "145").click();
  await button(page, "Enable").click();
  await pane.getByText("The phone is enabled.").waitFor();
  const on = { sip_user: "145", enabled: "true" };
  assert.deepEqual(asked, [on]);

  for (const cancel of [() => page.keyboard.press("Escape"), () => button(page, "Cancel").click(), () => page.keyboard.press("Enter")]) {
    await button(page, "Disable").click();
    await question(page).getByText("Disable the phone of extension 145?").waitFor();
    await cancel();
    await question(page).waitFor({ state: "hidden" });
    assert.equal(await focused(page), "Disable");
  }
  assert.deepEqual(asked, [on]);
  await button(page, "Disable").click();
  await question(page).getByRole("button", { name: "Disable" }).click();
  await pane.getByText("The phone is disabled.").waitFor();
  assert.deepEqual(asked, [on, { sip_user: "145", enabled: "false" }]);
});

onDashboard("a phone that cannot be enabled shows the server's error, and retrying works", async (page) => {
  await respondNext("/internal_phone/status", { status_code: -9999, instance_id: "x", message: "user_not_registered" });
  await button(page, "145").click();
  await button(page, "Enable").click();
  const pane = page.getByRole("dialog");
  assert.match(await alert(page).textContent(), /kind: api · code: user_not_registered/);
  await pane.getByRole("button", { name: "Try again" }).click();
  await pane.getByText("The phone is enabled.").waitFor();
  assert.equal(await alert(page).count(), 0);
});

onDashboard("a greeting is deleted after a confirmation, and an empty last page is not shown", async (page) => {
  const made = [];
  for (const name of ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám"]) {
    const speech = { text: name, speed: "0", voice: "lannhi" };
    const { file } = await api.call("POST", `greeting/upload-text-to-speech?greeting_name=${encodeURIComponent(name)}`, speech);
    made.push(file);
  }
  await openView(page, "Greetings", "21 greetings");
  for (const number of [2, 3]) {
    await button(page, "Next").click();
    await page.getByText(`Page ${number} of 3`).waitFor();
  }
  const [last] = await cells(page);
  await button(page, `Delete ${last[0]}`).click();
  await question(page).getByText(`Delete the greeting “${last[0]}”?`).waitFor();
  await button(page, "Cancel").click();
  assert.equal(await focused(page), "Delete");
  await button(page, `Delete ${last[0]}`).click();
  await question(page).getByRole("button", { name: "Delete" }).click();
  await page.getByText("20 greetings", { exact: true }).waitFor();
  await page.getByText("Page 2 of 2").waitFor();
  assert.equal(await focused(page), "20 greetings");
  const { items } = await api.get("greeting/list", { page: 1, size: 100 });
  assert.equal(items.length, 20);
  assert.ok(items.every(({ greeting_name }) => greeting_name !== last[0]));
  for (const { _id } of made) await api.call("DELETE", `greeting/delete/${_id}`);
  const speech = { text: last[0], speed: "0", voice: "banmai" };
  await api.call("POST", `greeting/upload-text-to-speech?greeting_name=${encodeURIComponent(last[0])}`, speech);
});

onDashboard("a greeting in use is not deleted, and the server's error is shown below it", async (page) => {
  await openView(page, "Greetings", "13 greetings");
  for (const time of [1, 2]) {
    await button(page, "Delete Lời chào mặc định").click();
    // The page removes the error of the first time before it sends the second request.
    const responded = page.waitForResponse("**/greeting/delete/*");
    await question(page).getByRole("button", { name: "Delete" }).click();
    await responded;
    const error = page.locator("tr", { hasText: "Lời chào mặc định" }).locator("+ tr").getByRole("alert");
    await error.getByText("Greeting is used by script KỊCH BẢN BẤM PHÍM").waitFor();
    assert.match(await error.textContent(), /kind: api · code: greeting_in_use/);
    await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
    assert.equal(await alert(page).count(), 1, `time ${time}`);
  }
  assert.equal((await api.get("greeting/list", { page: 1, size: 100 })).items.length, 13);
});

onDashboard("before a greeting is deleted, the dialog lists where it is used", async (page) => {
  const used = page.locator("#confirm li");
  await openView(page, "Greetings", "13 greetings");
  await button(page, "Delete Lời chào mặc định").click();
  await question(page).getByText("It is gone for good, and it is still used here:").waitFor();
  assert.deepEqual(await used.allInnerTexts(), ["Script KỊCH BẢN BẤM PHÍM · Greeting"]);
  assert.equal(await focused(page), "Cancel");
  await button(page, "Delete anyway").waitFor();
  // A screen reader reads the list with the question.
  assert.match(await question(page).evaluate((dialog) => dialog.getAttribute("aria-describedby")), /\bconfirm-list\b/);
  await page.keyboard.press("Escape");
  // A group plays this one when nobody answers.
  await button(page, "Delete Hộp thư thoại").click();
  await used.first().waitFor();
  assert.deepEqual(await used.allInnerTexts(), ["Group Nhóm nhân viên mặc định · Nobody answers"]);
  await button(page, "Cancel").click();
  await button(page, "Delete Chúc mừng năm mới").click();
  await question(page).getByText("It is gone for good.", { exact: true }).waitFor();
  assert.equal(await page.locator("#confirm ul").isVisible(), false);
  await page.keyboard.press("Escape");
  // Places inside a group are in words.
  const [, greeting] = /greeting_id":"(\w+)/.exec(JSON.stringify(await api.get("key-interaction/list", { page: 1, size: 100 })));
  await page.route("**/internal_group/list*", async (route) => {
    const response = await route.fetch();
    const { payload, ...rest } = await response.json();
    const [group] = payload.items;
    Object.assign(group, { ring_back_id: greeting, members: [{ ...group.members[0], hold_music_id: greeting }] });
    await route.fulfill({ response, json: { ...rest, payload } });
  });
  const inGroup = async () => {
    await used.nth(2).waitFor();
    const texts = (await used.allInnerTexts()).filter((text) => text.startsWith("Group") || text.startsWith("Nhóm"));
    return texts.map((text) => text.split(" · ")[1]).sort();
  };
  await button(page, "Delete Lời chào mặc định").click();
  assert.deepEqual(await inGroup(), ["Music for waiting, of member 1", "What callers hear while it rings"]);
  await page.keyboard.press("Escape");
  await page.unroute("**/internal_group/list*");
  // The link leads to the script, and the dialog closes.
  await button(page, "Delete Lời chào mặc định").click();
  await page.getByRole("link", { name: "Script KỊCH BẢN BẤM PHÍM" }).click();
  await page.getByRole("heading", { name: "KỊCH BẢN BẤM PHÍM" }).waitFor();
  await question(page).waitFor({ state: "hidden" });
  // What cannot be found out is said.
  await openView(page, "Greetings", "13 greetings");
  await page.route(GROUPS, (route) => route.abort());
  await button(page, "Delete Chúc mừng năm mới").click();
  await question(page).getByText("Whether it is used could not be found out.").waitFor();
  await button(page, "Cancel").click();
  assert.equal((await api.get("greeting/list", { page: 1, size: 100 })).items.length, 13);
}, { expected: [FAILED] });

onDashboard("signing out during a change shows no error", async (page) => {
  const changes = [
    ["Phones", "137 phones", "internal_phone/status", async () => {
      await button(page, "145").click();
      await button(page, "Enable").click();
      await page.locator("button[aria-busy]").waitFor();
      await page.keyboard.press("Escape");
    }],
    ["Greetings", "13 greetings", "greeting/delete/", async () => {
      await button(page, "Delete Lời chào mặc định").click();
      await question(page).getByRole("button", { name: "Delete" }).click();
      await page.locator("button[aria-busy]").waitFor();
    }],
  ];
  for (const [name, count, path, change] of changes) {
    await openView(page, name, count);
    const release = await holdResponses(page, path);
    await change();
    await button(page, "Sign out").click();
    await button(page, "Sign in").waitFor();
    release();
    await page.unrouteAll({ behavior: "wait" });
    await page.reload();
    await page.getByText(count, { exact: true }).waitFor();
  }
});

/** An MP3 file without sound: frames of MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, 417 bytes each. */
const recording = (name, frames = 20) => {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return { name, mimeType: "audio/mpeg", buffer: Buffer.concat(Array(frames).fill(frame)) };
};
const bar = (page) => page.getByRole("progressbar");
/** Delays the server's reading of the next upload. */
const slowUpload = (ms) =>
  fetch(`${world}/__sandbox/faults`, {
    method: "POST",
    body: JSON.stringify([{ match: { method: "POST", path: "/greeting/upload" }, fault: { kind: "slow_upload", ms } }]),
  });

onDashboard("a recording is uploaded: the progress bar moves, and the list shows it", async (page) => {
  await openView(page, "Greetings", "13 greetings");
  await page.getByLabel("Recording").setInputFiles(recording("Chào buổi tối.mp3", 20_000));
  await page.getByLabel("Name, if").fill("Buổi tối");
  // Records the values of the progress bar.
  await page.evaluate(() => {
    window.values = [];
    new MutationObserver(([{ target }]) => values.push(target.position)).observe(document.querySelector("progress"), { attributes: true });
  });
  await slowUpload(1_000);
  await button(page, "Upload").click();
  await bar(page).waitFor();
  await page.getByText("“Chào buổi tối.mp3” has been uploaded.").waitFor();
  await page.getByText("14 greetings", { exact: true }).waitFor();
  assert.equal(await bar(page).isVisible(), false);
  assert.equal(await page.getByLabel("Recording").inputValue(), "");
  const [name, heard, voice, speed] = (await cells(page))[0];
  assert.deepEqual([name, voice, speed], ["Buổi tối", "–", "–"]);
  assert.match(heard, /\.mp3$/);
  const values = await page.evaluate(() => values);
  assert.ok(values.some((value) => value > 0 && value < 1), `the bar moved: ${values}`);
  await button(page, "Delete Buổi tối").click();
  await question(page).getByRole("button", { name: "Delete" }).click();
  await page.getByText("13 greetings", { exact: true }).waitFor();
});

onDashboard("an upload can be cancelled, and leaving the view cancels it", async (page) => {
  await openView(page, "Greetings", "13 greetings");
  const start = async () => {
    await page.getByLabel("Recording").setInputFiles(recording("Dài.mp3", 20_000));
    await slowUpload(60_000);
    const sent = page.waitForRequest("**/greeting/upload*");
    await button(page, "Upload").click();
    await sent;
    await bar(page).waitFor();
  };
  await start();
  const failed = page.waitForEvent("requestfailed");
  await button(page, "Cancel").click();
  assert.equal((await failed).failure().errorText, "net::ERR_ABORTED");
  await page.getByText("The upload has been cancelled.").waitFor();
  assert.equal(await bar(page).isVisible(), false);
  assert.equal(await focused(page), "Upload");
  assert.equal(await alert(page).count(), 0);

  await start();
  const ended = page.waitForEvent("requestfailed");
  await link(page, "Groups").click();
  assert.equal((await ended).failure().errorText, "net::ERR_ABORTED");
  await openView(page, "Greetings", "13 greetings");
});

onDashboard("a file that is not an MP3 is rejected before the upload, and the server's error is shown", async (page) => {
  await openView(page, "Greetings", "13 greetings");
  // No file selected: the browser reports it.
  await button(page, "Upload").click();
  const before = (await requestsFor("/greeting/upload")).length;
  await page.getByLabel("Recording").setInputFiles({ name: "Nhạc.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("RIFF....WAVEfmt ") });
  // The issue is under the field as soon as a file is selected.
  const file = page.getByLabel("Recording");
  await page.getByText("Not an MP3 file: WAV").waitFor();
  assert.deepEqual(await issuesOf(file), ["error greeting-not-mp3"]);
  await button(page, "Upload").click();
  await page.waitForFunction(() => document.activeElement.name === "file");
  assert.equal(await bar(page).isVisible(), false);
  assert.equal((await requestsFor("/greeting/upload")).length, before);
  await file.setInputFiles(recording("Nhạc.mp3"));
  await page.getByText("Not an MP3 file").waitFor({ state: "hidden" });

  await respondNext("/greeting/upload", { status_code: -9999, instance_id: "x", message: "file_invalid" });
  await page.getByLabel("Recording").setInputFiles(recording("Nhạc.mp3"));
  await button(page, "Upload").click();
  await page.getByText("kind: api · code: file_invalid").waitFor();
  assert.equal(await alert(page).count(), 1);
});

onEveryScreen(onDashboard, "layout of the other views", async (page, look) => {
  for (const [name, count] of [["Groups", "4 groups"], ["Scripts", "1 script"], ["Greetings", "13 greetings"]]) {
    await openView(page, name, count);
    await look(name.toLowerCase());
  }
  await page.getByLabel("Recording").setInputFiles(recording("Một tên khá dài cho một bản ghi âm.mp3", 20_000));
  await slowUpload(60_000);
  await button(page, "Upload").click();
  await page.waitForFunction(() => document.querySelector("progress").position > 0);
  await look("upload");
  await button(page, "Cancel").click();
  await button(page, "Delete Lời chào mặc định").click();
  await question(page).waitFor();
  await look("used");
  await question(page).getByRole("button", { name: "Delete" }).click();
  await alert(page).scrollIntoViewIfNeeded();
  await look("refusal");
  await openView(page, "Phones", "137 phones");
  await button(page, "145").click();
  await button(page, "Enable").click();
  await page.getByText("The phone is enabled.").scrollIntoViewIfNeeded();
  await look("switching");
  await button(page, "Disable").click();
  await question(page).waitFor();
  await look("question");
});
