// A tenant of the sandbox (OMICALL_SANDBOX) for one test, called without the package: what really happened there.
import assert from "node:assert/strict";

export const SANDBOX = process.env.OMICALL_SANDBOX;

/** Makes the tenant with this name: its base URL and a token, and the requests that it received. `call` returns the payload of a success. */
export async function openTenant(name) {
  assert.ok(SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox");
  const world = `${SANDBOX}/w/${name}`;
  await fetch(`${world}/__sandbox/reset`, { method: "POST", body: "{}" });
  const token = await (await fetch(`${world}/__sandbox/token`)).text();
  const request = async (method, path, body) => {
    const headers = { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) };
    return (await fetch(`${world}/api/call_center/${path}`, { method, headers, body: JSON.stringify(body) })).json();
  };
  const call = async (...args) => {
    const response = await request(...args);
    assert.equal(response.status_code, 9999, JSON.stringify(response));
    return response.payload;
  };
  /** `{ method, path }` of each request, oldest first; the path without what all calls have. */
  const received = async () => (await (await fetch(`${world}/__sandbox/requests`)).json()).map(({ method, path }) => ({ method, path: path.split("/call_center/")[1] }));
  return { world, token, request, call, received };
}
