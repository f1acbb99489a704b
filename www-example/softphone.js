// The page as a story: sign in, fetch an extension's SIP account, register with it, and make and take calls.
import { OmiCallError, softphoneSettings } from "omicall-call-center";
import { showError } from "./error.js";
import { findSandbox } from "./sandbox.js";
import { signIn } from "./sign-in.js";
import { showCalls } from "./softphone-calls.js";
import { close, openMicrophone } from "./softphone-sound.js";
import { mayPass, noMicrophone, refusal } from "./softphone-words.js";

/** Both offer the same: `startPhone`, which `softphone-jssip.js` describes. Only the one that is chosen is loaded. */
const LIBRARIES = {
  jssip: () => import("./softphone-jssip.js"),
  sipjs: () => import("./softphone-sipjs.js"),
};
const NEXT_TRY_MS = 30_000;

const section = document.querySelector("#account");
const form = section.querySelector("form");
const button = form.querySelector("button");
const registration = document.querySelector("#registration");
const errorPlace = section.querySelector(".error-place");
const microphoneProblem = document.querySelector("#microphone-problem");
const unregister = document.querySelector("#unregister");
const calls = showCalls();

// In another page's <iframe> there is no need for a headline.
document.body.classList.toggle("embedded", window.parent !== window);

const sandbox = await findSandbox();
const callCenter = await signIn(sandbox, { atOnce: Boolean(sandbox) });
// Without a server of its own the sandbox tells the vendor's address, and made-up passwords must not go there.
const canRegister = !sandbox || Boolean(sandbox.sipServer);
document.querySelector("#sandbox-note").hidden = !sandbox?.sipServer;
document.querySelector("#no-sip-server").hidden = canRegister;
button.disabled = !canRegister;

const wanted = new URLSearchParams(location.search);
form.elements.extension.value = wanted.get("extension") ?? "";
if (wanted.get("library") in LIBRARIES) form.elements.library.value = wanted.get("library");
section.hidden = false;

let phone;
// What the phone registers with.
let account;
let nextTry;
form.addEventListener("submit", register);
unregister.addEventListener("click", () => {
  leave();
  form.elements.extension.focus();
});
// A telephone that is gone should not ring on at the server.
addEventListener("pagehide", leave);

async function register() {
  if (button.ariaBusy) return;
  button.ariaBusy = "true";
  errorPlace.replaceChildren();
  registration.hidden = true;
  const { extension, library } = Object.fromEntries(new FormData(form));
  try {
    const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: extension.trim() });
    // Throws for an account that would not register, with the reasons.
    const settings = softphoneSettings(detail);
    if (isBlocked(settings.webSocketUrl)) {
      show("refused", `This page came by https, and browsers let it connect only to wss: servers. The one of extension ${extension} is ${settings.webSocketUrl}.`);
      return;
    }
    // Asked for now, so that nobody has to when a call comes in.
    await checkMicrophone();
    const [{ startPhone }, hotlines] = await Promise.all([LIBRARIES[library](), hotlinesOf(detail)]);
    show("connecting", `Connecting to ${settings.webSocketUrl} …`);
    account = settings;
    // A phone that was left may take a while to go, and what it still says is not about the next one.
    const registration = (...news) => account === settings && showRegistration(hotlines, ...news);
    phone = startPhone(detail, { ...calls.tell, registration });
    form.hidden = true;
    unregister.hidden = false;
  } catch (error) {
    showError(errorPlace, error);
  } finally {
    button.ariaBusy = null;
  }
}

/** What the phone says of its registration, which may change at any time. */
function showRegistration(hotlines, state, why) {
  clearTimeout(nextTry);
  if (state === "registered") {
    show(state, `Registered: ${account.user} at ${account.realm}`);
    calls.allow(phone, account, hotlines);
  } else if (state === "away") {
    show(state, `No connection to ${account.webSocketUrl}: the server may be away, or your network. Trying again …`);
    calls.pause();
  } else if (mayPass(why)) {
    show("away", `${refusal(why, account)} Trying again soon …`);
    calls.pause();
    nextTry = setTimeout(() => phone.register(), NEXT_TRY_MS);
  } else {
    const words = refusal(why, account);
    leave();
    show(state, words);
  }
}

function show(state, words) {
  registration.dataset.state = state;
  registration.textContent = words;
  registration.hidden = false;
}

function leave() {
  clearTimeout(nextTry);
  phone?.leave();
  phone = account = undefined;
  calls.forbid();
  form.hidden = false;
  unregister.hidden = true;
  registration.hidden = true;
}

/** Only the browser knows: some addresses, such as one's own computer's, may be reached without TLS. */
function isBlocked(webSocketUrl) {
  if (location.protocol !== "https:" || !webSocketUrl.startsWith("ws:")) return false;
  try {
    new WebSocket(webSocketUrl, "sip").close();
    return false;
  } catch {
    return true;
  }
}

async function checkMicrophone() {
  microphoneProblem.hidden = true;
  try {
    close(await openMicrophone());
  } catch (error) {
    microphoneProblem.textContent = noMicrophone(error);
    microphoneProblem.hidden = false;
  }
}

/** The numbers that the extension may call out with. Without them it can still call. */
async function hotlinesOf({ extension }) {
  try {
    return await callCenter.hotlines.list({ extension });
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    return [];
  }
}
