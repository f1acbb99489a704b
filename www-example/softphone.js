// The course of the page: sign in, fetch an extension's SIP account, register with it, and make and take calls.
import { OmiCallError } from "omicall-call-center";
import { softphoneSettings, initAsync as startSoftphone } from "omicall-call-center/softphone";
import { showError } from "./error.js";
import { findSandbox } from "./sandbox.js";
import { signIn } from "./sign-in.js";
import { showCalls } from "./softphone-calls.js";
import { isTemporary, microphoneMessage, registrationMessage } from "./softphone-messages.js";
import { closeMicrophone, openMicrophone } from "./softphone-sound.js";

/** Both export `startPhone`, which `softphone-jssip.js` describes. Only the selected one is loaded. */
const LIBRARIES = {
  jssip: () => import("./softphone-jssip.js"),
  sipjs: () => import("./softphone-sipjs.js"),
};
const RETRY_MS = 30_000;

const section = document.querySelector("#account");
const form = section.querySelector("form");
const button = form.querySelector("button");
const registration = document.querySelector("#registration");
const errorPlace = section.querySelector(".error-place");
const microphoneProblem = document.querySelector("#microphone-problem");
const unregister = document.querySelector("#unregister");
const calls = showCalls();

// In an <iframe> the page needs no headline.
document.body.classList.toggle("embedded", window.parent !== window);

const sandbox = await findSandbox();
const callCenter = await signIn(sandbox, { autoSubmit: Boolean(sandbox), start: startSoftphone });
// A sandbox without a SIP server returns the vendor's address, and its made-up passwords must not be sent there.
const canRegister = !sandbox || Boolean(sandbox.sipServer);
document.querySelector("#sandbox-note").hidden = !sandbox?.sipServer;
document.querySelector("#no-sip-server").hidden = canRegister || Boolean(sandbox.fetch);
document.querySelector("#in-page-note").hidden = !sandbox?.fetch;
button.disabled = !canRegister;

const query = new URLSearchParams(location.search);
form.elements.extension.value = query.get("extension") ?? "";
if (query.get("library") in LIBRARIES) form.elements.library.value = query.get("library");
section.hidden = false;

let phone;
// The settings of the account that the phone registers with.
let account;
let retryTimer;
form.addEventListener("submit", register);
unregister.addEventListener("click", () => {
  stop();
  form.elements.extension.focus();
});
// Unregisters, so that the server does not ring a closed page.
addEventListener("pagehide", stop);

async function register() {
  if (button.ariaBusy) return;
  button.ariaBusy = "true";
  errorPlace.replaceChildren();
  registration.hidden = true;
  const { extension, library } = Object.fromEntries(new FormData(form));
  try {
    const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: extension.trim() });
    // Throws, with the reasons, if the account cannot register.
    const settings = softphoneSettings(detail);
    if (isBlocked(settings.webSocketUrl)) {
      showRegistration("refused", `This page came by https, and browsers let it connect only to wss: servers. The one of extension ${extension} is ${settings.webSocketUrl}.`);
      return;
    }
    // Asks for permission now, not when a call comes in.
    await checkMicrophone();
    const [{ startPhone }, hotlines] = await Promise.all([LIBRARIES[library](), fetchHotlines(detail)]);
    showRegistration("connecting", `Connecting to ${settings.webSocketUrl} …`);
    account = settings;
    // A stopped phone may still report something, which is not about the current one.
    const onRegistration = (state, reason) => account === settings && handleRegistration(hotlines, state, reason);
    phone = startPhone(detail, { ...calls.handlers, registration: onRegistration });
    form.hidden = true;
    unregister.hidden = false;
  } catch (error) {
    showError(errorPlace, error);
  } finally {
    button.ariaBusy = null;
  }
}

/** Called by the phone whenever its registration changes. */
function handleRegistration(hotlines, state, reason) {
  clearTimeout(retryTimer);
  if (state === "registered") {
    showRegistration(state, `Registered: ${account.user} at ${account.realm}`);
    calls.enable(phone, account, hotlines);
  } else if (state === "disconnected") {
    showRegistration(state, `No connection to ${account.webSocketUrl}: the server may be away, or your network. Trying again …`);
    calls.pause();
  } else if (isTemporary(reason)) {
    showRegistration("disconnected", `${registrationMessage(reason, account)} Trying again soon …`);
    calls.pause();
    retryTimer = setTimeout(() => phone.register(), RETRY_MS);
  } else {
    const message = registrationMessage(reason, account);
    stop();
    showRegistration(state, message);
  }
}

function showRegistration(state, message) {
  registration.dataset.state = state;
  registration.textContent = message;
  registration.hidden = false;
}

function stop() {
  clearTimeout(retryTimer);
  phone?.stop();
  phone = account = undefined;
  calls.disable();
  form.hidden = false;
  unregister.hidden = true;
  registration.hidden = true;
}

/** Whether the browser blocks an insecure WebSocket. Only the browser knows: the local machine, for one, is allowed. */
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
    closeMicrophone(await openMicrophone());
  } catch (error) {
    microphoneProblem.textContent = microphoneMessage(error);
    microphoneProblem.hidden = false;
  }
}

/** The numbers that the extension can show when it calls. Without them it can still call. */
async function fetchHotlines({ extension }) {
  try {
    return await callCenter.hotlines.list({ extension });
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    return [];
  }
}
