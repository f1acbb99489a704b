// The editor of IVR scripts: issues while typing, saving, errors of the server, and drafts. In Chromium, against the
// sandbox (OMICALL_SANDBOX).
import assert from "node:assert/strict";
import { alert, button, dashboard, focused, issuesAt, issuesOf, onEveryScreen } from "./dashboard.mjs";

const { world, api, onDashboard, respondNext, requestsFor } = dashboard("dashboard-ivr");

const FAILED = /^error: Failed to load resource: /;
const RECORDED = "632969ce7534d97b0933d51d";
const GREETING = "6209c99b067f745da47367f3";

const open = async (page, id = RECORDED) => {
  await page.goto(`${world}/index.html#scripts/${id}`);
  await page.locator(".editor-body:not([hidden])").waitFor();
};
const field = (page, name) => page.locator(`.editor form [name=${name}]`);
/** A field of the key at that index. */
const key = (page, index, name) => page.locator(".keys > li").nth(index).locator(`[data-name=${name}]`);
/** A text in the form: the diagram may contain it too. */
const formText = (page, text) => page.locator(".editor form").getByText(text);
const script = async (id) => (await api.get("key-interaction/list", { page: 1, size: 100 })).items.find(({ _id }) => _id === id);
const scriptNamed = async (name) => (await api.get("key-interaction/list", { page: 1, size: 100 })).items.find(({ script_name }) => script_name === name);
const groups = async () => (await api.get("internal_group/list", { page: 1, size: 100 })).items;
const newGroup = (group_name, sip_members = ["145"]) => api.call("POST", "internal_group/add", { group_name, strategy: "rollover", sip_members, timeout: 20 });
const newScript = (script_name, scripts, more) =>
  api.call("POST", "key-interaction/add", { script_name, greeting_id: GREETING, max_failure: 2, time_out: 5, scripts, ...more });
const saved = (page) => page.getByText("Saved.", { exact: true }).waitFor();

onDashboard("an issue shows under its field while typing, and disappears when fixed", async (page) => {
  await open(page);
  const name = field(page, "script_name");
  const expectIssues = async (control, issues, invalid = null) => {
    assert.deepEqual(await issuesOf(control), issues);
    assert.equal(await control.getAttribute("aria-invalid"), invalid);
  };
  await expectIssues(name, []);
  await name.press("ControlOrMeta+a");
  await name.press("Delete");
  await expectIssues(name, ["error ivr-name-required"], "true");
  const sentence = formText(page, "Error: Script name is required");
  const [box, below] = [await name.boundingBox(), await sentence.boundingBox()];
  assert.ok(below.y >= box.y + box.height && below.y < box.y + box.height + 30, "the sentence is under the field");
  await name.pressSequentially("B");
  await expectIssues(name, []);
  assert.equal(await sentence.count(), 0);

  const wait = field(page, "time_out");
  for (const [value, ...expected] of [["", ["error ivr-timeout-invalid"], "true"], ["0", ["error ivr-timeout-invalid"], "true"], ["5000", ["warning ivr-timeout-unusual"]], ["5", []]]) {
    await wait.fill(value);
    await expectIssues(wait, ...expected);
  }
  const failures = field(page, "max_failure");
  await failures.fill("1.5");
  await expectIssues(failures, ["error ivr-max-failure-invalid"], "true");
  await failures.fill("1");
  await expectIssues(failures, []);
  await expectIssues(field(page, "greeting_id"), []);
  await field(page, "greeting_id").selectOption("");
  await expectIssues(field(page, "greeting_id"), ["error ivr-greeting-required"], "true");
  const sound = field(page, "invalid_sound_id");
  await expectIssues(sound, ["hint ivr-invalid-sound-missing"]);
  await sound.selectOption({ label: "Sai phím" });
  await expectIssues(sound, []);
  await expectIssues(field(page, "action_type"), ["warning ivr-fallback-missing"]);
  await field(page, "action_type").selectOption({ label: "Script" });
  await field(page, "action").selectOption({ label: "KỊCH BẢN BẤM PHÍM" });
  await expectIssues(field(page, "action_type"), []);
  await expectIssues(field(page, "action"), ["warning ivr-self-loop"]);
});

onDashboard("issues of a key show at that key, also after it moves", async (page) => {
  await open(page);
  const keyIssues = (index, name) => issuesOf(key(page, index, name));
  assert.deepEqual(await issuesAt(page, "/scripts/2"), ["hint ivr-option-unassigned"]);
  await key(page, 1, "ivr").fill("1");
  assert.deepEqual(await keyIssues(1, "ivr"), ["error ivr-key-duplicate"]);
  assert.equal(await key(page, 1, "ivr").getAttribute("aria-invalid"), "true");
  for (const [value, issues] of [["x", ["error ivr-key-invalid"]], ["12", ["warning ivr-key-multi-digit"]], ["#", ["warning ivr-key-hash"]], ["2", []]]) {
    await key(page, 1, "ivr").fill(value);
    assert.deepEqual(await keyIssues(1, "ivr"), issues);
  }
  await key(page, 2, "action_type").selectOption({ label: "Group" });
  assert.deepEqual(await keyIssues(2, "action"), ["error ivr-action-missing"]);
  // After a change of the type, the selected group is not a valid destination.
  await key(page, 1, "action_type").selectOption({ label: "Script" });
  assert.deepEqual([await keyIssues(1, "action_type"), await keyIssues(1, "action")], [[], ["error ivr-action-missing"]]);
  await key(page, 1, "action_type").selectOption({ label: "Group" });
  await key(page, 1, "action").selectOption({ label: "Nhóm Tech" });
  assert.deepEqual(await keyIssues(1, "action"), []);
  await button(page, "Remove key 1").click();
  // The key has moved up, and its issue with it.
  assert.deepEqual(await keyIssues(1, "action"), ["error ivr-action-missing"]);
  assert.equal(await focused(page), "×");
  await key(page, 1, "action").selectOption({ label: "Nhóm Tech" });
  assert.deepEqual(await keyIssues(1, "action"), []);
  assert.deepEqual(await issuesAt(page, "/scripts"), []);
  await button(page, "Remove key 2").click();
  assert.deepEqual(await issuesAt(page, "/scripts"), ["hint ivr-key-gap"]);
  while (await page.locator(".keys > li").count()) await button(page, "Remove key 1").click();
  assert.equal(await focused(page), "Add a key");
  assert.deepEqual(await issuesAt(page, "/scripts"), ["warning ivr-no-options", "error ivr-trap"]);
  await page.keyboard.press("Enter");
  assert.equal(await key(page, 0, "ivr").inputValue(), "1");
});

onDashboard("errors, warnings and hints differ in word, symbol and colour", async (page) => {
  await open(page);
  await field(page, "script_name").fill("");
  const looks = await page.locator(".issues > li").evaluateAll((items) =>
    Object.fromEntries(items.map((item) => [item.dataset.severity, [item.querySelector("strong").textContent, getComputedStyle(item).backgroundImage, getComputedStyle(item).color]])));
  assert.deepEqual(Object.keys(looks).sort(), ["error", "hint", "warning"]);
  for (const part of [0, 1, 2]) assert.equal(new Set(Object.values(looks).map((look) => look[part])).size, 3, `${part}: ${JSON.stringify(looks)}`);
});

onDashboard("a new script shows issues only at touched fields until it is saved", async (page) => {
  await page.goto(`${world}/index.html#scripts`);
  await page.getByRole("button", { name: "New script" }).click();
  await page.locator(".editor-body:not([hidden])").waitFor();
  await page.waitForFunction(() => document.activeElement.name === "script_name");
  assert.equal(await page.locator(".issues > li").count(), 0);
  await page.keyboard.type("M");
  await page.keyboard.press("Backspace");
  assert.deepEqual(await issuesOf(field(page, "script_name")), ["error ivr-name-required"]);
  assert.deepEqual(await issuesOf(field(page, "greeting_id")), []);
  await button(page, "Save").click();
  assert.deepEqual(await issuesOf(field(page, "greeting_id")), ["error ivr-greeting-required"]);
  assert.deepEqual(await issuesAt(page, "/scripts"), ["warning ivr-no-options", "error ivr-trap"]);
  // The first error has the focus, and nothing has been sent.
  await page.waitForFunction(() => document.activeElement.name === "script_name");
  assert.deepEqual(await requestsFor("key-interaction/add"), []);
});

onDashboard("a script is created and updated with every field", async (page) => {
  await open(page, "new");
  const [tech, sales] = ["Nhóm Tech", "Nhóm Sales"];
  const byName = new Map((await groups()).map(({ group_name, _id }) => [group_name, _id]));
  await field(page, "script_name").fill("Giờ nghỉ");
  await field(page, "greeting_id").selectOption({ label: "Ngoài giờ làm việc" });
  await field(page, "greeting_short_id").selectOption({ label: "Chào buổi sáng" });
  await field(page, "invalid_sound_id").selectOption({ label: "Sai phím" });
  await field(page, "time_out").fill("7");
  await field(page, "max_failure").fill("2");
  await field(page, "action_type").selectOption({ label: "Group" });
  await field(page, "action").selectOption({ label: sales });
  await field(page, "ivr_direct_menu_dial").check();
  for (const [index, kind, name] of [[0, "Group", tech], [1, "Script", "KỊCH BẢN BẤM PHÍM"]]) {
    await button(page, "Add a key").click();
    await key(page, index, "action_type").selectOption({ label: kind });
    await key(page, index, "action").selectOption({ label: name });
  }
  await button(page, "Save").click();
  await saved(page);
  const made = await scriptNamed("Giờ nghỉ");
  assert.equal(new URL(page.url()).hash, `#scripts/${made._id}`);
  const expected = {
    greeting_id: "6209c99b067f745da47367e1", greeting_short_id: "6209c99b067f745da47367e3", invalid_sound_id: "6209c99b067f745da47367e2",
    time_out: 7, max_failure: 2, action_type: "Ring_group", action: byName.get(sales), ivr_direct_menu_dial: "true",
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(made[name], value, name);
  const keys = (script) => script.scripts.map(({ ivr, action_type, action }) => [ivr, action_type, action]);
  assert.deepEqual(keys(made), [["1", "Ring_group", byName.get(tech)], ["2", "Ivr_menu", RECORDED]]);

  await field(page, "script_name").fill("Giờ nghỉ trưa");
  assert.equal(await page.getByText("Saved.").count(), 0);
  await button(page, "Remove key 2").click();
  await button(page, "Save").click();
  await saved(page);
  const changed = await script(made._id);
  assert.deepEqual([changed.script_name, keys(changed)], ["Giờ nghỉ trưa", [["1", "Ring_group", byName.get(tech)]]]);
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(changed[name], value, name);
  assert.equal((await requestsFor("key-interaction/add")).length, 1);
  await page.getByRole("link", { name: "All scripts" }).click();
  await page.getByRole("link", { name: "Giờ nghỉ trưa" }).waitFor();
});

onDashboard("opening and saving a script changes nothing, even values that the page does not know", async (page) => {
  const made = await newScript("Cũ", [
    { ivr: "1", action_type: "Ring_group", action: (await groups())[0]._id },
    { ivr: "*", action_type: "", action: "" },
    // Neither the type nor the destination is known.
    { ivr: "3", action_type: "Voice_mail", action: "6209c99b067f745da47367ff" },
  ]);
  await open(page, made._id);
  assert.equal(await button(page, "Discard changes").isVisible(), false, "nothing has changed");
  assert.deepEqual(await issuesOf(key(page, 2, "action_type")), ["warning ivr-action-type-unknown"]);
  await button(page, "Save").click();
  await saved(page);
  const { last_updated_date: _, ...after } = await script(made._id);
  const { last_updated_date: __, ...before } = made;
  assert.deepEqual(after, before);
});

onDashboard("the server's error shows at its field", async (page) => {
  const gone = await newGroup("Nhóm sắp xóa");
  await open(page, "new");
  // By somebody else, after this page has loaded the tenant.
  await newScript("Trùng tên", []);
  await field(page, "script_name").fill("trùng tên");
  await field(page, "greeting_id").selectOption({ label: "Lời chào mặc định" });
  await button(page, "Add a key").click();
  await key(page, 0, "action").selectOption({ label: "Nhóm sắp xóa" });
  await button(page, "Save").click();
  await page.getByText("script_name_exists").waitFor();
  // The page has reloaded the tenant, so its own rule finds it too.
  await formText(page, "is already used by script").waitFor();
  assert.deepEqual(await issuesOf(field(page, "script_name")), ["error script_name_exists", "error ivr-name-taken"]);
  assert.equal(await alert(page).count(), 0);
  await page.waitForFunction(() => document.activeElement.name === "script_name");
  await field(page, "script_name").fill("Không trùng");
  assert.deepEqual(await issuesOf(field(page, "script_name")), []);

  await api.call("DELETE", `internal_group/delete/${gone._id}`);
  await button(page, "Save").click();
  await page.getByText(`Group ${gone._id} does not exist`).waitFor();
  await formText(page, `Destination ${gone._id} does not exist`).waitFor();
  assert.deepEqual(await issuesOf(key(page, 0, "action")), ["error group_invalid", "error ivr-target-unknown"]);
  await key(page, 0, "action").selectOption({ label: "Nhóm Tech" });
  assert.deepEqual(await issuesOf(key(page, 0, "action")), []);

  const speech = { text: "x", speed: "0", voice: "banmai" };
  const { file } = await api.call("POST", "greeting/upload-text-to-speech?greeting_name=Ng%E1%BA%AFn", speech);
  await page.reload();
  await page.locator(".editor-body:not([hidden])").waitFor();
  await field(page, "script_name").fill("Không trùng");
  await field(page, "greeting_id").selectOption({ label: "Ngắn" });
  await button(page, "Add a key").click();
  await key(page, 0, "action").selectOption({ label: "Nhóm Tech" });
  await api.call("DELETE", `greeting/delete/${file._id}`);
  await button(page, "Save").click();
  await page.getByText(`Greeting ${file._id} does not exist. `).first().waitFor();
  assert.ok((await issuesOf(field(page, "greeting_id"))).includes("error greeting_invalid"));
});

onDashboard("an error without a field shows above the form, and retrying works", async (page) => {
  await open(page);
  await field(page, "time_out").fill("4");
  await respondNext(`key-interaction/update/${RECORDED}`, { status_code: -9999, instance_id: "x", message: "tenant_invalid" });
  await button(page, "Save").click();
  assert.match(await alert(page).textContent(), /kind: api · code: tenant_invalid/);
  const [above, form] = [await alert(page).boundingBox(), await page.locator(".editor form").boundingBox()];
  assert.ok(above.y + above.height <= form.y + 1);
  assert.equal((await script(RECORDED)).time_out, 3);
  await button(page, "Try again").click();
  await saved(page);
  assert.equal(await alert(page).count(), 0);
  assert.equal((await script(RECORDED)).time_out, 4);
  // An error that names a field.
  await field(page, "time_out").fill("3");
  await respondNext(`key-interaction/update/${RECORDED}`, { status_code: -9999, payload: { status: "fail", error: "data_is_required", message: "time_out is required" } });
  await button(page, "Save").click();
  await page.getByText("time_out is required").waitFor();
  assert.deepEqual(await issuesOf(field(page, "time_out")), ["error data_is_required"]);
  await button(page, "Save").click();
  await saved(page);
});

onDashboard("a script is deleted after a confirmation, unless another leads to it", async (page) => {
  const inner = await newScript("Bên trong", [{ ivr: "1", action_type: "Ring_group", action: (await groups())[0]._id }]);
  const outer = await newScript("Bên ngoài", [{ ivr: "1", action_type: "Ivr_menu", action: inner._id }]);
  const question = page.getByRole("alertdialog");
  const deleteIt = async () => {
    await button(page, "Delete").click();
    await question.getByRole("button", { name: "Delete" }).click();
  };
  await open(page, inner._id);
  await button(page, "Delete").click();
  await question.getByText("Delete the script “Bên trong”?").waitFor();
  assert.deepEqual(await question.getByRole("listitem").allInnerTexts(), ["Script Bên ngoài · Key 1"]);
  await page.keyboard.press("Escape");
  await deleteIt();
  await page.getByText("Script is used by script Bên ngoài").waitFor();
  assert.ok(await script(inner._id));
  await open(page, outer._id);
  await deleteIt();
  await page.getByRole("button", { name: "New script" }).waitFor();
  assert.equal(await script(outer._id), undefined);
  await page.goBack();
  await open(page, inner._id);
  await deleteIt();
  await page.getByRole("button", { name: "New script" }).waitFor();
  assert.equal(await script(inner._id), undefined);
  await page.goto(`${world}/index.html#scripts/${inner._id}`);
  await page.getByText("There is no such script.").waitFor();
});

onDashboard("a draft is kept when leaving the view, until it is discarded", async (page) => {
  await open(page);
  await field(page, "script_name").fill("Bản nháp");
  await button(page, "Remove key 5").click();
  await page.getByRole("link", { name: "Groups", exact: true }).click();
  await page.getByText("groups", { exact: false }).first().waitFor();
  await page.goBack();
  await page.locator(".editor-body:not([hidden])").waitFor();
  assert.equal(await field(page, "script_name").inputValue(), "Bản nháp");
  assert.equal(await page.locator(".keys > li").count(), 4);

  // Signing out would lose it, so the page asks.
  await button(page, "Sign out").click();
  await page.getByText("Sign out and lose what is not saved?").waitFor();
  await button(page, "Cancel").click();
  await button(page, "Discard changes").click();
  assert.equal(await field(page, "script_name").inputValue(), "KỊCH BẢN BẤM PHÍM");
  assert.equal(await page.locator(".keys > li").count(), 5);
  await button(page, "Sign out").click();
  await button(page, "Sign in").waitFor();
});

onDashboard("if the tenant cannot be loaded, the error is shown, and retrying works", async (page) => {
  await page.route("**/greeting/list*", (route) => route.abort());
  await page.goto(`${world}/index.html#scripts/${RECORDED}`);
  await page.getByText("kind: network").waitFor();
  assert.equal(await page.locator(".editor-body").isVisible(), false);
  await page.unrouteAll();
  await button(page, "Try again").click();
  await page.locator(".editor-body:not([hidden])").waitFor();
  assert.equal(await alert(page).count(), 0);
}, { expected: [FAILED] });

onDashboard("the tenant is loaded once for all editors", async (page) => {
  const lists = [];
  page.on("request", (request) => request.url().includes("size=100") && lists.push(new URL(request.url()).pathname.split("/").at(-2)));
  await open(page);
  const first = [...lists];
  assert.deepEqual([...new Set(first)].sort(), ["greeting", "internal_group", "internal_phone", "key-interaction"]);
  await page.evaluate(() => (location.hash = "#scripts/new"));
  await page.getByRole("heading", { name: "New script" }).waitFor();
  await page.locator(".editor-body:not([hidden])").waitFor();
  assert.deepEqual(lists, first);
});

onDashboard("a renamed script keeps its recording for callers who press nothing, and another can be selected", async (page) => {
  const { _id } = await newScript("Ghi âm", [{ ivr: "1", action_type: "Ring_group", action: (await groups())[0]._id }, { ivr: "2", action_type: "", action: "" }], { action_type: "Recording", action: GREETING, invalid_sound_id: GREETING });
  const before = await script(_id);
  await open(page, _id);
  await field(page, "script_name").fill("Ghi âm 2");
  await button(page, "Save").click();
  await saved(page);
  const after = await script(_id);
  assert.deepEqual(after, { ...before, last_updated_date: after.last_updated_date, script_name: "Ghi âm 2", script_name_unsigned: "Ghi am 2" });
  const [other] = (await api.get("greeting/list", { page: 1, size: 100 })).items.filter((greeting) => greeting._id !== GREETING);
  await field(page, "action").selectOption({ label: other.greeting_name });
  await button(page, "Save").click();
  await saved(page);
  assert.equal((await script(_id)).action, other._id);
  await page.goto(`${world}/index.html#scripts`);
  await page.getByRole("row", { name: "Ghi âm 2" }).getByText(`Greeting ${other.greeting_name}`).waitFor();
});

onEveryScreen(onDashboard, "layout of the script editor", async (page, look) => {
  await open(page);
  await look("script");
  await field(page, "script_name").fill("");
  await key(page, 2, "action_type").selectOption({ label: "Group" });
  await key(page, 1, "ivr").fill("12");
  await page.locator(".dial-pad [value='1']").click();
  await page.evaluate(() => scrollTo(0, 0));
  await look("script-issues");
  await page.locator(".call-flow").scrollIntoViewIfNeeded();
  await look("script-call");
});
