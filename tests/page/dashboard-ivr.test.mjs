// The editor of IVR scripts: issues as one types, the picture beside, the dial pad, and what is saved or refused. In
// Chromium, against the sandbox (OMICALL_SANDBOX).
import assert from "node:assert/strict";
import { alert, button, dashboard, focused, issuesAt, issuesOf, onEveryScreen } from "./dashboard.mjs";

const { world, api, onDashboard, answerNext, requestsFor } = dashboard("dashboard-ivr");

const FAILED = /^error: Failed to load resource: /;
const RECORDED = "632969ce7534d97b0933d51d";
const GREETING = "6209c99b067f745da47367f3";

const open = async (page, id = RECORDED) => {
  await page.goto(`${world}/index.html#scripts/${id}`);
  await page.locator(".editor-body:not([hidden])").waitFor();
};
const field = (page, name) => page.locator(`.editor form [name=${name}]`);
/** A field of the key in that place. */
const key = (page, index, name) => page.locator(".keys > li").nth(index).locator(`[data-name=${name}]`);
/** Words in the form: the picture has some of them, too. */
const words = (page, text) => page.locator(".editor form").getByText(text);
const picture = (page) => page.locator(".diagram svg");
const script = async (id) => (await api.get("key-interaction/list", { page: 1, size: 100 })).items.find(({ _id }) => _id === id);
const scriptNamed = async (name) => (await api.get("key-interaction/list", { page: 1, size: 100 })).items.find(({ script_name }) => script_name === name);
const groups = async () => (await api.get("internal_group/list", { page: 1, size: 100 })).items;
const newGroup = (group_name, sip_members = ["145"]) => api.call("POST", "internal_group/add", { group_name, strategy: "rollover", sip_members, timeout: 20 });
const newScript = (script_name, scripts, more) =>
  api.call("POST", "key-interaction/add", { script_name, greeting_id: GREETING, max_failure: 2, time_out: 5, scripts, ...more });
const saved = (page) => page.getByText("Saved.", { exact: true }).waitFor();

onDashboard("an issue stands under its field as one types, and goes when it is mended", async (page) => {
  await open(page);
  const name = field(page, "script_name");
  const is = async (control, issues, invalid = null) => {
    assert.deepEqual(await issuesOf(control), issues);
    assert.equal(await control.getAttribute("aria-invalid"), invalid);
  };
  await is(name, []);
  await name.press("ControlOrMeta+a");
  await name.press("Delete");
  await is(name, ["error ivr-name-required"], "true");
  const sentence = words(page, "Error: Script name is required");
  const [box, below] = [await name.boundingBox(), await sentence.boundingBox()];
  assert.ok(below.y >= box.y + box.height && below.y < box.y + box.height + 30, "the sentence is under the field");
  await name.pressSequentially("B");
  await is(name, []);
  assert.equal(await sentence.count(), 0);

  const wait = field(page, "time_out");
  for (const [value, ...expected] of [["", ["error ivr-timeout-invalid"], "true"], ["0", ["error ivr-timeout-invalid"], "true"], ["5000", ["warning ivr-timeout-unusual"]], ["5", []]]) {
    await wait.fill(value);
    await is(wait, ...expected);
  }
  const failures = field(page, "max_failure");
  await failures.fill("1.5");
  await is(failures, ["error ivr-max-failure-invalid"], "true");
  await failures.fill("1");
  await is(failures, []);
  await is(field(page, "greeting_id"), []);
  await field(page, "greeting_id").selectOption("");
  await is(field(page, "greeting_id"), ["error ivr-greeting-required"], "true");
  const sound = field(page, "invalid_sound_id");
  await is(sound, ["hint ivr-invalid-sound-missing"]);
  await sound.selectOption({ label: "Sai phím" });
  await is(sound, []);
  await is(field(page, "action_type"), ["warning ivr-fallback-missing"]);
  await field(page, "action_type").selectOption({ label: "Script" });
  await field(page, "action").selectOption({ label: "KỊCH BẢN BẤM PHÍM" });
  await is(field(page, "action_type"), []);
  await is(field(page, "action"), ["warning ivr-self-loop"]);
});

onDashboard("the issues of a key stand at that key, whichever place it moves to", async (page) => {
  await open(page);
  const of = (index, name) => issuesOf(key(page, index, name));
  assert.deepEqual(await issuesAt(page, "/scripts/2"), ["hint ivr-option-unassigned"]);
  await key(page, 1, "ivr").fill("1");
  assert.deepEqual(await of(1, "ivr"), ["error ivr-key-duplicate"]);
  assert.equal(await key(page, 1, "ivr").getAttribute("aria-invalid"), "true");
  for (const [value, issues] of [["x", ["error ivr-key-invalid"]], ["12", ["warning ivr-key-multi-digit"]], ["#", ["warning ivr-key-hash"]], ["2", []]]) {
    await key(page, 1, "ivr").fill(value);
    assert.deepEqual(await of(1, "ivr"), issues);
  }
  await key(page, 2, "action_type").selectOption({ label: "Group" });
  assert.deepEqual(await of(2, "action"), ["error ivr-action-missing"]);
  // Another kind of thing: the group that was chosen is none.
  await key(page, 1, "action_type").selectOption({ label: "Script" });
  assert.deepEqual([await of(1, "action_type"), await of(1, "action")], [[], ["error ivr-action-missing"]]);
  await key(page, 1, "action_type").selectOption({ label: "Group" });
  await key(page, 1, "action").selectOption({ label: "Nhóm Tech" });
  assert.deepEqual(await of(1, "action"), []);
  await button(page, "Remove key 1").click();
  // It has moved up, and its issue with it.
  assert.deepEqual(await of(1, "action"), ["error ivr-action-missing"]);
  assert.equal(await focused(page), "×");
  await key(page, 1, "action").selectOption({ label: "Nhóm Tech" });
  assert.deepEqual(await of(1, "action"), []);
  assert.deepEqual(await issuesAt(page, "/scripts"), []);
  await button(page, "Remove key 2").click();
  assert.deepEqual(await issuesAt(page, "/scripts"), ["hint ivr-key-gap"]);
  while (await page.locator(".keys > li").count()) await button(page, "Remove key 1").click();
  assert.equal(await focused(page), "Add a key");
  assert.deepEqual(await issuesAt(page, "/scripts"), ["warning ivr-no-options", "error ivr-trap"]);
  await page.keyboard.press("Enter");
  assert.equal(await key(page, 0, "ivr").inputValue(), "1");
});

onDashboard("errors, warnings and hints differ in word, sign and colour", async (page) => {
  await open(page);
  await field(page, "script_name").fill("");
  const looks = await page.locator(".issues > li").evaluateAll((items) =>
    Object.fromEntries(items.map((item) => [item.dataset.severity, [item.querySelector("strong").textContent, getComputedStyle(item).backgroundImage, getComputedStyle(item).color]])));
  assert.deepEqual(Object.keys(looks).sort(), ["error", "hint", "warning"]);
  for (const part of [0, 1, 2]) assert.equal(new Set(Object.values(looks).map((look) => look[part])).size, 3, `${part}: ${JSON.stringify(looks)}`);
});

onDashboard("a new script is quiet until somebody has been in a field, or saves", async (page) => {
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
  // Where the first error is, and nothing has been sent.
  await page.waitForFunction(() => document.activeElement.name === "script_name");
  assert.deepEqual(await requestsFor("key-interaction/add"), []);
});

onDashboard("a script is made, then changed, with all that the server takes", async (page) => {
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

onDashboard("opening and saving changes nothing, also of what the page does not know", async (page) => {
  const made = await newScript("Cũ", [
    { ivr: "1", action_type: "Ring_group", action: (await groups())[0]._id },
    { ivr: "*", action_type: "", action: "" },
    // No documented type, and nothing that any list has.
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

onDashboard("what the server refuses stands at the field that it is about", async (page) => {
  const gone = await newGroup("Nhóm sắp xóa");
  await open(page, "new");
  // Done by somebody else after this page has fetched all there is.
  await newScript("Trùng tên", []);
  await field(page, "script_name").fill("trùng tên");
  await field(page, "greeting_id").selectOption({ label: "Lời chào mặc định" });
  await button(page, "Add a key").click();
  await key(page, 0, "action").selectOption({ label: "Nhóm sắp xóa" });
  await button(page, "Save").click();
  await page.getByText("script_name_exists").waitFor();
  // The page has looked again: its own rule knows now, too.
  await words(page, "is already used by script").waitFor();
  assert.deepEqual(await issuesOf(field(page, "script_name")), ["error script_name_exists", "error ivr-name-taken"]);
  assert.equal(await alert(page).count(), 0);
  await page.waitForFunction(() => document.activeElement.name === "script_name");
  await field(page, "script_name").fill("Không trùng");
  assert.deepEqual(await issuesOf(field(page, "script_name")), []);

  await api.call("DELETE", `internal_group/delete/${gone._id}`);
  await button(page, "Save").click();
  await page.getByText(`Group ${gone._id} does not exist`).waitFor();
  await words(page, `Destination ${gone._id} does not exist`).waitFor();
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

onDashboard("what nobody can place stands above the form, and trying again helps", async (page) => {
  await open(page);
  await field(page, "time_out").fill("4");
  await answerNext(`key-interaction/update/${RECORDED}`, { status_code: -9999, instance_id: "x", message: "tenant_invalid" });
  await button(page, "Save").click();
  assert.match(await alert(page).textContent(), /kind: api · code: tenant_invalid/);
  const [above, form] = [await alert(page).boundingBox(), await page.locator(".editor form").boundingBox()];
  assert.ok(above.y + above.height <= form.y + 1);
  assert.equal((await script(RECORDED)).time_out, 3);
  await button(page, "Try again").click();
  await saved(page);
  assert.equal(await alert(page).count(), 0);
  assert.equal((await script(RECORDED)).time_out, 4);
  // A field that the server names.
  await field(page, "time_out").fill("3");
  await answerNext(`key-interaction/update/${RECORDED}`, { status_code: -9999, payload: { status: "fail", error: "data_is_required", message: "time_out is required" } });
  await button(page, "Save").click();
  await page.getByText("time_out is required").waitFor();
  assert.deepEqual(await issuesOf(field(page, "time_out")), ["error data_is_required"]);
  await button(page, "Save").click();
  await saved(page);
});

onDashboard("a script is deleted after a question, unless another leads to it", async (page) => {
  const inner = await newScript("Bên trong", [{ ivr: "1", action_type: "Ring_group", action: (await groups())[0]._id }]);
  const outer = await newScript("Bên ngoài", [{ ivr: "1", action_type: "Ivr_menu", action: inner._id }]);
  const question = page.getByRole("alertdialog");
  const confirmed = async () => {
    await button(page, "Delete").click();
    await question.getByRole("button", { name: "Delete" }).click();
  };
  await open(page, inner._id);
  await button(page, "Delete").click();
  await question.getByText("Delete the script “Bên trong”?").waitFor();
  await page.keyboard.press("Escape");
  await confirmed();
  await page.getByText("Script is used by script Bên ngoài").waitFor();
  assert.ok(await script(inner._id));
  await open(page, outer._id);
  await confirmed();
  await page.getByRole("button", { name: "New script" }).waitFor();
  assert.equal(await script(outer._id), undefined);
  await page.goBack();
  await open(page, inner._id);
  await confirmed();
  await page.getByRole("button", { name: "New script" }).waitFor();
  assert.equal(await script(inner._id), undefined);
  await page.goto(`${world}/index.html#scripts/${inner._id}`);
  await page.getByText("There is no such script.").waitFor();
});

onDashboard("the picture beside the form follows what is typed", async (page) => {
  await open(page);
  assert.equal(await picture(page).getAttribute("role"), "img");
  const has = (text) => picture(page).locator("text", { hasText: text }).first().waitFor();
  await has("Nhóm CSKH");
  await field(page, "script_name").fill('"]--><img src=x onerror=alert(1)>');
  await has('"]--><img src=x');
  assert.equal(await page.locator(".diagram img").count(), 0);
  await key(page, 2, "action_type").selectOption({ label: "Group" });
  await key(page, 2, "action").selectOption({ label: "Nhóm Sales" });
  await has("Nhóm Sales");
  await field(page, "script_name").fill("");
  await has("Script name is required");
});

onDashboard("the dial pad walks through the menus, and the picture shows the way", async (page) => {
  // The last has no agent that its phone would tell.
  const [one, two] = api.items.filter(({ agent_id }) => /^[0-9a-f]{24}$/.test(agent_id));
  const group = await newGroup("Nhóm bàn phím", [one.sip_user, two.sip_user, "147"]);
  const inner = await newScript("Menu hai", [{ ivr: "5", action_type: "Ring_group", action: group._id }]);
  const outer = await newScript("Menu một", [{ ivr: "1", action_type: "Ivr_menu", action: inner._id }], { action_type: "Ring_group", action: group._id });
  await open(page, outer._id);
  const pad = (name) => page.locator(".dial-pad").getByRole("button", { name, exact: true });
  const steps = () => page.locator(".steps > li").evaluateAll((items) => items.map((item) => item.innerText.replace(/\s+/g, " ")));
  const ending = () => page.locator(".ending").textContent();
  const drawing = () => picture(page).evaluate((svg) => svg.outerHTML);
  const heard = "plays “Lời chào mặc định”";
  const untouched = await drawing();
  assert.deepEqual(await steps(), [`Menu một ${heard} 0 s`]);
  assert.equal(await ending(), "The menu waits for a key.");

  await pad("9").click();
  assert.deepEqual(await steps(), [`Menu một ${heard} 9: wrong key 0 s`, `Menu một ${heard} 0 s`]);
  await pad("1").click();
  assert.deepEqual((await steps()).slice(1), [`Menu một ${heard} 1 0 s`, `Menu hai ${heard} 0 s`]);
  const onTheWay = await drawing();
  assert.notEqual(onTheWay, untouched);
  // A change of the script is a change of the call.
  await key(page, 0, "ivr").fill("9");
  await page.getByText("1: wrong key").waitFor();
  assert.deepEqual(await steps(), [`Menu một ${heard} 9 0 s`, `Menu hai ${heard} 1: wrong key 0 s`, `Menu hai ${heard} 0 s`]);
  await key(page, 0, "ivr").fill("1");
  await page.getByText("9: wrong key").waitFor();
  // With the keyboard.
  await pad("1").focus();
  await page.keyboard.press("5");
  const rung = `${one.sip_user} ${one.full_name}, ${two.sip_user} ${two.full_name}, an unknown phone`;
  assert.equal(await ending(), `Group Nhóm bàn phím rings ${rung} in this order, for up to 60 s.`);
  assert.notEqual(await drawing(), onTheWay);
  // It is over.
  const over = await steps();
  await pad("1").click({ force: true });
  assert.deepEqual(await steps(), over);
  assert.equal(await pad("1").getAttribute("aria-disabled"), "true");

  await pad("Start again").click();
  assert.deepEqual(await steps(), [`Menu một ${heard} 0 s`]);
  assert.equal(await drawing(), untouched);
  await pad("Press nothing").click();
  assert.deepEqual(await steps(), [`Menu một ${heard} no key 5 s`]);
  assert.match(await ending(), /^Group Nhóm bàn phím rings/);
});

onDashboard("where the picture is wider than the screen, it shows how far the call has come", async (page) => {
  const group = await newGroup("Nhóm xa");
  let to = { ivr: "1", action_type: "Ring_group", action: group._id };
  let id;
  for (const name of ["Menu xa 3", "Menu xa 2", "Menu xa 1"]) {
    ({ _id: id } = await newScript(name, [to]));
    to = { ivr: "1", action_type: "Ivr_menu", action: id };
  }
  await open(page, id);
  const isSeen = (text) => picture(page).locator("text", { hasText: text }).first().evaluate((box) => {
    const [inner, outer] = [box.getBoundingClientRect(), box.closest(".diagram").getBoundingClientRect()];
    return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
  });
  assert.deepEqual([await isSeen("Menu xa 1"), await isSeen("Nhóm xa")], [true, false]);
  for (const name of ["Menu xa 2", "Menu xa 3", "Nhóm xa"]) {
    await page.locator(".dial-pad [value='1']").click();
    assert.equal(await isSeen(name), true, name);
  }
  await button(page, "Start again").click();
  assert.deepEqual([await isSeen("Menu xa 1"), await isSeen("Nhóm xa")], [true, false]);
}, { viewport: { width: 360, height: 740 } });

onDashboard("a draft is still there after a look elsewhere, until it is discarded", async (page) => {
  await open(page);
  await field(page, "script_name").fill("Bản nháp");
  await button(page, "Remove key 5").click();
  await page.getByRole("link", { name: "Groups", exact: true }).click();
  await page.getByText("groups", { exact: false }).first().waitFor();
  await page.goBack();
  await page.locator(".editor-body:not([hidden])").waitFor();
  assert.equal(await field(page, "script_name").inputValue(), "Bản nháp");
  assert.equal(await page.locator(".keys > li").count(), 4);

  // Signing out would lose it: that is asked.
  await button(page, "Sign out").click();
  await page.getByText("Sign out and lose what is not saved?").waitFor();
  await button(page, "Cancel").click();
  await button(page, "Discard changes").click();
  assert.equal(await field(page, "script_name").inputValue(), "KỊCH BẢN BẤM PHÍM");
  assert.equal(await page.locator(".keys > li").count(), 5);
  await button(page, "Sign out").click();
  await button(page, "Sign in").waitFor();
});

onDashboard("where the tenant cannot be fetched, the error stands there, and trying again helps", async (page) => {
  await page.route("**/greeting/list*", (route) => route.abort());
  await page.goto(`${world}/index.html#scripts/${RECORDED}`);
  await page.getByText("kind: network").waitFor();
  assert.equal(await page.locator(".editor-body").isVisible(), false);
  await page.unrouteAll();
  await button(page, "Try again").click();
  await page.locator(".editor-body:not([hidden])").waitFor();
  assert.equal(await alert(page).count(), 0);
}, { expected: [FAILED] });

onDashboard("the tenant is fetched once for all editors", async (page) => {
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

onEveryScreen(onDashboard, "the editor of scripts looks right", async (page, look) => {
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
