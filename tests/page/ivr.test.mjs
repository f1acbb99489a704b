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

test("what a page changes in place between two checks is read again", async () => {
  const { value } = await run(
    `const [script, other] = input.scripts, [group] = input.groups;
     const tenant = { ...input, startScripts: [script._id, other._id] };
     const found = () => sdk.lintIvr(tenant).issues.map(({ code, path }) => code + " " + path);
     const before = found();
     const set = (object, name, value) => {
       const old = object[name];
       object[name] = value;
       return () => (object[name] = old);
     };
     // Each change is followed by a check and undone.
     const changes = {
       text: () => set(script, "script_name", ""),
       sameName: () => set(script, "script_name", other.script_name.toUpperCase()),
       nul: () => set(script, "script_name", "a\\0b"),
       number: () => set(script, "time_out", 1),
       fraction: () => set(script, "time_out", 5.5),
       otherType: () => set(script, "time_out", "5"),
       boolean: () => set(group, "is_deleted", true),
       inList: () => set(script.scripts[0], "action", "gone"),
       longer: () => (tenant.scripts.push({ ...script, _id: "new", script_name: "New" }), () => tenant.scripts.pop()),
       shorter: () => (group.members.pop(), () => group.members.push({ agent_id: "an", timeout: 20 })),
       noObject: () => set(tenant.scripts, 1, new Map(Object.entries(other))),
       getter: () => {
         Object.defineProperty(script, "max_failure", { get: () => 0, configurable: true });
         return () => Object.defineProperty(script, "max_failure", { value: 3, writable: true, enumerable: true, configurable: true });
       },
     };
     const after = {};
     for (const [name, change] of Object.entries(changes)) {
       const undo = change();
       after[name] = found().filter((issue) => !before.includes(issue)).slice(0, 1).join();
       undo();
       if (found().join() !== before.join()) throw new Error(name + " was not undone");
     }
     // Throws as at the first call, and does not keep that either.
     Object.defineProperty(script, "action", { get: () => { throw new Error("no"); }, configurable: true });
     let thrown;
     try { found(); } catch (error) { thrown = error.path; }
     return { before, after, thrown };`,
    { scripts: [menu(1, { 1: 100 }, toSales), menu(2, { 1: 100 }, toSales)], groups: [{ ...sales, members: [...sales.members] }] },
  );
  assert.deepEqual(value, {
    before: [],
    after: {
      text: "ivr-name-required /scripts/0/script_name",
      sameName: "ivr-name-taken /scripts/0/script_name",
      nul: "text-control-character /scripts/0/script_name",
      number: "ivr-timeout-unusual /scripts/0/time_out",
      fraction: "ivr-timeout-invalid /scripts/0/time_out",
      otherType: "ivr-timeout-invalid /scripts/0/time_out",
      boolean: "ivr-target-unknown /scripts/0/scripts/0/action",
      inList: "ivr-action-id-format /scripts/0/scripts/0/action",
      longer: "ivr-unreachable /scripts/2",
      shorter: "ivr-group-empty /scripts/0/scripts/0/action",
      noObject: "ivr-name-required /scripts/1/script_name",
      getter: "ivr-max-failure-invalid /scripts/0/max_failure",
    },
    thrown: "/scripts/0/action",
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
  "$$x^2$$", "Giá $$\\frac{1}{2}$$ VND", "fa:fa-phone", "gọi fas:fa-user-tie ngay",
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
  const elements = ["desc", "g", "path", "rect", "svg", "text", "title"];
  assert.deepEqual(seen.inHtml, elements);
  assert.deepEqual(seen.inXml, elements);
  assert.ok(seen.attributes.every((name) => /^(class|d|data-(group|hangup|key|script|unknown)|fill|font-(family|size|weight)|height|pointer-events|role|rx|stroke(-dasharray|-width)?|tabindex|viewBox|width|x|xmlns|y)$/.test(name)), String(seen.attributes));
  assert.equal(seen.roots, 1);
  assert.equal(seen.hacked, undefined);
  assert.ok(seen.longest < 60, String(seen.longest));
  for (const name of ['"]-->X["', "%%{init: {}}%%", "end", "&lt;b&gt; &amp;", "#quot;#35;#lt;b>", "💥 Nguyễn 漢字 עברית"]) assert.ok(seen.texts.includes(name), name);

  const { value: text } = await run("return sdk.ivrDiagram(input, { format: 'mermaid' })", { scripts, groups });
  // Mermaid breaks lines at spaces.
  const inOneLine = (name) => name.replace(/\s/g, "");
  for (const htmlLabels of [true, false]) {
    const drawn = await chrome.page.evaluate(
      async ([text, htmlLabels]) => {
        mermaid.initialize({ startOnLoad: false, maxEdges: 5_000, maxTextSize: 1_000_000, htmlLabels, flowchart: { htmlLabels } });
        const { svg } = await mermaid.render(`flow${htmlLabels}`, text);
        const holder = document.body.appendChild(document.createElement("div"));
        holder.innerHTML = svg;
        await new Promise((done) => setTimeout(done, 50));
        // An invisible character keeps Mermaid from reading formulas and icons.
        const nodes = [...holder.querySelectorAll(".node")].map((node) => node.textContent.trim().replaceAll("\u2060", ""));
        const unexpected = [...holder.querySelectorAll("img, script, a, b, strong, math, i, foreignObject iframe, foreignObject svg")].map((one) => one.outerHTML);
        holder.remove();
        return { nodes, unexpected, hacked: window.hacked };
      },
      [text, htmlLabels],
    );
    assert.deepEqual([drawn.unexpected, drawn.hacked], [[], undefined]);
    const shapes = text.split("\n").filter((line) => /^[sguhr]\d+[[({>]/.test(line)).length;
    assert.equal(drawn.nodes.length, shapes);
    for (const name of ["%%{init: {}}%%", "end", "`**bold**`", "#quot;#35;#lt;b>", "$$x^2$$", "Giá $$\\frac{1}{2}$$ VND", "fa:fa-phone", "gọi fas:fa-user-tie ngay"]) assert.ok(drawn.nodes.some((node) => inOneLine(node).includes(inOneLine(name))), `${name} with htmlLabels ${htmlLabels}`);
  }
});

/** The rendered parts of an SVG. */
const render = (svg) =>
  chrome.page.evaluate((svg) => {
    const holder = document.body.appendChild(document.createElement("div"));
    holder.innerHTML = svg;
    // How an element looks: n (plain), g (a group), d (dashed), w (warning), e (error), p (played).
    const LOOKS = { "": "", gray: "n", seagreen: "g", "#b36b00": "w", "#d33": "e", "#1976d2": "p" };
    const look = (one) => LOOKS[one.getAttribute("stroke") ?? ""] + (one.getAttribute("stroke-dasharray") ? "d" : "");
    const box = (one) => ({ ...one.dataset, look: look(one.querySelector("rect")), texts: [...one.querySelectorAll("text")].map((text) => text.textContent), title: one.querySelector("title").textContent });
    const boxes = [...holder.querySelectorAll("g[data-script], g[data-group], g[data-hangup], g[data-unknown]")].map(box);
    const { width, height } = holder.firstChild.getBoundingClientRect();
    const rects = [...holder.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect());
    const overlap = rects.some((a, at) => rects.some((b, other) => other > at && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    const spills = [...holder.querySelectorAll("g[tabindex] > text")].filter((text) => text.getBoundingClientRect().right > text.parentNode.querySelector("rect").getBoundingClientRect().right).map((text) => text.textContent);
    const lines = [...holder.querySelectorAll("path")].map((line) => `${line.dataset.key} ${look(line)}`.trim());
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
  assert.deepEqual([overlap, spills, role], [false, [], "graphics-document document"]);
  const shown = boxes.map(({ look, texts, title, played, ...data }) => [Object.keys(data)[0], look, ...texts]);
  assert.deepEqual(shown, [
    ["script", "p", "▶ Menu 1", "1 · start"],
    ["script", "p", "2", "2", "✖ Script name is required"],
    ["script", "nd", "↪ go to Menu 1"],
    ["unknown", "ed", "? not found: 0000000000000…", "✖ Destination 00000000000…"],
    ["hangup", "p", "✕ hang up", "⚠ A caller who presses not…"],
    ["group", "g", "☎ Sales", "members: 1"],
    ["hangup", "n", "✕ hang up", "⚠ A caller who presses not…"],
    ["script", "n", "Menu 3", "3"],
    ["group", "g", "☎ Sales", "members: 1"],
    ["group", "g", "☎ Sales", "members: 1"],
  ]);
  assert.deepEqual(lines.toSorted(), ["1", "1", "1 p", "2 3", "9 e", "timeout d", "timeout pd", "timeout wd"]);
  assert.match(boxes[3].title, /^0+309 · error: Destination 0+309 does not exist$/);
});

test("the overflow of a group is drawn, and played", async () => {
  const scripts = [menu(1, { 1: 100 }), menu(2, {}, { ...toSales, script_name: "All agents are busy" })];
  const groups = [{ ...sales, target_timeout_type: "Ivr_menu", target_timeout: id(2) }, { ...sales, _id: id(101), target_timeout_type: "Recording", target_timeout: id(900) }];
  const greetings = [{ _id: id(900), greeting_name: "Chào" }, { _id: id(901) }];
  const { value } = await run(
    `const simulation = sdk.simulateIvr(input, { start: input.scripts[0]._id, events: ["1", "no-answer", "timeout"] });
     return { simulation, svg: sdk.ivrDiagram(input, { format: "svg", simulation }), codes: sdk.lintIvr(input).issues.map(({ code }) => code) }`,
    { scripts, groups, greetings, startScripts: [id(1)] },
  );
  assert.deepEqual(value.simulation.steps.map(({ scriptId, groupId, event, path }) => [groupId ?? scriptId, event, path]), [
    [id(1), "1", "/scripts/0/action"], [id(100), "no-answer", "/target_timeout"], [id(2), "timeout", "/action"],
  ]);
  assert.deepEqual([value.simulation.ending.kind, value.simulation.ending.groupId], ["group", id(100)]);
  const { boxes, lines } = await render(value.svg);
  assert.deepEqual(boxes.filter(({ played }) => played === "").map(({ texts }) => texts[0]), ["▶ Menu 1", "☎ Sales", "All agents are busy", "↪ go to ☎ Sales"]);
  assert.deepEqual(lines.filter((line) => / p/.test(line)).toSorted(), ["1 p", "no-answer pd", "timeout pd"]);
  assert.ok(value.codes.includes("ivr-cycle") && !value.codes.includes("ivr-trap") && !value.codes.includes("ivr-unreachable"), String(value.codes));
});

test("an extension is dialled digit by digit", async () => {
  const scripts = [menu(1, { 3: 100 }, { ivr_direct_menu_dial: "true" })];
  const { value } = await run(
    `return [["3", "0", "6"], ["3"], ["3", "timeout"]].map((events) => sdk.simulateIvr(input, { start: input.scripts[0]._id, events }))`,
    { scripts, groups: [sales], phones: [{ sip_user: "306", agent_id: "an", full_name: "An" }, { sip_user: "145" }] },
  );
  assert.deepEqual(value.map(({ ending: { kind, extension, fullName } }) => [kind, extension, fullName]), [["extension", "306", "An"], ["waiting", undefined, undefined], ["group", undefined, undefined]]);
  assert.deepEqual(value[0].steps.map(({ entered, greetingId }) => [entered, greetingId]), [["3", id(900)], ["30", ""], [undefined, ""]]);
});

test("without inline styles the SVG has its colours, and the keyboard reaches every box", async () => {
  const scripts = [menu(1, { 1: 2, 2: 100 }), menu(2, { 1: 777 }, toSales)];
  const { value } = await run(
    `const simulation = sdk.simulateIvr(input, { start: input.scripts[0]._id, events: ["2"] });
     return sdk.ivrDiagram(input, { format: "svg", report: sdk.lintIvr(input), simulation })`,
    { scripts, groups: [sales] },
  );
  const seen = await chrome.page.evaluate(async (svg) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'none'"><body>${svg}`;
    await new Promise((done) => (frame.onload = done, document.body.append(frame)));
    const { contentDocument: page, contentWindow: window } = frame;
    const stroke = (box) => window.getComputedStyle(page.querySelector(`${box} rect`)).stroke;
    const look = {
      played: stroke("[data-played][data-group]"), plain: stroke("[data-hangup]"), group: stroke("[data-group]:not([data-played])"), unknown: stroke("[data-unknown]"),
      mark: window.getComputedStyle([...page.querySelectorAll("text")].find((text) => text.textContent.startsWith("✖"))).fill, bold: window.getComputedStyle(page.querySelector("[data-script] text")).fontWeight,
    };
    const boxes = [...page.querySelectorAll("rect")].map((rect) => rect.parentNode);
    const focused = boxes.map((box) => (box.focus(), page.activeElement === box));
    frame.remove();
    return { look, focused, names: boxes.map((box) => box.querySelector("title").textContent.split(" · ")[0]), roles: [...new Set(boxes.map((box) => box.getAttribute("role")))] };
  }, value);
  const { mark, ...look } = seen.look;
  assert.deepEqual(look, { played: "rgb(25, 118, 210)", plain: "rgb(128, 128, 128)", group: "rgb(46, 139, 87)", unknown: "rgb(221, 51, 51)", bold: "600" });
  // Red, mixed with the text colour.
  assert.match(mark, /^(color\(srgb 0\.[6-9]|rgb\(1[5-9])/);
  assert.deepEqual(seen.focused, seen.focused.map(() => true));
  assert.deepEqual(seen.names, ["Menu 1", "Menu 2", id(777), "Sales", "Sales", "hang up"]);
  assert.deepEqual(seen.roles, ["img"]);
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
    // Read twice, it would throw at the second time.
    let reads = 0;
    const fickle = { get [Symbol.toStringTag]() { if (reads++ % 2) throw 1; return "Fickle"; } };
    const things = [null, fickle, { scripts: fickle }, undefined, [], [[]], 5, NaN, "text", long, true, Symbol("s"), 5n, () => {}, cyclic, thrower, revoked.proxy, new Date(), new Map(),
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
  assert.equal(value.count, 28 * 16);
  assert.equal(value.still, true);
});
