// A page with a softphone only: it loads neither the client nor the checks.
import { initAsync, jsSipConfig } from "omicall-call-center/softphone";

// Your backend gets the account of whoever is signed in, with `callCenter.extensions.detail`.
const account = { sip_user: "147", password: "for-the-tests", domain: "acme.example", outbound_proxy: "wss://sip.example" };

async function start() {
  await initAsync();
  document.querySelector("#uri").textContent = jsSipConfig(account).uri;
  document.body.dataset.done = "";
}

start().catch(({ message }) => (document.querySelector("#problem").textContent = message));
