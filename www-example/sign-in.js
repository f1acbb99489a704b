// The sign-in form: from an address and a secret to a client that works.
import { CallCenter, initAsync } from "omicall-call-center";
import { showError } from "./error.js";

const section = document.querySelector("#sign-in");
const form = section.querySelector("form");
const button = form.querySelector("button");
const errorPlace = section.querySelector(".error-place");

/** Shows the form until somebody has signed in; resolves to the client. */
export async function signIn(sandbox, { atOnce }) {
  section.hidden = false;
  if (sandbox) fillIn(sandbox);
  form.elements.baseUrl.focus();
  const first = submitted();
  if (atOnce) form.requestSubmit();
  await first;

  for (;;) {
    button.ariaBusy = "true";
    errorPlace.replaceChildren();
    try {
      const callCenter = await connect(new FormData(form));
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

/** Makes a client, and one small call with it: a wrong address or secret should show here, beside the form. */
async function connect(fields) {
  // Loads the WebAssembly module; a second call is free.
  await initAsync();
  const callCenter = new CallCenter({ baseUrl: fields.get("baseUrl").trim(), auth: authOf(fields) });
  try {
    await callCenter.phones.list({ size: 1 });
    return callCenter;
  } catch (error) {
    callCenter.free();
    throw error;
  }
}

function authOf(fields) {
  // What is pasted often brings a line break along.
  const secret = fields.get("secret").trim();
  if (fields.get("method") === "accessToken") return { accessToken: secret };
  // Whoever can open a page can read the key in it, hence the name. Here they have just typed it in themselves.
  // In production the key stays on your server, which hands out tokens:
  //   { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() }
  return { apiKey: secret, dangerouslyAllowBrowser: true };
}

function fillIn({ baseUrl, apiKey }) {
  form.elements.baseUrl.value = baseUrl;
  form.elements.method.value = "apiKey";
  form.elements.secret.value = apiKey;
}

function submitted() {
  return new Promise((resolve) => form.addEventListener("submit", resolve, { once: true }));
}
