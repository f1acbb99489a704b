// The same with `require`.
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { setupServer } = require("msw/node");
const { CallCenter } = require("omicall-call-center");
const { createSandbox } = require("omicall-call-center/testing");
const { handlers } = require("omicall-call-center/testing/msw");

test("hotlines are listed", async () => {
  const baseUrl = "https://public-v1-stg.omicall.com/";
  const sandbox = await createSandbox();
  const server = setupServer(...handlers(sandbox, { baseUrl }));
  server.listen({ onUnhandledRequest: "error" });
  const callCenter = new CallCenter({ baseUrl, auth: { accessToken: sandbox.token() } });
  assert.deepEqual(await callCenter.hotlines.list(), sandbox.tenant().hotlines);
  server.close();
});
