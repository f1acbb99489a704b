// The fault matrix, part 3: inconsistent list pages, and long lists.
import assert from "node:assert/strict";
import { describe } from "node:test";
import { GET, again, fault, matrix } from "./sandbox.mjs";

const { row, count } = matrix("pages");
const together = { concurrency: 8 };
/** All phones, none of them twice. */
const all = (count) => ({ check: ([length, distinct]) => assert.deepEqual([length, distinct], [count, count]) });
const iterate = {
  ...GET,
  call: async (callCenter, { options }) => {
    const items = await callCenter.phones.iterate({ size: 50 }, options).toArray();
    return [items.length, new Set(items.map(({ sip_user }) => sip_user)).size];
  },
};
const set = (name, value, times = 99) => fault("set", times, { pointer: `/payload/${name}`, value });
const ok = fault("delay", 1, { ms: 1 });

describe("inconsistent list pages", together, () => {
  row("consistent pages", { ...iterate, wire: "200 200 200", ends: all(137) });
  row("the second page repeats the first", { ...iterate, plan: [ok, fault("repeat_page", 9)], wire: "200 200", ends: all(50) });
  row("the last page repeats the first", { ...iterate, plan: [ok, ok, fault("repeat_page", 9)], wire: "200 200 200", ends: { value: [137 - 37 + 50, 100] } });
  row("every page repeats the first, has_next always true", { ...iterate, plan: [fault("repeat_page", 1), set("has_next", true)], wire: "200 200 200 200", ends: all(137) });
  row("has_next always true, empty pages after the last", { ...iterate, plan: [set("has_next", true)], wire: "200 200 200 200", ends: all(137) });
  row("has_next always true, always the same page", {
    ...iterate, plan: [{ times: 99, fault: { kind: "raw", body: JSON.stringify(endlessPage(1)) } }], wire: "200 200", ends: { value: [1, 1] },
  });
  row("has_next always true, same records with other page numbers", {
    ...iterate, plan: [1, 2, 3].map((number) => fault("raw", 1, { body: JSON.stringify(endlessPage(number)) })), wire: "200 200", ends: { value: [1, 1] },
  });
  row("page_number stays the same", { ...iterate, plan: [set("page_number", 1)], wire: "200 200", ends: all(50) });
  row("page_number goes back", { ...iterate, plan: [ok, ok, set("page_number", 1)], wire: "200 200 200", ends: all(100) });
  row("has_next false too early", { ...iterate, plan: [ok, set("has_next", false)], wire: "200 200", ends: all(100) });
  row("next_page of 1 on the last page", { ...iterate, plan: [ok, ok, set("next_page", 1)], wire: "200 200 200", ends: all(137) });
  row("next_page of 1 on each page", { ...iterate, plan: [set("next_page", 1)], wire: "200 200 200", ends: all(137) });
  for (const wrong of [0, 1, 99, -1, 1e300]) {
    row(`total_pages of ${wrong}`, { ...iterate, plan: [set("total_pages", wrong)], wire: "200 200 200", ends: all(137) });
    row(`total_items of ${wrong}`, { ...iterate, plan: [set("total_items", wrong)], wire: "200 200 200", ends: all(137) });
  }
  row("an empty page with has_next", { ...iterate, plan: [ok, set("items", [])], wire: "200 200", ends: all(50) });
  row("a page_number that is a string", { ...iterate, plan: [ok, set("page_number", "2")], wire: "200 200", attempts: 1, ends: { kind: "decode", path: "/payload/page_number" } });
  row("transient failures in the middle", { ...iterate, plan: [ok, again(503), fault("cut_body"), ok], wire: "200 503 200 200 200", ends: all(137) });
  row("permanent failure in the middle", { ...iterate, plan: [ok, again(503, 9)], wire: "200 503 503 503", attempts: 3, ends: { kind: "http", status: 503 } });
  row("an abort between two pages", {
    ...iterate, wire: "200", attempts: 0, ends: { kind: "aborted" },
    call: async (callCenter, { options, stop }) => {
      let count = 0;
      for await (const _ of callCenter.phones.iterate({ size: 50 }, options)) if (++count === 50) stop.abort();
      return count;
    },
  });
  row("an abort in the middle of a page still yields its records", {
    ...iterate, wire: "200", ends: { value: [50, "aborted"] },
    call: async (callCenter, { options, stop }) => {
      let count = 0;
      const end = await outcome(async () => {
        for await (const _ of callCenter.phones.iterate({ size: 50 }, options)) if (++count === 10) stop.abort();
      });
      return [count, end.kind];
    },
  });
  row("breaking out of the loop fetches no more pages", {
    ...iterate, wire: "200", ends: { value: 7 },
    call: async (callCenter) => {
      let count = 0;
      for await (const _ of callCenter.phones.iterate({ size: 50 })) if (++count === 7) break;
      return count;
    },
  });
});

describe("10 000 records", { concurrency: 2 }, () => {
  const many = { ...GET, fill: 10_000 };
  const times = (count) => Array(count).fill("200").join(" ");
  row("with toArray", {
    ...many, wire: times(50), ends: all(10_000),
    call: async (callCenter) => {
      const items = await callCenter.phones.iterate({ size: 200 }).toArray();
      return [items.length, new Set(items.map(({ sip_user }) => sip_user)).size];
    },
  });
  row("with for await", {
    ...many, wire: times(10), ends: all(10_000),
    call: async (callCenter) => {
      const seen = new Set();
      let count = 0;
      for await (const { sip_user } of callCenter.phones.iterate({ size: 1000 })) {
        seen.add(sip_user);
        count += 1;
      }
      return [count, seen.size];
    },
  });
  row("page by page", {
    ...many, wire: times(10), ends: { value: Array(10).fill(1000) },
    call: async (callCenter) => {
      const lengths = [];
      for await (const page of callCenter.phones.iterate({ size: 1000 }).pages()) lengths.push(page.items.length);
      return lengths;
    },
  });
  row("in one list page", { ...many, wire: "200", ends: { value: [10_000, 10_000, 1] }, call: async (callCenter) => {
    const { items, total_items, total_pages } = await callCenter.phones.list({ size: 10_000 });
    return [items.length, total_items, total_pages];
  } });
  row("the first 450 with toArray, and no further pages", {
    ...many, wire: times(3), ends: { value: 450 }, call: async (callCenter) => (await callCenter.phones.iterate({ size: 200 }).toArray({ limit: 450 })).length,
  });
  row("with a mismatch in each record, reported and accepted", {
    ...many, plan: [fault("set", 1, { pointer: "/payload/items", value: Array(10_000).fill({ email: 5 }) })], wire: "200",
    ends: { check: (length, { drift }) => assert.ok(length === 10_000 && drift.length > 0 && drift.length <= 1000, `${length} records, ${drift.length} reports`) },
    call: async (callCenter) => (await callCenter.phones.list({ size: 10_000 })).items.length,
  });
});

count({ all: 35, inPage: 35 });

/** A list page of one record whose has_next is true. */
function endlessPage(page_number) {
  const items = [{ sip_user: "147" }];
  return { status_code: 9999, payload: { items, page_number, page_size: 1, total_items: 9, total_pages: 9, has_next: true, next_page: page_number + 1, has_previous: false, previous_page: 1 } };
}
