// The measurements, in Node and in a browser. The variants alternate, so that disturbances affect all of them.
import { checks } from "./validators.js";

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** The median time of each variant, in milliseconds. */
async function compare(variants, rounds, repeat) {
  const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = -3; round < rounds; round++) {
    for (const [name, variant] of Object.entries(variants)) {
      const startTime = performance.now();
      for (let i = 0; i < repeat; i++) await variant();
      if (round >= 0) times[name].push((performance.now() - startTime) / repeat);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

const listOf = (sample, count) => {
  const items = Array.from({ length: count }, (_, index) => sample.payload.items[index % sample.payload.items.length]);
  return new TextEncoder().encode(JSON.stringify({ ...sample, payload: { ...sample.payload, items } }));
};

/** A `fetch` that returns these bytes. */
const fetchOf = (bytes) => async () => ({
  status: 200,
  headers: new Headers({ "content-type": "application/json" }),
  arrayBuffer: async () => bytes.buffer,
});

/**
 * From bytes to a validated object, as multiples of `TextDecoder` and `JSON.parse` of the same bytes. The package decodes
 * within a call, so the time of a call with an empty list is subtracted.
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
    const variants = { parse: () => parse(), call: call(bytes), empty: call(listOf(sample, 0)) };
    for (const [name, check] of Object.entries(checks)) variants[name] = () => check(parse());
    const { parse: floor, call: whole, empty, ...others } = await compare(variants, rounds, repeat);
    const ratios = { package: (whole - empty) / floor, "package, whole call": whole / floor };
    for (const [name, time] of Object.entries(others)) ratios[name] = time / floor;
    rows.push({ groups: count, ...ratios });
  }
  return rows;
}

/** One call over the network, with the package and with a plain `fetch`: to a server that answers at once, and to one that takes 5 ms. */
export async function calls(sdk, origin) {
  const rows = [];
  for (const [server, baseUrl, rounds] of [["at once", origin, 401], ["after 5 ms", `${origin}/wait-5`, 151]]) {
    const client = new sdk.CallCenter({ baseUrl, auth: { accessToken: "made-up" } });
    // Neither accepts a cached response. For Chromium that means a preflight before each call to another origin, for both.
    const options = { headers: { authorization: "Bearer made-up" }, cache: "no-store" };
    const plainFetch = async () => (await (await fetch(`${baseUrl}/api/call_center/internal_group/list`, options)).json()).payload;
    const times = await compare({ plainFetch, package: () => client.groups.list() }, rounds, 1);
    rows.push({ server, ...times, ratio: times.package / times.plainFetch });
  }
  return rows;
}
