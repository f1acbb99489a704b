// Arguments are read once: the copy that was checked is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, vendor } from "./support.mjs";

let chrome, server;

before(async () => {
  chrome = await openPage();
  server = await vendor((request, response) => json(response, { status_code: 9999, payload: null }));
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** Runs `code` in the page with a client as `callCenter`; returns the outcome and the bodies that were sent. */
async function sent(code) {
  const first = server.requests.length;
  const outcome = await chrome.page.evaluate(
    ([base, code]) => window.outcome(() => new Function("callCenter", `return ${code}`)(client(base))),
    [server.origin, code],
  );
  return { outcome, bodies: server.requests.slice(first).map(({ body, query }) => (String(body).startsWith("{") ? JSON.parse(body) : query)) };
}

const id = "62ff11a208d4bf3ea694a539";

test("a getter that returns different values cannot bypass the checks", async () => {
  const { bodies } = await sent(`(() => {
    let reads = 0;
    return callCenter.groups.addMembers({ group_id: "${id}", get sip_users() { return reads++ ? ["not an extension"] : ["147"]; } });
  })()`);
  assert.deepEqual(bodies, [{ group_id: id, sip_users: ["147"] }]);
});

test("each member of an argument is read once, even through a Proxy", async () => {
  const { outcome, bodies } = await sent(`(() => {
    const reads = {};
    const counted = (object) => new Proxy(object, { get(target, name) { reads[String(name)] = (reads[String(name)] ?? 0) + 1; return target[name]; } });
    const group = counted({ group_name: "Sales", strategy: "rollover", sip_members: ["147"], timeout: 20 });
    return callCenter.groups.create(group).catch(() => {}).then(() => reads);
  })()`);
  assert.deepEqual(bodies, [{ group_name: "Sales", strategy: "rollover", sip_members: ["147"], timeout: 20 }]);
  for (const name of ["group_name", "strategy", "sip_members", "timeout"]) assert.equal(outcome.value[name], 1, name);
});

test("the file of an upload is read once", async () => {
  const { outcome } = await sent(`(() => {
    let reads = 0;
    const upload = { greeting_name: "A", get file() { reads++; return new Uint8Array([1]); } };
    return callCenter.greetings.upload(upload, { validation: false }).catch(() => {}).then(() => reads);
  })()`);
  assert.equal(outcome.value, 1);
});

test("a toJSON on Array.prototype changes neither bodies nor iterators", async () => {
  const { outcome, bodies } = await sent(`(async () => {
    Array.prototype.toJSON = function () { return String(this); };
    try {
      await callCenter.groups.addMembers({ group_id: "${id}", sip_users: ["147"] });
      const items = (page) => ({ items: [{ sip_user: String(page) }], page_number: page, page_size: 1, total_items: 3, total_pages: 3,
        has_next: page < 3, next_page: page + 1, has_previous: page > 1, previous_page: page - 1 });
      delete Array.prototype.toJSON;
      const pages = [1, 2, 3].map((page) => JSON.stringify({ status_code: 9999, payload: items(page) }));
      Array.prototype.toJSON = () => "the same";
      const own = client("http://127.0.0.1:9", { onDrift() {}, fetch: async (url) => new Response(pages[new URL(url).searchParams.get("page") - 1]) });
      return (await own.phones.iterate().toArray()).length;
    } finally {
      delete Array.prototype.toJSON;
    }
  })()`);
  assert.deepEqual(bodies, [{ group_id: id, sip_users: ["147"] }]);
  assert.equal(outcome.value, 3);
});

test("a nested value that changes after the check is sent as checked", async () => {
  const { bodies } = await sent(`callCenter.ivrScripts.create({
    script_name: "A", greeting_id: "${id}", max_failure: 3, time_out: 5,
    scripts: [new Proxy({ ivr: "1", action_type: "Ring_group", action: "${id}" }, {
      get(target, name) { const value = target[name]; if (name === "action") target.action = "changed"; return value; },
    })],
  })`);
  assert.equal(bodies[0].scripts[0].action, id);
});

test("members that JSON omits are ignored", async () => {
  const { outcome, bodies } = await sent(`callCenter.groups.addMembers(Object.defineProperty(
    { group_id: "${id}", sip_users: ["147"], _id: undefined, [Symbol("vue")]: 1 }, "__ob__", { value: {}, enumerable: false },
  ))`);
  assert.equal(outcome.kind, undefined, outcome.message);
  assert.deepEqual(bodies, [{ group_id: id, sip_users: ["147"] }]);
});

test("inherited members count, and optional ones that are null are omitted", async () => {
  const { bodies } = await sent(`callCenter.ivrScripts.create(Object.assign(
    Object.create({ get script_name() { return "A"; }, greeting_id: "${id}" }),
    { max_failure: 3, time_out: 5, action: null, action_type: undefined, scripts: [] },
  ))`);
  assert.deepEqual(bodies, [{ script_name: "A", greeting_id: id, max_failure: 3, time_out: 5, scripts: [] }]);
});

test("texts are sent composed", async () => {
  const decomposed = "Nguye\u0302\u0303n Thi\u0323 A\u0301nh";
  const composed = "Nguyễn Thị Ánh";
  assert.notEqual(decomposed, composed);
  const { bodies } = await sent(`(async () => {
    const text = ${JSON.stringify(decomposed)};
    await callCenter.phones.list({ keyword: text }).catch(() => {});
    await callCenter.groups.create({ group_name: text, strategy: "rollover", sip_members: ["147"], timeout: 20 }).catch(() => {});
    await callCenter.greetings.textToSpeech({ greeting_name: text, text, speed: "0", voice: "minhquang" }, { validation: false }).catch(() => {});
    await callCenter.ivrScripts.create({ script_name: text, greeting_id: "${id}", max_failure: 3, time_out: 5, scripts: [{ ivr: "1", action_type: "Ring_group", action: text }] }, { validation: false });
  })()`);
  assert.equal(bodies[0].keyword, composed);
  assert.equal(bodies[1].group_name, composed);
  assert.equal(bodies[2].text, composed);
  assert.deepEqual([bodies[3].script_name, bodies[3].scripts[0].action], [composed, composed]);
  const file = await sent(`callCenter.greetings.upload({ greeting_name: ${JSON.stringify(decomposed)}, file: new File(["x"], ${JSON.stringify(`${decomposed}.mp3`)}) }, { validation: false })`);
  assert.deepEqual(file.bodies, [{ greeting_name: composed }]);
  assert.ok(server.requests.at(-1).body.includes(`filename="${composed}.mp3"`));
});

test("half of an emoji is sent as the character that stands for it", async () => {
  const { bodies } = await sent(`(async () => {
    const text = "Chào 📞".slice(0, 6);
    await callCenter.phones.list({ keyword: text }).catch(() => {});
    await callCenter.groups.create({ group_name: "\\udcde" + text, strategy: "rollover", sip_members: ["147"], timeout: 20 }, { validation: false });
  })()`);
  assert.deepEqual([bodies[0].keyword, bodies[1].group_name], ["Chào \ufffd", "\ufffdChào \ufffd"]);
});

for (const [title, code, path] of [
  ["a getter", `{ group_id: "${id}", get sip_users() { throw new Error("no"); } }`, "/sip_users"],
  ["an element", `{ group_id: "${id}", sip_users: Object.defineProperty(["147"], 0, { get() { throw new Error("no"); } }) }`, "/sip_users/0"],
  ["an endless array", `{ group_id: "${id}", sip_users: new Proxy([], { get: (target, name) => (name === "length" ? 2 ** 53 : target[name]) }) }`, "/sip_users"],
]) {
  test(`exceptions while reading are reported with the path: ${title}`, async () => {
    const { outcome, bodies } = await sent(`callCenter.groups.addMembers(${code})`);
    assert.deepEqual({ kind: outcome.kind, path: outcome.path }, { kind: "usage", path });
    assert.match(outcome.message, /cannot be read/);
    assert.deepEqual(bodies, []);
  });
}
