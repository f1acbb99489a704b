// What callers go through, beside the script editor: the diagram and the dial pad. In Chromium, against the sandbox
// (OMICALL_SANDBOX).
import assert from "node:assert/strict";
import { button, dashboard } from "./dashboard.mjs";

const { world, api, onDashboard } = dashboard("dashboard-call-flow");

const RECORDED = "632969ce7534d97b0933d51d";
const GREETING = "6209c99b067f745da47367f3";

const open = async (page, id = RECORDED) => {
  await page.goto(`${world}/index.html#scripts/${id}`);
  await page.locator(".editor-body:not([hidden])").waitFor();
};
const field = (page, name) => page.locator(`.editor form [name=${name}]`);
/** A field of the key at that index. */
const key = (page, index, name) => page.locator(".keys > li").nth(index).locator(`[data-name=${name}]`);
const diagram = (page) => page.locator(".diagram svg");
const newGroup = (group_name, sip_members = ["145"]) => api.call("POST", "internal_group/add", { group_name, strategy: "rollover", sip_members, timeout: 20 });
const newScript = (script_name, scripts, more) =>
  api.call("POST", "key-interaction/add", { script_name, greeting_id: GREETING, max_failure: 2, time_out: 5, scripts, ...more });

onDashboard("the diagram follows what is typed", async (page) => {
  await open(page);
  assert.equal(await diagram(page).getAttribute("role"), "graphics-document document");
  const has = (text) => diagram(page).locator("text", { hasText: text }).first().waitFor();
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

onDashboard("the dial pad walks through the menus, and the diagram shows the path", async (page) => {
  // The third phone, 147, has no agent.
  const [one, two] = api.items.filter(({ agent_id }) => /^[0-9a-f]{24}$/.test(agent_id));
  const group = await newGroup("Nhóm bàn phím", [one.sip_user, two.sip_user, "147"]);
  const inner = await newScript("Menu hai", [{ ivr: "5", action_type: "Ring_group", action: group._id }]);
  const outer = await newScript("Menu một", [{ ivr: "1", action_type: "Ivr_menu", action: inner._id }], { action_type: "Ring_group", action: group._id });
  await open(page, outer._id);
  const pad = (name) => page.locator(".dial-pad").getByRole("button", { name, exact: true });
  const steps = () => page.locator(".steps > li").evaluateAll((items) => items.map((item) => item.innerText.replace(/\s+/g, " ")));
  const ending = () => page.locator(".ending").textContent();
  const drawing = () => diagram(page).evaluate((svg) => svg.outerHTML);
  const heard = "plays “Lời chào mặc định”";
  const untouched = await drawing();
  assert.deepEqual(await steps(), [`Menu một ${heard} 0 s`]);
  assert.equal(await ending(), "The menu waits for a key.");

  await pad("9").click();
  assert.deepEqual(await steps(), [`Menu một ${heard} 9: wrong key 0 s`, `Menu một ${heard} 0 s`]);
  await pad("1").click();
  assert.deepEqual((await steps()).slice(1), [`Menu một ${heard} 1 0 s`, `Menu hai ${heard} 0 s`]);
  const withPath = await drawing();
  assert.notEqual(withPath, untouched);
  // A change of the script changes the simulated call.
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
  assert.notEqual(await drawing(), withPath);
  // After the end, keys do nothing.
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

onDashboard("a call that nobody answers goes to the overflow, and an extension can be dialled", async (page) => {
  const busy = await newScript("Menu bận", []);
  const group = await newGroup("Nhóm bận");
  // The vendor's console sets an overflow.
  await page.route("**/internal_group/list*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const item of body.payload.items) if (item._id === group._id) Object.assign(item, { target_timeout_type: "Ivr_menu", target_timeout: busy._id });
    await route.fulfill({ response, json: body });
  });
  const outer = await newScript("Menu gọi thẳng", [{ ivr: "9", action_type: "Ring_group", action: group._id }], { ivr_direct_menu_dial: "true" });
  await open(page, outer._id);
  const press = (event) => page.locator(`.dial-pad [value='${event}']`).click({ force: true });
  const steps = () => page.locator(".steps > li").evaluateAll((items) => items.map((item) => item.innerText.replace(/\s+/g, " ")));
  const ending = () => page.locator(".ending").textContent();
  const isDisabled = (event) => page.locator(`.dial-pad [value='${event}']`).getAttribute("aria-disabled");
  assert.deepEqual([await isDisabled("1"), await isDisabled("no-answer")], [null, "true"]);
  await press("9");
  assert.deepEqual([await isDisabled("1"), await isDisabled("no-answer")], ["true", null]);
  assert.match(await ending(), /^Group Nhóm bận rings/);
  await press("no-answer");
  assert.match((await steps())[1], /^Nhóm bận rings nobody answers \d+ s$/);
  assert.equal(await ending(), "The menu waits for a key.");
  await button(page, "Start again").click();
  for (const digit of "147") await press(digit);
  assert.match((await steps())[1], /^Menu gọi thẳng plays nothing 14… 0 s$/);
  assert.match(await ending(), /^Phone 147.* rings\.$/);
});

onDashboard("a diagram wider than the screen scrolls to the end of the path", async (page) => {
  const group = await newGroup("Nhóm xa");
  let to = { ivr: "1", action_type: "Ring_group", action: group._id };
  let id;
  for (const name of ["Menu xa 3", "Menu xa 2", "Menu xa 1"]) {
    ({ _id: id } = await newScript(name, [to]));
    to = { ivr: "1", action_type: "Ivr_menu", action: id };
  }
  await open(page, id);
  const isVisible = (text) => diagram(page).locator("text", { hasText: text }).first().evaluate((box) => {
    const [inner, outer] = [box.getBoundingClientRect(), box.closest(".diagram").getBoundingClientRect()];
    return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
  });
  assert.deepEqual([await isVisible("Menu xa 1"), await isVisible("Nhóm xa")], [true, false]);
  for (const name of ["Menu xa 2", "Menu xa 3", "Nhóm xa"]) {
    await page.locator(".dial-pad [value='1']").click();
    assert.equal(await isVisible(name), true, name);
  }
  await button(page, "Start again").click();
  assert.deepEqual([await isVisible("Menu xa 1"), await isVisible("Nhóm xa")], [true, false]);
}, { viewport: { width: 360, height: 740 } });
