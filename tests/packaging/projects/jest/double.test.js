/**
 * jsdom as it is, without `fetch`: a double takes its place.
 * @jest-environment jsdom
 */
const { CallCenter } = require("omicall-call-center");
const recording = require("./recording.js");

const auth = { accessToken: "made-up.access.token" };

/** A `fetch` whose responses have this JSON. */
const respond = (json) => jest.fn(async () => ({ status: 200, headers: new Headers({ "content-type": "application/json" }), arrayBuffer: async () => Uint8Array.from(JSON.stringify(json), (char) => char.charCodeAt(0)).buffer }));

test("a double of fetch gets the whole URL", async () => {
  const page = { items: [], page_number: 1, page_size: 50, total_items: 0, total_pages: 0, has_next: false, next_page: 0, has_previous: false, previous_page: 0 };
  const fetch = respond({ status_code: 9999, payload: page });
  const callCenter = new CallCenter({ baseUrl: "/omicall", auth, fetch });
  expect((await callCenter.phones.list()).items).toEqual([]);
  expect(fetch.mock.calls[0][0]).toBe(new URL("/omicall/api/call_center/internal_phone/list", location.href).href);
});

test("without a double, the error says what is missing", async () => {
  const callCenter = new CallCenter({ baseUrl: "/omicall", auth });
  const error = await callCenter.phones.list().catch((error) => error);
  expect(error.message).toMatch(/there is no `fetch` here: pass one as `options.fetch`/);
});

test("a recording is uploaded by XMLHttpRequest, which jsdom has", async () => {
  const callCenter = new CallCenter({ baseUrl: "/omicall", auth: { accessToken: process.env.TOKEN } });
  const onProgress = jest.fn();
  await expect(callCenter.greetings.upload({ file: recording() }, { onProgress })).resolves.toMatchObject({ file: { greeting_name: "silence" } });
  expect(onProgress).toHaveBeenCalled();
});
