// Compares lintIvr with the same rules in plain JavaScript, in Node and in a browser.

const id = (number) => number.toString(16).padStart(24, "0");
const GROUPS = 50;
const groups = Array.from({ length: GROUPS }, (_, at) => ({ _id: id(at + 1), group_name: `Nhóm ${at}`, members: [{ agent_id: "a", timeout: 20 }], strategy: "random" }));
const greetings = [{ _id: id(9_001), greeting_name: "Chào" }, { _id: id(9_002), greeting_name: "Sai phím" }];

/** Menus with ten keys: some lead to other menus, most to groups, and in every tenth menu one leads back to the first. */
function tenant(count) {
  const script = (at) => id(100_000 + at);
  const scripts = Array.from({ length: count }, (_, at) => ({
    _id: script(at), script_name: `Kịch bản ${at}`, script_number: String(166_000 + at), greeting_id: id(9_001), greeting_short_id: "", invalid_sound_id: id(9_002),
    is_deleted: false, time_out: 5, max_failure: 3, action_type: "Ring_group", action: id((at % GROUPS) + 1), ivr_direct_menu_dial: null,
    scripts: Array.from({ length: 10 }, (_, key) => {
      const inner = at * 4 + key + 1;
      if (key < 4 && inner < count) return { key: null, ivr: String(key), action_type: "Ivr_menu", action: script(inner), action_name: null };
      if (key === 9 && at % 10 === 0 && at > 0) return { key: null, ivr: "9", action_type: "Ivr_menu", action: script(0), action_name: null };
      return { key: null, ivr: String(key), action_type: "Ring_group", action: id(((at + key) % GROUPS) + 1), action_name: null };
    }),
  }));
  return { scripts, groups, greetings, startScripts: [script(0)] };
}

const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\ufffd]/;

/** The rules of lintIvr that apply to these scripts, in plain JavaScript. */
function plain({ scripts, groups, greetings, startScripts }) {
  const issues = [];
  const add = (code, severity, path, message, params = {}) => issues.push({ code, severity, path, message, params });
  const index = (list) => new Map(list.filter((one) => !one.is_deleted).map((one) => [one._id, one]));
  const [scriptOf, groupOf, greetingOf] = [index(scripts), index(groups), index(greetings)];
  const at = new Map(scripts.map((script, number) => [script._id, number]));
  const fold = (name) => name.trim().normalize("NFC").toLowerCase();
  const names = new Map();
  for (const script of scripts) names.has(fold(script.script_name)) || names.set(fold(script.script_name), script);
  const ways = scripts.map((script) => [...script.scripts.map(({ action_type, action }, key) => ({ action_type, action, path: `/scripts/${key}/action` })), { action_type: script.action_type, action: script.action, path: "/action" }].filter(({ action }) => action));
  const menus = ways.map((list) => list.filter(({ action_type, action }) => action_type === "Ivr_menu" && at.has(action)).map(({ action, path }) => ({ to: at.get(action), path })));
  // Strongly connected components (Tarjan, without recursion), and levels on them.
  const found = [], back = [], component = [], sizes = [], levels = [], open = [];
  let clock = 0;
  for (let root = 0; root < scripts.length; root++) {
    if (found[root] !== undefined) continue;
    const trail = [[root, 0]];
    while (trail.length) {
      const top = trail[trail.length - 1];
      const node = top[0];
      if (found[node] === undefined) (found[node] = back[node] = clock++), open.push(node);
      if (top[1] < menus[node].length) {
        const { to } = menus[node][top[1]++];
        if (found[to] === undefined) trail.push([to, 0]);
        else if (component[to] === undefined) back[node] = Math.min(back[node], found[to]);
        continue;
      }
      trail.pop();
      if (trail.length) back[trail[trail.length - 1][0]] = Math.min(back[trail[trail.length - 1][0]], back[node]);
      if (back[node] !== found[node]) continue;
      const members = open.splice(open.lastIndexOf(node));
      for (const member of members) component[member] = sizes.length;
      let deepest = 0;
      for (const member of members) for (const { to } of menus[member]) if (component[to] !== sizes.length) deepest = Math.max(deepest, levels[component[to]]);
      sizes.push(members.length);
      levels.push(deepest + 1);
    }
  }
  const reaches = ways.map((list) => list.some(({ action_type, action }) => action_type === "Ring_group" && groupOf.has(action)));
  for (let round = 1, changed = true; round < 12 && changed; round++) {
    changed = false;
    for (const node of [...reaches.keys()].filter((node) => !reaches[node] && menus[node].some(({ to }) => reaches[to]))) changed = reaches[node] = true;
  }
  const reached = new Set(startScripts.map((start) => at.get(start)));
  for (const node of reached) for (const { to } of menus[node]) reached.add(to);
  scripts.forEach((script, number) => {
    const path = `/scripts/${number}`;
    if (CONTROL.test(script.script_name)) add("text-control-character", "error", `${path}/script_name`, "cannot be shown");
    if (!script.script_name.trim()) add("ivr-name-required", "error", `${path}/script_name`, "Script name is required");
    else if (names.get(fold(script.script_name)) !== script) add("ivr-name-taken", "error", `${path}/script_name`, "taken");
    if (!script.greeting_id.trim()) add("ivr-greeting-required", "error", `${path}/greeting_id`, "Choose a greeting");
    for (const field of ["greeting_id", "greeting_short_id", "invalid_sound_id"]) if (script[field] && !greetingOf.has(script[field])) add("ivr-sound-unknown", "error", `${path}/${field}`, "does not exist");
    if (!script.invalid_sound_id) add("ivr-invalid-sound-missing", "hint", `${path}/invalid_sound_id`, "No sound for a wrong key");
    if (!Number.isInteger(script.max_failure) || script.max_failure < 1) add("ivr-max-failure-invalid", "error", `${path}/max_failure`, "whole");
    else if (script.max_failure > 5) add("ivr-max-failure-unusual", "hint", `${path}/max_failure`, "long");
    if (!Number.isInteger(script.time_out) || script.time_out < 1) add("ivr-timeout-invalid", "error", `${path}/time_out`, "whole");
    else if (script.time_out < 3 || script.time_out > 30) add("ivr-timeout-unusual", "warning", `${path}/time_out`, "unusual");
    const options = script.scripts.filter(({ action }) => action).length;
    if (!options) add("ivr-no-options", script.action_type && script.action ? "hint" : "warning", `${path}/scripts`, "No key leads anywhere");
    if (options > 5) add("ivr-many-options", "hint", `${path}/scripts`, `${options} options are hard to remember`, { count: options });
    const used = new Set(script.scripts.map(({ ivr }) => ivr));
    const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => used.has(String(digit)));
    const missing = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => digit > digits[0] && digit < digits.at(-1) && !digits.includes(digit));
    if (missing.length) add("ivr-key-gap", "hint", `${path}/scripts`, `Keys skip ${missing.join(", ")}`);
    const seen = new Set();
    const longer = script.scripts.map(({ ivr }) => ivr).filter((ivr) => ivr.length > 1);
    script.scripts.forEach(({ ivr, action_type, action }, key) => {
      const place = `${path}/scripts/${key}`;
      if (!/^[0-9*#]+$/.test(ivr)) add("ivr-key-invalid", "error", `${place}/ivr`, "not a key");
      else if (ivr.length > 1) add("ivr-key-multi-digit", "warning", `${place}/ivr`, "several digits");
      if (ivr === "#") add("ivr-key-hash", "warning", `${place}/ivr`, "#");
      if (seen.size === seen.add(ivr).size) add("ivr-key-duplicate", "error", `${place}/ivr`, "twice");
      if (ivr.length === 1 && longer.some((other) => other.startsWith(ivr))) add("ivr-key-prefix", "warning", `${place}/ivr`, "answers before");
      if (!action_type && !action) return add("ivr-option-unassigned", "hint", place, "does nothing");
      if (!action_type) return add("ivr-action-orphan", "warning", `${place}/action_type`, "no type");
      if (!["Ring_group", "Ivr_menu"].includes(action_type)) return add("ivr-action-type-unknown", "warning", `${place}/action_type`, "unknown");
      if (!action) return add("ivr-action-missing", "error", `${place}/action`, "choose");
      if (!/^[0-9a-f]{24}$/i.test(action)) add("ivr-action-id-format", "error", `${place}/action`, "24 digits");
    });
    for (const way of ways[number]) {
      const [group, inner] = [groupOf.get(way.action), scriptOf.get(way.action)];
      if (!group && !inner) add("ivr-target-unknown", "error", path + way.path, "does not exist");
      else if (!!group !== (way.action_type === "Ring_group")) add("ivr-target-type-mismatch", "error", path + way.path, "mismatch");
      if (group?.members.length === 0) add("ivr-group-empty", "warning", path + way.path, "no members");
      if (way.action === script._id) add("ivr-self-loop", "hint", path + way.path, "Returns to itself");
    }
    if (!script.action_type || !script.action) add("ivr-fallback-missing", "warning", `${path}/action_type`, "nowhere to go");
    if (![null, "", "true", "false"].includes(script.ivr_direct_menu_dial)) add("ivr-direct-dial-value", "error", `${path}/ivr_direct_menu_dial`, "true or false");
    const own = component[number];
    const first = sizes[own] > 1 && menus[number].find(({ to }) => to !== number && component[to] === own);
    if (first) {
      // The shortest loop, of at most 32 scripts.
      const from = [[first.to, -1]];
      let loop;
      for (let step = 0; step < from.length && !loop; step++) {
        for (const { to } of menus[from[step][0]]) {
          if (to === number) {
            loop = [number];
            for (let back = step; back >= 0; back = from[back][1]) loop.push(from[back][0]);
            loop = [...loop, number].reverse();
            break;
          }
          if (component[to] === own && from.length < 32 && !from.some(([known]) => known === to)) from.push([to, step]);
        }
      }
      add("ivr-cycle", "hint", path + first.path, `Menus form a loop: ${(loop ?? [number]).map((node) => scripts[node].script_name).join(" → ")}`);
    }
    if (!reaches[number]) add("ivr-trap", "error", `${path}/scripts`, "No key sequence ever reaches anybody");
    if (levels[own] > 3) add("ivr-too-deep", levels[own] < 12 ? "hint" : "warning", path, `${levels[own]} levels deep`, { levels: levels[own] });
    if (!reached.has(number)) add("ivr-unreachable", "hint", path, "Nothing leads here");
  });
  groups.forEach(({ group_name, strategy, members, target_timeout_type, target_timeout }, number) => {
    const path = `/groups/${number}`;
    if (CONTROL.test(group_name)) add("text-control-character", "error", `${path}/group_name`, "cannot be shown");
    if (!group_name.trim()) add("group-name-required", "error", `${path}/group_name`, "Group name is required");
    const times = members.map(({ timeout }) => timeout);
    const seconds = strategy === "enterprise" ? Math.max(0, ...times) : times.reduce((sum, timeout) => sum + timeout, 0);
    if (seconds > 60) add("group-total-ring-long", seconds > 180 ? "warning" : "hint", `${path}/members`, `${seconds} s of ringing`);
    if (!members.length) add("group-members-empty", "warning", `${path}/members`, "No members");
    if (!target_timeout_type !== !target_timeout) add("group-overflow-incomplete", "error", path, "Choose both");
  });
  return { ok: !issues.some(({ severity }) => severity === "error"), issues };
}

/** The median time of several runs, in milliseconds. */
function time(work, runs) {
  const times = Array.from({ length: runs }, () => {
    const startTime = performance.now();
    work();
    return performance.now() - startTime;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)];
}

const codes = ({ issues }) => {
  const counts = {};
  for (const { code } of issues) counts[code] = (counts[code] ?? 0) + 1;
  return JSON.stringify(Object.entries(counts).sort());
};

/** The times of both, in milliseconds, and the time of lintIvr per script, in microseconds. */
export function compareLint({ lintIvr }) {
  if (codes(lintIvr(tenant(500))) !== codes(plain(tenant(500)))) throw new Error("both must find the same issues");
  const rows = [];
  for (const [count, runs] of [[1_000, 15], [10_000, 7], [100_000, 3]]) {
    const all = tenant(count);
    const { issues } = (plain(all), lintIvr(all));
    const [ours, theirs] = [time(() => lintIvr(all), runs), time(() => plain(all), runs)];
    rows.push({ scripts: count, issues: issues.length, lintIvr: ours, "plain JavaScript": theirs, ratio: ours / theirs, "µs per script": (ours * 1_000) / count });
  }
  return rows;
}

/** How long a form waits after each key: a script is checked in a tenant of 200 scripts and 2 000 phones, in milliseconds. */
export function checkKeystroke({ validateIvrScript }) {
  const phones = Array.from({ length: 2_000 }, (_, at) => ({ sip_user: String(1_000 + at), agent_id: id(at + 1), full_name: `Nguyễn ${at}` }));
  const context = { ...tenant(200), phones };
  const [form] = tenant(1).scripts;
  return time(() => validateIvrScript(form, context), 51);
}

/** How long a browser takes to draw the diagram of 2 000 scripts, from the tenant to the layout, in milliseconds; and its size. */
export function showDiagram({ ivrDiagram }) {
  const scripts = tenant(2_000);
  const ms = time(() => {
    document.body.innerHTML = ivrDiagram(scripts, { format: "svg" });
    document.querySelector("svg").getBBox();
    document.body.replaceChildren();
  }, 5);
  return { ms, MB: ivrDiagram(scripts, { format: "svg" }).length / 1e6 };
}

/** How long it takes to write the diagrams of 200 scripts, in milliseconds, and how large they are. */
export function drawDiagrams({ ivrDiagram }) {
  const scripts = tenant(200);
  return ["svg", "mermaid"].map((format) => ({ format, ms: time(() => ivrDiagram(scripts, { format }), 9), KB: ivrDiagram(scripts, { format }).length / 1_000 }));
}
