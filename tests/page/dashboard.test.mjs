// The dashboard's list of phones and signing in: in Chromium, against the sandbox (OMICALL_SANDBOX) that also serves the page.
import assert from "node:assert/strict";
import { SANDBOX, alert, button, dashboard, focused, holdResponses, onEveryScreen, search } from "./dashboard.mjs";

const LIST = "**/internal_phone/list*";
const DETAIL = "**/extensions/detail*";

const { api, onDashboard, packageError } = dashboard("dashboard");

const extensions = (page) => page.locator("tr[data-extension]").evaluateAll((rows) => rows.map((row) => row.dataset.extension));
const names = (page) => page.locator("tr [data-field=full_name]").allTextContents();

/** Waits until the list shows these phones; otherwise the failure tells what it shows instead. */
async function showsPhones(page, phones) {
  const expected = phones.map(({ sip_user }) => sip_user);
  const shown = (expected) => {
    const rows = [...document.querySelectorAll("tr[data-extension]")];
    return rows.map((row) => row.dataset.extension).join() === expected.join();
  };
  await page.waitForFunction(shown, expected).catch(() => {});
  assert.deepEqual(await extensions(page), expected);
  assert.deepEqual(await names(page), phones.map(({ full_name }) => full_name));
}

onDashboard(
  "signs in to the sandbox automatically and shows the first of 137 phones",
  async (page) => {
    assert.ok(await page.getByText("served from your own computer").isVisible());
    const first = await api.list({ size: 10 });
    await showsPhones(page, first.items);
    assert.ok(await page.getByText("Page 1 of 14").isVisible());
    assert.equal(page.url(), `${SANDBOX}/`);
    const html = await page.content();
    for (const { password } of first.items) assert.ok(!html.includes(password), "a password is in the page");
  },
  { url: `${SANDBOX}/` },
);

onDashboard("search finds names with and without accents", async (page) => {
  for (const keyword of ["Đỗ Ngọc", "do ngoc", "khoa.le@", "6349"]) {
    const { items, total_items } = await api.list({ keyword, size: 10 });
    assert.ok(total_items > 0 && total_items < 137);
    await search(page).fill(keyword);
    await showsPhones(page, items);
    assert.ok(await page.getByText(total_items === 1 ? "1 phone" : `${total_items} phones`, { exact: true }).isVisible());
  }
});

onDashboard("typing sends one request, not one per letter", async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  // The page's clock is paused while the keyword is typed.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await search(page).pressSequentially("Ngọc");
  assert.deepEqual(asked, []);
  await page.clock.resume();
  await page.getByText("137 phones").waitFor({ state: "hidden" });
  assert.equal(asked.length, 1);
});

onDashboard("an outdated request is aborted and its response is not shown", async (page) => {
  const release = await holdResponses(page, "keyword=147");
  const before = await page.locator(".list-page").boundingBox();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).searchParams.get("page")));
  const outdated = page.waitForRequest(/keyword=147/);
  await search(page).fill("147");
  await outdated;
  // While it waits, the old rows stay in place.
  await page.locator("[aria-busy=true]").waitFor();
  assert.deepEqual(await page.locator(".list-page").boundingBox(), before);
  // It is not known yet whether the new result has a next page.
  await button(page, "Next").click();

  const failed = page.waitForEvent("requestfailed");
  await search(page).fill("145");
  assert.equal((await failed).failure().errorText, "net::ERR_ABORTED");
  await showsPhones(page, [api.items[1]]);
  release();
  await page.unrouteAll({ behavior: "wait" });
  await showsPhones(page, [api.items[1]]);
  assert.deepEqual(asked, ["1", "1"]);
  // An aborted request is not shown as an error, not even briefly.
  assert.equal(await page.locator("[role=alert]").count(), 0);
  assert.equal(await page.locator("[aria-busy=true]").count(), 0);
});

onDashboard("pagination: next, previous, last page, page size", async (page) => {
  await button(page, "Next").click();
  await page.getByText("Page 2 of 14").waitFor();
  await showsPhones(page, api.items.slice(10, 20));
  await button(page, "Previous").click();
  await page.getByText("Page 1 of 14").waitFor();
  await page.getByLabel("Phones per page").selectOption("50");
  await page.getByText("Page 1 of 3").waitFor();
  await showsPhones(page, api.items.slice(0, 50));
  for (const number of [2, 3]) {
    await button(page, "Next").click();
    await page.getByText(`Page ${number} of 3`).waitFor();
  }
  await showsPhones(page, api.items.slice(100));
  // There is no next page, and the focus is still on the button.
  assert.equal(await button(page, "Next").getAttribute("aria-disabled"), "true");
  assert.equal(await focused(page), "Next");
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).searchParams.get("page")));
  await page.keyboard.press("Enter");
  await search(page).fill("147");
  await page.getByText("Page 1 of 1").waitFor();
  assert.deepEqual(asked, ["1"]);
});

onDashboard("detail: the password is hidden until requested, and removed when the dialog closes", async (page) => {
  const dialog = page.getByRole("dialog");
  const password = dialog.locator("output");
  const masks = new Set();
  for (const { sip_user, password: secret, full_name } of [api.items[0], api.items[5]]) {
    await page.getByRole("cell", { name: full_name, exact: true }).click();
    await dialog.getByText(full_name).waitFor();
    await dialog.getByText("wss://wssvn.omicrm.com").waitFor();
    assert.ok(!(await page.content()).includes(secret));
    masks.add(await password.textContent());
    await button(page, "Show password").click();
    assert.equal(await password.textContent(), secret);
    await button(page, "Hide").click();
    assert.ok(!(await page.content()).includes(secret));
    await button(page, "Show password").click();
    await button(page, "Close").click();
    await dialog.waitFor({ state: "hidden" });
    // The `close` event comes a little later.
    await page.waitForFunction(() => !document.querySelector(".extension-body").hasChildNodes());
    assert.ok(!(await page.content()).includes(secret));
    assert.equal(await focused(page), sip_user);
  }
  assert.equal(masks.size, 1, "the dots reveal the length of the password");
});

onDashboard("detail: hotlines are shown if the response has them", async (page) => {
  const dialog = page.getByRole("dialog");
  for (const [extension, shown] of [["102", true], ["103", false]]) {
    await button(page, extension).click();
    await dialog.getByText("WebSocket").waitFor();
    assert.equal(await dialog.getByText("Hotlines").isVisible(), shown);
    await page.keyboard.press("Escape");
  }
});

onDashboard(
  "a wrong token shows the package's error; a valid one signs in",
  async (page) => {
    await button(page, "Sign out").click();
    await page.getByLabel("Access token", { exact: true }).check();
    await page.getByLabel("Token or key").fill("not-a-token");
    await button(page, "Sign in").click();
    await alert(page).waitFor();
    const { message, kind } = await packageError(page, { accessToken: "not-a-token" });
    assert.equal(await alert(page).locator("[data-field=message]").textContent(), message);
    assert.equal(kind, "auth");
    assert.match(await alert(page).textContent(), /kind: auth/);
    assert.ok(!message.includes("not-a-token"));
    await page.getByLabel("Token or key").fill(api.token);
    await page.keyboard.press("Enter");
    await page.getByText("137 phones").waitFor();
  },
  { expected: [/^error: Failed to load resource: .* 401 / ] },
);

onDashboard("signing out aborts requests and removes the data", async (page) => {
  await holdResponses(page, "keyword=147");
  const failed = page.waitForEvent("requestfailed");
  const asked = page.waitForRequest(/keyword=147/);
  await search(page).fill("147");
  await asked;
  await button(page, "Sign out").click();
  assert.equal((await failed).failure().errorText, "net::ERR_ABORTED");
  await button(page, "Sign in").waitFor();
  assert.equal(await search(page).isVisible(), false);
  assert.deepEqual(await extensions(page), []);
});

onDashboard("everything works with the keyboard", async (page) => {
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  assert.equal(await search(page).evaluate((field) => field === document.activeElement), true);
  await press("Tab", "Tab");
  assert.equal(await focused(page), "145");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "the focus is visible");
  await press("Enter");
  await button(page, "Show password").waitFor();
  await press("Tab");
  assert.equal(await focused(page), "Show password");
  await press("Enter", "Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "145");
  await press("Shift+Tab", "Shift+Tab", "Shift+Tab");
  assert.equal(await focused(page), "Sign out");
  await press("Enter");
  await button(page, "Sign in").waitFor();
  assert.equal(await focused(page), "baseUrl");
  await press("Tab", "ArrowUp", "ArrowDown", "Tab", "Tab", "Enter");
  await page.getByText("137 phones").waitFor();
});

onDashboard("a search without results says so and can be cleared", async (page) => {
  await search(page).fill("không có ai");
  await page.getByText("No phone matches “không có ai”.").waitFor();
  assert.deepEqual(await page.getByRole("row").count(), 0);
  await button(page, "Clear search").click();
  await showsPhones(page, api.items.slice(0, 10));
  assert.equal(await search(page).inputValue(), "");
});

onDashboard(
  "network error: list and detail show it, and retrying works",
  async (page) => {
    const fail = (route) => route.abort();
    await page.route(LIST, fail);
    await search(page).fill("147");
    await alert(page).waitFor();
    const { message, kind } = await packageError(page, { accessToken: api.token });
    assert.equal(kind, "network");
    assert.equal(await alert(page).locator("[data-field=message]").textContent(), message);
    assert.equal(await page.getByRole("row").count(), 0);
    await page.unroute(LIST, fail);
    await button(page, "Try again").click();
    await showsPhones(page, api.items.slice(0, 1));
    assert.equal(await alert(page).count(), 0);

    await page.route(DETAIL, fail);
    await button(page, "147").click();
    await alert(page).waitFor();
    assert.match(await alert(page).textContent(), /kind: network/);
    await page.unroute(DETAIL, fail);
    await button(page, "Try again").click();
    await button(page, "Show password").waitFor();
  },
  { expected: [/^error: Failed to load resource: net::ERR_FAILED/] },
);

onDashboard("texts from the server are never interpreted as HTML", async (page) => {
  const name = "<img src=x onerror=alert(1)>";
  await page.route(LIST, async (route) => {
    const body = await (await route.fetch()).json();
    body.payload.items[0].full_name = name;
    await route.fulfill({ json: body });
  });
  await search(page).fill("145");
  await page.getByText("1 phone", { exact: true }).waitFor();
  await showsPhones(page, [{ ...api.items[1], full_name: name }]);
});

onEveryScreen(
  onDashboard,
  "layout",
  async (page, look) => {
    await look("list");
    await button(page, "102").click();
    await button(page, "Show password").waitFor();
    await look("detail");
    await page.keyboard.press("Escape");
    await search(page).fill("không có ai");
    await page.getByText("No phone matches").waitFor();
    await look("empty");
    await page.route(LIST, (route) => route.abort());
    await button(page, "Clear search").click();
    await alert(page).waitFor();
    await look("error");
    await button(page, "Sign out").click();
    await button(page, "Sign in").waitFor();
    await look("sign-in");
  },
  [/^error: Failed to load resource: net::ERR_FAILED/],
);
