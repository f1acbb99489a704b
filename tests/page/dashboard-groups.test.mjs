// The editor of groups: selecting members, and sending only what has changed. In Chromium, against the sandbox
// (OMICALL_SANDBOX).
import assert from "node:assert/strict";
import { alert, button, dashboard, focused, issuesAt, issuesOf, onEveryScreen } from "./dashboard.mjs";

const { world, api, onDashboard, respondNext, requestsFor } = dashboard("dashboard-groups");

// The phone that is a member of every recorded group.
const RECORDED = "6349";

const field = (page, name) => page.locator(`.editor form [name=${name}]`);
const members = (page) => page.locator(".members > li").evaluateAll((items) => items.map(({ dataset }) => dataset.extension));
const groups = async () => (await api.get("internal_group/list", { page: 1, size: 100 })).items;
const groupNamed = async (name) => (await groups()).find(({ group_name }) => group_name === name);
const open = async (page, id) => {
  await page.goto(`${world}/index.html#groups/${id}`);
  await page.locator(".editor-body:not([hidden])").waitFor();
};
const add = async (page, extension) => {
  await field(page, "phone").selectOption(extension);
  await button(page, "Add").click();
};
const saved = (page) => page.getByText("Saved.", { exact: true }).waitFor();
/** The changes of groups that the server has received. */
const changes = async () => (await requestsFor("internal_group/")).map(({ path }) => path.split("/internal_group/")[1]).filter((path) => path !== "list");
/** The phones with an agent, by which a group lists its members. */
const selectable = () => api.items.filter(({ agent_id }) => /^[0-9a-f]{24}$/.test(agent_id)).map(({ sip_user }) => sip_user).filter((extension) => extension !== RECORDED);

onDashboard("a group is created with the selected phones in order", async (page) => {
  const [a, b, c] = selectable();
  await page.goto(`${world}/index.html#groups`);
  await page.getByRole("button", { name: "New group" }).click();
  await page.locator(".editor-body:not([hidden])").waitFor();
  await field(page, "group_name").fill("Nhóm mới");
  await field(page, "strategy").selectOption({ label: "In order" });
  await field(page, "timeout").fill("25");
  for (const extension of [a, b, c]) await add(page, extension);
  assert.deepEqual(await members(page), [a, b, c]);
  // Members are not offered again.
  assert.equal(await field(page, "phone").locator(`option[value="${a}"]`).count(), 0);
  await button(page, `Move ${c} up`).click();
  assert.equal(await focused(page), "↑");
  await button(page, `Move ${c} up`).click();
  assert.deepEqual(await members(page), [c, a, b]);
  await button(page, `Remove ${a}`).click();
  assert.equal(await field(page, "phone").locator(`option[value="${a}"]`).count(), 1);
  await button(page, "Save").click();
  await saved(page);
  const made = await groupNamed("Nhóm mới");
  assert.equal(new URL(page.url()).hash, `#groups/${made._id}`);
  const agents = [c, b].map((extension) => api.items.find(({ sip_user }) => sip_user === extension).agent_id);
  assert.deepEqual([made.strategy, made.members.map(({ agent_id, timeout }) => [agent_id, timeout])], ["rollover", agents.map((agent) => [agent, 25])]);
  // The same after a reload.
  await page.reload();
  await page.locator(".editor-body:not([hidden])").waitFor();
  assert.deepEqual(await members(page), [c, b]);
  assert.equal(await field(page, "timeout").inputValue(), "25");
});

onDashboard("issues of a group show at their fields while typing", async (page) => {
  await open(page, "new");
  assert.equal(await page.locator(".issues > li").count(), 0);
  const timeout = field(page, "timeout");
  for (const [value, issues, invalid] of [["0", ["error group-timeout-invalid"], "true"], ["90", ["warning group-timeout-invalid"], null], ["20", [], null]]) {
    await timeout.fill(value);
    assert.deepEqual(await issuesOf(timeout), issues, value);
    assert.equal(await timeout.getAttribute("aria-invalid"), invalid);
  }
  await button(page, "Save").click();
  assert.deepEqual(await issuesOf(field(page, "group_name")), ["error group-name-required"]);
  assert.deepEqual(await issuesAt(page, "/sip_members"), ["warning group-members-empty"]);
  await page.waitForFunction(() => document.activeElement.name === "group_name");
  assert.deepEqual((await changes()).filter((path) => path === "add").length, 1, "only the one of the previous test");
  await add(page, selectable()[0]);
  assert.deepEqual(await issuesAt(page, "/sip_members"), []);
  await field(page, "group_name").fill("x");
  assert.deepEqual(await issuesOf(field(page, "group_name")), []);
});

onDashboard("adding and removing members changes nothing else in the group", async (page) => {
  const [a] = selectable();
  const tech = await groupNamed("Nhóm Tech");
  await open(page, tech._id);
  // Only one of the two recorded members has a phone in the list.
  assert.equal((await members(page)).length, 1);
  await page.getByText("1 more belong to the group").waitFor();
  assert.equal(await button(page, "Discard changes").isVisible(), false);
  const before = await changes();
  await add(page, a);
  assert.deepEqual(await issuesAt(page, "/sip_members"), [], "nobody leaves");
  await button(page, "Save").click();
  await saved(page);
  assert.deepEqual((await changes()).slice(before.length), ["add-members"]);
  assert.deepEqual((await groupNamed("Nhóm Tech")).members.slice(0, 2), tech.members, "no member is lost");
  assert.equal((await groupNamed("Nhóm Tech")).members.length, 3);
  await button(page, `Remove ${a}`).click();
  await button(page, "Save").click();
  await saved(page);
  assert.deepEqual((await changes()).slice(before.length), ["add-members", "remove-members"]);
  assert.deepEqual((await groupNamed("Nhóm Tech")).members, tech.members);

  // A new name needs an update of the whole group, and the member without a phone would leave it.
  await field(page, "group_name").fill("Nhóm Kỹ thuật");
  assert.deepEqual(await issuesAt(page, "/sip_members"), ["warning members-lost"]);
  await page.getByText("1 of 2 members would leave the group").waitFor();
  await button(page, "Save").click();
  await saved(page);
  assert.deepEqual((await changes()).slice(before.length + 2), [`update/${tech._id}`]);
  assert.equal((await groups()).find(({ _id }) => _id === tech._id).group_name, "Nhóm Kỹ thuật");
});

onDashboard("a renamed group keeps where its unanswered calls go, or says that it does not", async (page) => {
  const rename = async ({ _id }, name, issues) => {
    await open(page, _id);
    assert.equal(await page.locator(".issues > li").count(), 0);
    await field(page, "group_name").fill(name);
    assert.deepEqual(await page.locator("form > .issues > li").evaluateAll((items) => items.map(({ dataset }) => dataset.code)), issues);
    await button(page, "Save").click();
    await saved(page);
    const { group_name, target_timeout_type, target_timeout } = (await groups()).find((group) => group._id === _id);
    assert.equal(group_name, name);
    return [target_timeout_type, target_timeout];
  };
  const [a, b] = selectable();
  const content = { group_name: "Nhóm có lời nhắn", strategy: "rollover", sip_members: [a, b], timeout: 20 };
  const made = await api.call("POST", "internal_group/add", content);
  const overflow = { target_timeout_type: "Recording", target_timeout: "62da34652a310904dfbbf13b" };
  await api.call("POST", `internal_group/update/${made._id}`, { ...content, ...overflow });
  assert.deepEqual(await rename(made, "Nhóm lời nhắn", []), Object.values(overflow));
  const mailbox = await groupNamed("Nhóm nhân viên mặc định");
  assert.equal(mailbox.target_timeout_type, "Voice_mail");
  await open(page, mailbox._id);
  await page.getByText("What this page cannot send may be reset: target_timeout.").waitFor();
  assert.deepEqual(await rename(mailbox, "Nhóm mặc định", ["group-overflow-lost"]), ["", ""]);
});

onDashboard("what somebody else has changed meanwhile is told at its field, and neither change is lost", async (page) => {
  const [a, b] = selectable();
  const content = { group_name: "Nhóm chung", strategy: "rollover", sip_members: [a, b], timeout: 20 };
  const made = await api.call("POST", "internal_group/add", content);
  await open(page, made._id);
  await field(page, "group_name").fill("Nhóm của tôi");
  await api.call("POST", `internal_group/update/${made._id}`, { ...content, timeout: 25 });
  const before = (await changes()).length;
  await button(page, "Save").click();
  await page.getByText("Changed by").waitFor();
  assert.deepEqual((await changes()).slice(before), [], "nothing is sent");
  assert.deepEqual(await issuesOf(field(page, "timeout")), ["error changed-meanwhile"]);
  assert.deepEqual([await field(page, "timeout").inputValue(), await field(page, "group_name").inputValue()], ["25", "Nhóm của tôi"]);
  await button(page, "Save").click();
  await saved(page);
  assert.deepEqual((await changes()).slice(before), [`update/${made._id}`]);
  const { group_name, members: [{ timeout }] } = await groupNamed("Nhóm của tôi");
  assert.deepEqual([group_name, timeout], ["Nhóm của tôi", 25]);
});

onDashboard("a group whose members have no phones is not overwritten either", async (page) => {
  const tech = await groupNamed("Nhóm Sales");
  await open(page, tech._id);
  await page.getByText("more belong to the group").waitFor();
  await field(page, "group_name").fill("Nhóm của tôi 2");
  const known = (await members(page));
  await api.call("POST", `internal_group/update/${tech._id}`, { group_name: tech.group_name, strategy: tech.strategy, sip_members: [...known, selectable()[2]], timeout: 33 });
  const before = (await changes()).length;
  await button(page, "Save").click();
  await page.getByText("Changed by").first().waitFor();
  assert.deepEqual((await changes()).slice(before), [], "nothing is sent");
  assert.equal((await groups()).find(({ _id }) => _id === tech._id).members[0].timeout, 33);
  // What it is now was shown.
  assert.equal(await field(page, "timeout").inputValue(), "33");
  await button(page, "Save").click();
  await saved(page);
  const { group_name, members: now } = (await groups()).find(({ _id }) => _id === tech._id);
  assert.deepEqual([group_name, now.length, now[0].timeout], ["Nhóm của tôi 2", known.length + 1, 33]);
  await api.call("POST", `internal_group/update/${tech._id}`, { group_name: tech.group_name, strategy: tech.strategy, sip_members: known, timeout: 20 });
});

onDashboard("after a save that failed, and in an earlier draft, what somebody else changed is not overwritten", async (page) => {
  const [a, b] = selectable();
  const content = { group_name: "Nhóm hai người", strategy: "rollover", sip_members: [a, b], timeout: 20 };
  for (const fails of [true, false]) {
    const made = await api.call("POST", "internal_group/add", { ...content, group_name: `${content.group_name} ${fails}` });
    // Only the hash changes, and the page would not know the new group.
    await page.reload();
    await open(page, made._id);
    await field(page, "timeout").fill("28");
    await api.call("POST", `internal_group/update/${made._id}`, { ...content, group_name: made.group_name, timeout: 25 });
    if (fails) {
      await respondNext("internal_group/list", { status_code: -9999, message: "Busy" });
      await button(page, "Save").click();
      await alert(page).waitFor();
    } else {
      const visit = async ({ _id, group_name }) => {
        await page.evaluate((id) => (location.hash = `#groups/${id}`), _id);
        await page.getByRole("heading", { name: group_name, exact: true }).waitFor();
        await page.locator(".editor-body:not([hidden])").waitFor();
      };
      await visit(await groupNamed("Nhóm CSKH"));
      // It loads the groups again.
      await button(page, "Delete").click();
      await page.locator("#confirm li").first().waitFor();
      await page.keyboard.press("Escape");
      await visit(made);
    }
    assert.equal(await field(page, "timeout").inputValue(), "28");
    const before = (await changes()).length;
    await (fails ? alert(page).getByRole("button", { name: "Try again" }) : button(page, "Save")).click();
    await page.getByText("Changed by").waitFor();
    assert.deepEqual((await changes()).slice(before), [], "nothing is sent");
    assert.deepEqual(await issuesOf(field(page, "timeout")), ["error changed-meanwhile"]);
    assert.equal((await groups()).find(({ _id }) => _id === made._id).members[0].timeout, 25);
    // Who has seen it may overwrite it.
    await button(page, "Save").click();
    await saved(page);
    assert.equal((await groups()).find(({ _id }) => _id === made._id).members[0].timeout, 28);
  }
});

onDashboard("members are added before others are removed, so that a failure leaves nobody out", async (page) => {
  const [a, b, c] = selectable();
  const made = await api.call("POST", "internal_group/add", { group_name: "Nhóm đổi người", strategy: "rollover", sip_members: [a, b], timeout: 20 });
  await open(page, made._id);
  await button(page, `Remove ${a}`).click();
  await add(page, c);
  await respondNext("internal_group/remove-members", { status_code: -9999, message: "Busy" });
  const before = (await changes()).length;
  await button(page, "Save").click();
  await alert(page).waitFor();
  assert.deepEqual((await changes()).slice(before), ["add-members", "remove-members"]);
  const { members } = await groupNamed("Nhóm đổi người");
  assert.deepEqual(members.map(({ agent_id }) => api.items.find((phone) => phone.agent_id === agent_id).sip_user), [a, b, c]);
});

onDashboard("the server's error about a member shows at that member", async (page) => {
  const [a, b] = selectable();
  const group = await groupNamed("Nhóm Sales");
  await open(page, group._id);
  await add(page, a);
  await add(page, b);
  const reject = (path) => respondNext(path, { status_code: -9999, payload: { status: "fail", error: "extension_invalid", message: `Extension ${b} does not exist` } });
  await reject("internal_group/add-members");
  await button(page, "Save").click();
  await page.getByText(`Extension ${b} does not exist`).waitFor();
  // Only at that member.
  const row = page.locator(`.members > li[data-extension="${b}"]`);
  await row.getByText(`Extension ${b} does not exist`).waitFor();
  assert.equal(await page.locator("[data-code=extension_invalid]").count(), 1);
  assert.equal(await alert(page).count(), 0);
  await button(page, `Remove ${b}`).click();
  assert.equal(await page.locator("[data-code=extension_invalid]").count(), 0);
  await button(page, "Save").click();
  await saved(page);
});

onDashboard("a group is deleted after a confirmation, unless a script leads to it", async (page) => {
  const deleteIt = async () => {
    await button(page, "Delete").click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  };
  const used = await groupNamed("Nhóm CSKH");
  await open(page, used._id);
  await button(page, "Delete").click();
  await page.locator("#confirm li").first().waitFor();
  assert.deepEqual(await page.locator("#confirm li").allInnerTexts(), ["Script KỊCH BẢN BẤM PHÍM · Key 1", "Script KỊCH BẢN BẤM PHÍM · Key 2"]);
  await page.keyboard.press("Escape");
  await deleteIt();
  await page.getByText("Group is used by script KỊCH BẢN BẤM PHÍM").waitFor();
  assert.match(await alert(page).textContent(), /code: group_in_use/);
  assert.ok(await groupNamed("Nhóm CSKH"));
  const free = await api.call("POST", "internal_group/add", { group_name: "Nhóm thừa", strategy: "random", sip_members: [], timeout: 5 });
  await page.reload();
  await open(page, free._id);
  await deleteIt();
  await page.getByRole("button", { name: "New group" }).waitFor();
  assert.equal(await groupNamed("Nhóm thừa"), undefined);
});

onDashboard("a new group can be selected in a script", async (page) => {
  await page.goto(`${world}/index.html#scripts/new`);
  await page.locator(".editor-body:not([hidden])").waitFor();
  await page.evaluate(() => (location.hash = "#groups/new"));
  await page.getByRole("heading", { name: "New group" }).waitFor();
  await page.locator(".editor-body:not([hidden])").waitFor();
  await field(page, "group_name").fill("Nhóm vừa tạo");
  await button(page, "Save").click();
  await saved(page);
  await page.evaluate(() => (location.hash = "#scripts/new"));
  await page.getByRole("heading", { name: "New script" }).waitFor();
  await page.locator(".editor-body:not([hidden])").waitFor();
  await button(page, "Add a key").click();
  await page.locator(".keys > li [data-name=action]").selectOption({ label: "Nhóm vừa tạo" });
});

onEveryScreen(onDashboard, "layout of the group editor", async (page, look) => {
  await open(page, (await groupNamed("Nhóm Sales"))._id);
  for (const extension of selectable().slice(3, 6)) await add(page, extension);
  await field(page, "timeout").fill("70");
  await look("group");
  await button(page, "Discard changes").click();
});
