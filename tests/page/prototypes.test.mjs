// Pages that add enumerable members to `Object.prototype` or `Array.prototype`: the results stay the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, ownHeaders, sample, vendor } from "./support.mjs";

let chrome, server, samples;

before(async () => {
  const names = ["internal_phone_list", "internal_group_list", "key_interaction_list", "key_interaction_add", "greeting_list", "extensions_detail"];
  samples = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await sample(name)])));
  const answers = { "/internal_phone/list": "internal_phone_list", "/extensions/detail": "extensions_detail" };
  server = await vendor((_, response, url) => {
    const name = Object.keys(answers).find((end) => url.pathname.endsWith(end));
    json(response, name ? samples[answers[name]] : { status_code: 9999, payload: { _id: "1" } });
  });
  chrome = await openPage();
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** The results of the whole API for the samples, while `added` is in the prototype. */
async function results(added) {
  server.requests.length = 0;
  const made = await chrome.page.evaluate(
    async ([base, samples, added]) => {
      const id = "632969ce7534d97b0933d51d";
      const scripts = samples.key_interaction_list.payload;
      const script = { script_name: "Main", greeting_id: id, invalid_sound_id: id, max_failure: 3, time_out: 5, action_type: "Hangup", scripts: [{ ivr: "1", action_type: "Ivr_menu", action: id }] };
      const group = { group_name: "Sales", strategy: "rollover", sip_members: ["147"], timeout: 20 };
      const tenant = { scripts, groups: samples.internal_group_list.payload, greetings: samples.greeting_list.payload, phones: samples.internal_phone_list.payload };
      const account = samples.extensions_detail.payload;
      const mp3 = new Uint8Array(4_170);
      for (let at = 0; at < mp3.length; at += 417) mp3.set([0xff, 0xfb, 0x90, 0x00], at);
      const events = [];
      const hook = ({ elapsedMs, ...event }) => events.push(event);
      const all = {
        script: () => sdk.validateIvrScript(scripts.items[0], tenant),
        group: () => sdk.validateGroup(group, tenant),
        members: () => sdk.validateGroupMembers({ group_id: id, sip_users: ["147", "147"] }, tenant),
        greeting: () => sdk.validateGreetingFile(mp3),
        speech: () => sdk.validateTextToSpeech({ greeting_name: "", text: "Chào", speed: "0", voice: "x" }),
        account: () => sdk.validateSipAccount(account),
        lint: () => sdk.lintIvr(tenant),
        call: () => sdk.simulateIvr(tenant, { start: id, events: ["1", "timeout"] }),
        svg: () => sdk.ivrDiagram(tenant, { format: "svg" }),
        mermaid: () => sdk.ivrDiagram(tenant, { format: "mermaid", focus: id }),
        jsSip: () => ({ ...sdk.jsSipConfig(account) }),
        softphone: () => sdk.softphoneSettings(account),
        list: (callCenter) => callCenter.phones.list({ keyword: "An", page: 1 }),
        walk: (callCenter) => callCenter.phones.iterate().toArray({ limit: 1 }),
        detail: (callCenter) => callCenter.extensions.detail({ type: "sip_user", keyword: "147" }),
        createGroup: (callCenter) => callCenter.groups.create(group),
        createScript: (callCenter) => callCenter.ivrScripts.create(script),
        refused: (callCenter) => callCenter.ivrScripts.update(id, { ...script, scripts: [{ ivr: "x" }] }),
        upload: (callCenter) => callCenter.greetings.upload({ file: mp3, greeting_name: "Chào" }),
        own: (callCenter) => new sdk.CallCenter({ baseUrl: base, auth: { accessToken: "own" }, fetch: (url, init) => fetch(url, init) }).groups.create(group),
        failed: (callCenter) => callCenter.phones.list({}, { signal: AbortSignal.abort(new Error("enough")) }),
      };
      const ends = [];
      const [holder, name, value] = added ? new Function(`return ${added}`)() : [];
      if (holder) holder[name] = value;
      try {
        const callCenter = client(base, { onRequest: hook, onResponse: hook });
        for (const name of Object.keys(all)) ends.push([name, await outcome(async () => all[name](callCenter))]);
        callCenter.free();
      } finally {
        if (holder) delete holder[name];
      }
      return JSON.stringify([ends, events]);
    },
    [server.origin, samples, added],
  );
  const [ends, events] = JSON.parse(made);
  const requests = server.requests.map(({ method, raw, headers, body }) => [method, raw, Object.keys(ownHeaders(headers)), headers.authorization, raw.includes("upload") ? "" : String(body)]);
  return { ends: Object.fromEntries(ends), events, requests };
}

test("prototypes: the results without additions are as expected", async () => {
  const { ends, requests } = await results();
  assert.deepEqual(Object.keys(ends).filter((name) => ends[name].kind), ["refused", "failed"], JSON.stringify(ends));
  assert.ok(ends.lint.value.issues.length > 3 && ends.svg.value.startsWith("<svg") && ends.refused.issues.length > 0);
  assert.equal(requests.length, 7);
});

for (const added of [
  "[Object.prototype, 'extend', function () {}]",
  "[Object.prototype, 'isEmpty', true]",
  "[Object.prototype, 'locale', { scripts: [{ ivr: '1' }] }]",
  "[Object.prototype, '0', 'first']",
  "[Object.prototype, 'get', () => 5]",
  "[Object.prototype, 'writable', false]",
  // Names of members that the package's own objects may lack.
  "[Object.prototype, 'source', 1]",
  "[Object.prototype, 'fields', [{ name: 'x' }]]",
  "[Array.prototype, 'last', function () { return this.at(-1); }]",
  "[Array.prototype, 'version', '1.7.3']",
]) {
  test(`prototypes: ${added} changes nothing`, async () => {
    const plain = await results();
    assert.deepEqual(await results(added), plain);
  });
}
