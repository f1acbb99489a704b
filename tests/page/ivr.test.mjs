// lintIvr, simulateIvr and ivrDiagram in Chromium; diagrams rendered by Mermaid; and hostile inputs.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { openPage, root, sample } from "./support.mjs";

let chrome, samples;

before(async () => {
  chrome = await openPage();
  await chrome.page.addScriptTag({ path: path.join(root, "tests/node_modules/mermaid/dist/mermaid.min.js") });
  const names = ["key_interaction_list", "internal_group_list", "greeting_list", "internal_phone_list"];
  const [scripts, groups, greetings, phones] = await Promise.all(names.map(async (name) => (await sample(name)).payload));
  samples = { scripts, groups, greetings, phones };
});
after(() => chrome.close());

/** Runs a function body that uses `sdk` and `input` in the page. */
const run = (body, input) =>
  chrome.page.evaluate(([body, input]) => outcome(() => new Function("sdk", "input", body)(sdk, input)), [body, input]);

const MAIN = "632969ce7534d97b0933d51d";
const id = (number) => number.toString(16).padStart(24, "0");
const menu = (number, keys, more) => ({
  _id: id(number), script_name: `Menu ${number}`, script_number: String(number), greeting_id: id(900), invalid_sound_id: id(901), max_failure: 3, time_out: 5,
  scripts: Object.entries(keys).map(([ivr, to]) => ({ ivr, action_type: to < 100 ? "Ivr_menu" : "Ring_group", action: id(to) })), ...more,
});
const sales = { _id: id(100), group_name: "Sales", strategy: "random", members: [{ agent_id: "an", timeout: 20 }] };
const toSales = { action_type: "Ring_group", action: id(100) };

test("lintIvr finds the expected issues in the recorded samples", async () => {
  const { value } = await run("return sdk.lintIvr(input)", samples);
  assert.deepEqual(value.issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`), [
    "warning ivr-sound-unknown /scripts/items/0/greeting_id",
    "hint ivr-invalid-sound-missing /scripts/items/0/invalid_sound_id",
    "hint ivr-option-unassigned /scripts/items/0/scripts/2",
    "hint ivr-option-unassigned /scripts/items/0/scripts/3",
    "hint ivr-option-unassigned /scripts/items/0/scripts/4",
    "warning ivr-fallback-missing /scripts/items/0/action_type",
  ]);
  assert.equal(value.ok, true);
});

test("validateIvrScript and lintIvr find the same issues", async () => {
  const scripts = [menu(1, { 1: 2, 2: 1 }), menu(2, { 1: 3, 2: 1 }), menu(3, { 1: 777 }), menu(4, { 1: 100 }, toSales)];
  const { value } = await run(
    `const tenant = { ...input, startScripts: [input.scripts[0]._id] };
     return { all: sdk.lintIvr(tenant), each: input.scripts.map((script) => sdk.validateIvrScript(script, tenant)) };`,
    { scripts, groups: [sales] },
  );
  const alone = value.each.flatMap(({ issues }, at) => issues.map((issue) => ({ ...issue, path: `/scripts/${at}${issue.path}` })));
  assert.deepEqual(value.all.issues, alone);
  assert.equal(value.all.ok, false);
  const traps = value.all.issues.filter(({ code }) => code === "ivr-trap").map(({ path }) => path);
  assert.deepEqual(traps, ["/scripts/0/scripts", "/scripts/1/scripts", "/scripts/2/scripts"]);
  // Every path points to an existing value, or to a field that is missing in one.
  for (const { path } of value.all.issues) {
    const steps = path.split("/").slice(1);
    const parent = steps.slice(0, -1).reduce((at, step) => at[step], { scripts });
    assert.equal(typeof parent, "object", path);
  }
  assert.deepEqual(value.all.issues.find(({ code }) => code === "ivr-cycle"), {
    code: "ivr-cycle", severity: "hint", path: "/scripts/0/scripts/0/action", message: "Menus form a loop: Menu 1 → Menu 2 → Menu 1", params: { names: "Menu 1 → Menu 2 → Menu 1" },
  });
});

test("simulateIvr follows keys and timeouts", async () => {
  const { value } = await run(`return sdk.simulateIvr(input, { start: "${MAIN}", events: ["1"] })`, samples);
  assert.deepEqual(value, {
    steps: [{ scriptId: MAIN, scriptName: "KỊCH BẢN BẤM PHÍM", greetingId: "6209c99b067f745da47367f3", isShortGreeting: false, event: "1", path: "/scripts/0/action", failures: 0, timeouts: 0, depth: 1, seconds: 0 }],
    ending: { kind: "group", groupId: "62ff119508d4bf3ea694a44a", groupName: "Nhóm CSKH", strategy: "enterprise", rings: [{ agentId: "6209c98561c1cb163ded25fa", seconds: 30 }], ringSeconds: 30 },
  });
  const scripts = [menu(1, { 1: 2 }), menu(2, { 0: 1 }, toSales)];
  const call = await run("return sdk.simulateIvr(input, { start: input.scripts[0]._id, events: ['1', 'timeout'] })", { scripts, groups: [sales], phones: [{ sip_user: "147", agent_id: "an", full_name: "An" }] });
  assert.deepEqual(call.value.ending.rings, [{ extension: "147", agentId: "an", fullName: "An", seconds: 20 }]);
  assert.equal(call.value.steps[1].seconds, 5);
});

test("invalid options of simulateIvr and ivrDiagram are usage errors", async () => {
  const scripts = [menu(1, {})];
  const cases = [
    ["sdk.simulateIvr(input, { start: 'nobody' })", "/start", /"nobody"/],
    ["sdk.simulateIvr(input, {})", "/start", /`options.start`/],
    ["sdk.simulateIvr(input)", "/start", /`options.start`/],
    ["sdk.simulateIvr(input, { start: input.scripts[0]._id, events: ['1', 'A'] })", "/events/1", /"timeout"/],
    ["sdk.simulateIvr(input, { start: input.scripts[0]._id, events: [1] })", "/events/0", /"timeout"/],
    ["sdk.simulateIvr(input, { start: input.scripts[0]._id, events: '1' })", "/events", /array/],
    ["sdk.simulateIvr(input, { start: input.scripts[0]._id, events: Array(10001).fill('*') })", "/events", /10000/],
    ["sdk.simulateIvr({ scripts: [{ ...input.scripts[0], is_deleted: true }] }, { start: input.scripts[0]._id })", "/start", /does not list/],
    ["sdk.ivrDiagram(input, { format: 'png' })", "/format", /"svg"/],
    ["sdk.ivrDiagram(input)", "/format", /"svg"/],
    ["sdk.ivrDiagram(input, { format: 'svg', focus: 'nobody' })", "/focus", /`options.focus`/],
    ["sdk.ivrDiagram(input, { format: 'svg', focus: 7 })", "/focus", /`options.focus`/],
    ["sdk.lintIvr({ groups: [] })", "/scripts", /`tenant.scripts`/],
    ["sdk.lintIvr({ scripts: 'none' })", "/scripts", /array/],
  ];
  for (const [call, place, message] of cases) {
    const end = await run(`return ${call}`, { scripts });
    assert.equal(end.kind, "usage", call);
    assert.equal(end.path, place, call);
    assert.match(end.message, message);
  }
});

// Names that must stay text: not an element, a script, a line of Mermaid or the end of the SVG.
const HOSTILE = [
  '"]-->X["', "<img src=x onerror=\"window.hacked = 1\">", "</title></text></svg><script>window.hacked = 1</script>", "%%{init: {}}%%", "end", "click s0 href \"javascript:window.hacked=1\"",
  "`**bold**`", "#quot;#35;#lt;b>", "&lt;b&gt; &amp;", "a\nb --> c\r\nsubgraph x", "style s0 fill:#f00;", "]]>", "<!--", "\u0001\u001b[31m\uFFFF", "\u202Eabc\u2066", "{{x}} ((y)) [/z/]", "'single' \\ | ; : @{ shape: circle }", "💥 Nguyễn 漢字 עברית", "N".repeat(10_000), "",
];

test("hostile names stay text in both formats", async () => {
  const scripts = HOSTILE.map((script_name, at) => menu(at + 1, { 1: at + 2, 2: 100 + at, 3: 99 }, { script_name, script_number: script_name }));
  const groups = HOSTILE.map((group_name, at) => ({ ...sales, _id: id(100 + at), group_name }));
  const unknown = HOSTILE.map((action, at) => ({ ivr: HOSTILE[at], action_type: "Ring_group", action }));
  scripts.push(menu(50, {}, { scripts: unknown }));
  const { value: svg, message } = await run(
    "const report = { issues: input.hostile.map((message, at) => ({ severity: at % 2 ? 'error' : 'warning', path: `/scripts/${at}/scripts`, message })) }; return sdk.ivrDiagram(input, { format: 'svg', report })",
    { scripts, groups, hostile: HOSTILE },
  );
  assert.ok(svg, message);
  const seen = await chrome.page.evaluate(async (svg) => {
    const holder = document.body.appendChild(document.createElement("div"));
    holder.innerHTML = svg;
    const names = (node) => [...new Set([...node.querySelectorAll("*")].map((one) => one.localName))].sort();
    const texts = [...holder.querySelectorAll("text")].map((text) => text.textContent);
    const xml = new DOMParser().parseFromString(svg, "image/svg+xml");
    const seen = { inHtml: names(holder), inXml: names(xml), attributes: [...new Set([...holder.querySelectorAll("*")].flatMap((one) => one.getAttributeNames()))].sort(), texts, roots: holder.children.length, longest: Math.max(...texts.map((text) => text.length)) };
    holder.remove();
    await new Promise((done) => setTimeout(done, 50));
    return { ...seen, hacked: window.hacked };
  }, svg);
  const elements = ["desc", "g", "path", "rect", "style", "svg", "text", "title"];
  assert.deepEqual(seen.inHtml, elements);
  assert.deepEqual(seen.inXml, elements);
  assert.ok(seen.attributes.every((name) => /^(class|d|data-(group|hangup|script|unknown)|fill|height|role|rx|stroke|viewBox|width|x|xmlns|y)$/.test(name)), String(seen.attributes));
  assert.equal(seen.roots, 1);
  assert.equal(seen.hacked, undefined);
  assert.ok(seen.longest < 60, String(seen.longest));
  for (const name of ['"]-->X["', "%%{init: {}}%%", "end", "&lt;b&gt; &amp;", "#quot;#35;#lt;b>", "💥 Nguyễn 漢字 עברית"]) assert.ok(seen.texts.includes(name), name);

  const { value: text } = await run("return sdk.ivrDiagram(input, { format: 'mermaid' })", { scripts, groups });
  for (const htmlLabels of [true, false]) {
    const drawn = await chrome.page.evaluate(
      async ([text, htmlLabels]) => {
        mermaid.initialize({ startOnLoad: false, maxEdges: 5_000, maxTextSize: 1_000_000, htmlLabels, flowchart: { htmlLabels } });
        const { svg } = await mermaid.render(`flow${htmlLabels}`, text);
        const holder = document.body.appendChild(document.createElement("div"));
        holder.innerHTML = svg;
        await new Promise((done) => setTimeout(done, 50));
        const nodes = [...holder.querySelectorAll(".node")].map((node) => node.textContent.trim());
        const unexpected = [...holder.querySelectorAll("img, script, a, b, strong, foreignObject iframe")].map((one) => one.outerHTML);
        holder.remove();
        return { nodes, unexpected, hacked: window.hacked };
      },
      [text, htmlLabels],
    );
    assert.deepEqual([drawn.unexpected, drawn.hacked], [[], undefined]);
    const shapes = text.split("\n").filter((line) => /^[sguh]\d+[[({]/.test(line)).length;
    assert.equal(drawn.nodes.length, shapes);
    for (const name of ["%%{init: {}}%%", "end", "`**bold**`", "#quot;#35;#lt;b>"]) assert.ok(drawn.nodes.some((node) => node.replaceAll("\u00a0", " ").includes(name)), `${name} with htmlLabels ${htmlLabels}`);
  }
});

/** The rendered parts of an SVG. */
const render = (svg) =>
  chrome.page.evaluate((svg) => {
    const holder = document.body.appendChild(document.createElement("div"));
    holder.innerHTML = svg;
    const box = (one) => ({ ...one.dataset, class: one.querySelector("rect").getAttribute("class"), texts: [...one.querySelectorAll("text")].map((text) => text.textContent), title: one.querySelector("title").textContent });
    const boxes = [...holder.querySelectorAll("g[data-script], g[data-group], g[data-hangup], g[data-unknown]")].map(box);
    const { width, height } = holder.firstChild.getBoundingClientRect();
    const rects = [...holder.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect());
    const overlap = rects.some((a, at) => rects.some((b, other) => other > at && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    const spills = [...holder.querySelectorAll("g > text")].filter((text) => text.getBoundingClientRect().right > text.parentNode.querySelector("rect").getBoundingClientRect().right).map((text) => text.textContent);
    const lines = [...holder.querySelectorAll("path")].map((line) => line.getAttribute("class"));
    holder.remove();
    return { boxes, lines, overlap, spills, width, height, role: new DOMParser().parseFromString(svg, "image/svg+xml").documentElement.getAttribute("role") };
  }, svg);

test("shapes, marks, a simulated call and loops are distinguishable", async () => {
  const scripts = [menu(1, { 1: 2, 2: 100, 3: 100 }), menu(2, { 1: 1, 9: 777 }, { script_name: "" }), menu(3, { 1: 100 }, toSales), menu(4, {}, { is_deleted: true })];
  const { value } = await run(
    `const report = sdk.lintIvr(input), simulation = sdk.simulateIvr(input, { start: input.scripts[0]._id, events: ["1", "timeout"] });
     return sdk.ivrDiagram(input, { format: "svg", report, simulation })`,
    { scripts, groups: [sales], startScripts: [id(1)] },
  );
  const { boxes, lines, overlap, spills, role } = await render(value);
  assert.deepEqual([overlap, spills, role], [false, [], "img"]);
  const shown = boxes.map(({ class: look, texts, title, ...data }) => [Object.keys(data)[0], look, ...texts]);
  assert.deepEqual(shown, [
    ["script", "n p", "▶ Menu 1", "1 · start"],
    ["script", "n e p", "2", "2", "✖ Script name is required"],
    ["script", "n d", "↪ go to Menu 1"],
    ["unknown", "n d e", "? not found: 0000000000000…", "✖ Destination 00000000000…"],
    ["hangup", "n p", "✕ hang up", "⚠ A caller who presses not…"],
    ["group", "g", "☎ Sales", "members: 1"],
    ["hangup", "n", "✕ hang up", "⚠ A caller who presses not…"],
    ["script", "n", "Menu 3", "3"],
    ["group", "g", "☎ Sales", "members: 1"],
    ["group", "g", "☎ Sales", "members: 1"],
  ]);
  assert.deepEqual(lines.toSorted(), ["", "", "", " e", " p", "d", "d w", "d w p"]);
  assert.match(boxes[3].title, /^0+309 · error: Destination 0+309 does not exist$/);
});

test("a focus shows the reachable menus and those that lead to it", async () => {
  const scripts = [menu(1, { 1: 2, 2: 100 }), menu(2, { 1: 3 }), menu(3, { 1: 100 }), menu(4, { 1: 3 }), menu(5, { 1: 4 })];
  const { value } = await run("return [2, 3].map((at) => sdk.ivrDiagram(input, { format: 'svg', focus: input.scripts[at - 1]._id }))", { scripts, groups: [sales] });
  const names = async (svg) => (await render(svg)).boxes.map(({ texts }) => texts[0]);
  assert.deepEqual(await names(value[0]), ["Menu 1", "Menu 2", "Menu 3", "☎ Sales", "✕ hang up", "✕ hang up"]);
  assert.deepEqual(await names(value[1]), ["Menu 2", "Menu 3", "☎ Sales", "✕ hang up", "Menu 4", "↪ go to Menu 3"]);
});

test("200 scripts do not overlap, and small trees are arranged in rows", async () => {
  const children = (at) => Object.fromEntries([1, 2, 3].map((key) => [key, at * 3 + key - 1]).filter(([, to]) => to <= 90 && to > 1));
  const tree = Array.from({ length: 90 }, (_, at) => menu(at + 1, { ...children(at + 1), 9: 100 }, { script_name: "Chăm sóc khách hàng doanh nghiệp WWWW" }));
  const loose = Array.from({ length: 110 }, (_, at) => menu(5_000 + at, { 1: 100 }, toSales));
  const { value } = await run("return sdk.ivrDiagram({ ...input, language: 'vi' }, { format: 'svg' })", { scripts: [...tree, ...loose], groups: [sales] });
  const { boxes, overlap, spills, width, height } = await render(value);
  assert.equal(new Set(boxes.map(({ script }) => script).filter(Boolean)).size, 200);
  assert.deepEqual([overlap, spills], [false, []]);
  assert.ok(width / height > 0.3 && width / height < 3, `${width} × ${height}`);
  const drawn = await chrome.page.evaluate(async (text) => (await mermaid.parse(text)).diagramType, (await run("return sdk.ivrDiagram(input, { format: 'mermaid' })", { scripts: [...tree, ...loose], groups: [sales] })).value);
  assert.match(drawn, /flowchart/);
});

test("hostile inputs cause a result or an OmiCallError", async () => {
  const { value } = await run(`
    const cyclic = { scripts: [] };
    cyclic.scripts.push(cyclic, cyclic.scripts);
    const thrower = new Proxy({}, { get() { throw new RangeError("mine") } });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const long = "x".repeat(10_000_000);
    const things = [null, undefined, [], [[]], 5, NaN, "text", long, true, Symbol("s"), 5n, () => {}, cyclic, thrower, revoked.proxy, new Date(), new Map(),
      JSON.parse('{"__proto__":{"scripts":[]},"scripts":[{"__proto__":{"_id":"a"},"_id":"__proto__","scripts":[{"ivr":"1","action":"__proto__","action_type":"constructor"}]}],"groups":[{"_id":"toString"}]}'),
      { scripts: [null, 5, "x", [], thrower] }, { scripts: [null, 5, "x", [], {}] }, { scripts: [{ _id: long, script_name: long, scripts: [{ ivr: long, action: long, action_type: long }] }] },
      { scripts: { length: 4e9 } }, { scripts: Object.assign([], { length: 4e9 }) }, { scripts: [{ scripts: [{}, null, thrower] }] }, { scripts: [], groups: 5 }, { scripts: [], language: "fr" }];
    const ends = [];
    const good = { scripts: [{ _id: "a", scripts: [] }] };
    const call = (name, ...args) => {
      try {
        const value = sdk[name](...args);
        ends.push(typeof value);
      } catch (error) {
        ends.push(error instanceof sdk.OmiCallError ? error.kind : name + ": " + String(error));
      }
    };
    for (const thing of things) {
      call("lintIvr", thing);
      call("simulateIvr", thing, { start: "a" });
      call("simulateIvr", good, thing);
      call("simulateIvr", good, { start: thing, events: thing });
      call("simulateIvr", good, { start: "a", events: thing });
      for (const format of ["svg", "mermaid"]) {
        call("ivrDiagram", thing, { format });
        call("ivrDiagram", good, { format, focus: thing });
        call("ivrDiagram", good, { format, report: thing, simulation: thing });
        call("ivrDiagram", good, { format, report: { issues: thing }, simulation: { steps: thing, ending: thing } });
        call("ivrDiagram", good, { format, report: { issues: [thing, { severity: "error", path: "/scripts/99999999999999999999/x", message: thing }, { severity: "error", path: "/scripts/0/scripts/-1/é", message: long }] } });
      }
      call("ivrDiagram", good, thing);
    }
    return { ends: [...new Set(ends)].sort(), count: ends.length, still: sdk.lintIvr(good).issues.length > 0 };`);
  assert.deepEqual(value.ends, ["object", "string", "usage"]);
  assert.equal(value.count, 26 * 16);
  assert.equal(value.still, true);
});
