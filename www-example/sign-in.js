// The sign-in form: makes a client from an address and a token or key.
import { CallCenter, initAsync } from "omicall-call-center";
import { showError } from "./error.js";

const section = document.querySelector("#sign-in");
const form = section.querySelector("form");
const button = form.querySelector("button");
const errorPlace = section.querySelector(".error-place");

/** The address of the API where the user is signed in. */
export function address() {
  return form.elements.baseUrl.value.trim();
}

/** Shows the form until the user has signed in; resolves to the client. `start` starts the other module that the page needs. */
export async function signIn(sandbox, { autoSubmit, start }) {
  section.hidden = false;
  if (sandbox) fillIn(sandbox);
  form.elements.baseUrl.focus();
  const first = submitted();
  if (autoSubmit) form.requestSubmit();
  await first;

  for (;;) {
    button.ariaBusy = "true";
    errorPlace.replaceChildren();
    try {
      const callCenter = await connect(new FormData(form), start, sandbox);
      form.elements.secret.value = "";
      section.hidden = true;
      return callCenter;
    } catch (error) {
      showError(errorPlace, error);
    } finally {
      button.ariaBusy = null;
    }
    await submitted();
  }
}

/** Makes a client and tries one small request, so that a wrong address or secret is reported in the form. */
async function connect(fields, start, sandbox) {
  // Loads the WebAssembly modules; calling it again costs nothing.
  await Promise.all([initAsync(), start()]);
  const baseUrl = fields.get("baseUrl").trim();
  const callCenter = new CallCenter({
    baseUrl,
    // A sandbox inside the page takes the place of the network, for its own address.
    fetch: baseUrl === sandbox?.baseUrl ? sandbox.fetch : undefined,
    auth: readAuth(fields),
    // The editors have shown them already.
    onIssue: () => {},
  });
  try {
    await callCenter.phones.list({ size: 1 });
    return callCenter;
  } catch (error) {
    callCenter.free();
    throw error;
  }
}

function readAuth(fields) {
  // Pasted text often ends with a line break.
  const secret = fields.get("secret").trim();
  if (fields.get("method") === "accessToken") return { accessToken: secret };
  // Everybody who can open a page can read an API key in it, hence the name of the option. Here the user has just typed
  // it. In production the key stays on your server, which hands out tokens: pass `getAccessToken`, which fetches one.
  return { apiKey: secret, dangerouslyAllowBrowser: true };
}

function fillIn({ baseUrl, apiKey, accessToken }) {
  form.elements.baseUrl.value = baseUrl;
  form.elements.method.value = apiKey ? "apiKey" : "accessToken";
  form.elements.secret.value = apiKey ?? accessToken;
}

function submitted() {
  return new Promise((resolve) => form.addEventListener("submit", resolve, { once: true }));
}
