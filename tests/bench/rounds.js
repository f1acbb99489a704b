// The measurements, which run in Node and in a browser alike. All ways take turns, so that what disturbs one disturbs all.
import { checks } from "./validators.js";

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** The median time of each way, in milliseconds. */
async function compare(ways, rounds, repeat) {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = -3; round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const begun = performance.now();
      for (let i = 0; i < repeat; i++) await way();
      if (round >= 0) times[name].push((performance.now() - begun) / repeat);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

const listOf = (sample, count) => {
  const items = Array.from({ length: count }, (_, index) => sample.payload.items[index % sample.payload.items.length]);
  return new TextEncoder().encode(JSON.stringify({ ...sample, payload: { ...sample.payload, items } }));
};

/** A `fetch` that has the bytes already. */
const fetchOf = (bytes) => async () => ({
  status: 200,
  headers: new Headers({ "content-type": "application/json" }),
  arrayBuffer: async () => bytes.buffer,
});

/**
 * From bytes to a checked object, as multiples of `TextDecoder` and `JSON.parse` of the same bytes. The package decodes
 * within a call, so a call that gets an empty list, which has all of a call but the decoding, is taken off.
 */
export async function decoding(sdk, sample) {
  const rows = [];
  for (const [count, rounds, repeat] of [[10, 101, 40], [1_000, 41, 1], [10_000, 15, 1]]) {
    const bytes = listOf(sample, count);
    const decoder = new TextDecoder();
    const parse = () => JSON.parse(decoder.decode(bytes));
    const call = (body) => {
      const client = new sdk.CallCenter({ baseUrl: "http://localhost", auth: { accessToken: "made-up" }, fetch: fetchOf(body), responseValidation: "error" });
      return () => client.groups.list();
    };
    const ways = { parse: () => parse(), call: call(bytes), empty: call(listOf(sample, 0)) };
    for (const [name, check] of Object.entries(checks)) ways[name] = () => check(parse());
    const { parse: floor, call: whole, empty, ...others } = await compare(ways, rounds, repeat);
    const ratios = { package: (whole - empty) / floor, "package, whole call": whole / floor };
    for (const [name, time] of Object.entries(others)) ratios[name] = time / floor;
    rows.push({ groups: count, ...ratios });
  }
  return rows;
}

/** One call over the network, the package against a `fetch` written by hand. */
export async function calls(sdk, origin) {
  const client = new sdk.CallCenter({ baseUrl: origin, auth: { accessToken: "made-up" } });
  const headers = { authorization: "Bearer made-up" };
  const byHand = async () => (await (await fetch(`${origin}/api/call_center/internal_group/list`, { headers })).json()).payload;
  const times = await compare({ byHand, package: () => client.groups.list() }, 301, 1);
  return { ...times, ratio: times.package / times.byHand };
}
