// The sandbox inside the page takes the place of the network: a client that gets its `fetch` sends nothing anywhere. Its data
// is in the memory of this page, so a reload starts from the beginning.
import { createSandbox } from "omicall-call-center/testing";

/** Nobody has this address: requests to it only reach the sandbox. */
const BASE_URL = "https://sandbox.test";

/** Makes a tenant; resolves to how to sign in to it. */
export async function startSandbox() {
  const sandbox = await createSandbox({ agents: 137 });
  return { baseUrl: BASE_URL, accessToken: sandbox.token(), fetch: sandbox.fetch };
}
