// One extension in full, in a pane beside the list, and the buttons that switch its phone on and off. The password of
// its SIP account is hidden until asked for.
import { ask } from "./ask.js";
import { showError } from "./error.js";
import { fromTemplate } from "./templates.js";
import { label, say, words } from "./words.js";

const dialog = document.querySelector("#extension");
const title = dialog.querySelector("h2");
const body = dialog.querySelector(".extension-body");
const close = dialog.querySelector("[rel=prev]");

// The element also closes by Esc, keeps the keyboard inside, and gives the focus back: that is all the browser's work.
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", ({ target }) => {
  // The backdrop: Pico stretches the dialog over the window and puts an <article> into it.
  if (target === dialog) dialog.close();
});

/** Opens the pane for an extension; it closes when `left` aborts. */
export function showExtension(callCenter, extension, left) {
  const request = new AbortController();
  const ended = () => {
    request.abort();
    // The password, if it was shown, goes with the rest.
    body.replaceChildren();
  };
  dialog.addEventListener("close", ended, { once: true });
  left.addEventListener("abort", () => dialog.close(), { signal: request.signal });
  say(title, words("Extension {extension}", { extension }));
  dialog.showModal();
  load();

  async function load() {
    body.replaceChildren(fromTemplate("loading", {}));
    body.ariaBusy = "true";
    try {
      const { signal } = request;
      const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: extension }, { signal });
      const description = describe(detail);
      offerSwitching(description, callCenter, detail.extension, signal);
      body.replaceChildren(description);
    } catch (error) {
      if (request.signal.aborted) return;
      showError(body, error, () => {
        close.focus();
        load();
      });
    }
    body.ariaBusy = null;
  }
}

function describe(detail) {
  const { pbx_account: account } = detail;
  const description = fromTemplate("extension-detail", { ...detail, ...account });
  // Only newer answers tell the hotlines.
  description.querySelector("[data-field=hotlines]").parentElement.hidden = !detail.hotlines;
  // It fetches the account itself: nothing secret is in the address.
  description.querySelector(".softphone").search = new URLSearchParams({ extension: detail.extension });
  keepHidden(description.querySelector(".password"), account.sip_password);
  return description;
}

/** Shows dots, always as many, and a button that puts the password in their place. */
function keepHidden(place, password) {
  const [output, button] = place.children;
  let shown = true;
  const toggle = () => {
    shown = !shown;
    output.textContent = shown ? password : "••••••••";
    label(output, "aria-label", shown ? "" : words("hidden"));
    say(button, words(shown ? "Hide" : "Show password"));
  };
  button.addEventListener("click", toggle);
  toggle();
}

/** Two buttons and not a switch: no answer of the API says whether a phone is on. */
function offerSwitching(description, callCenter, extension, left) {
  const [enable, disable] = description.querySelectorAll(".switching button");
  const outcome = description.querySelector("[role=status]");
  const errorPlace = description.querySelector(".error-place");
  let busy;

  enable.addEventListener("click", () => set(true, enable));
  disable.addEventListener("click", async () => {
    const wanted = {
      question: words("Disable the phone of extension {extension}?", { extension }),
      consequence: words("It can neither call nor be called until it is enabled again."),
      yes: words("Disable"),
    };
    if (await ask(wanted, left)) set(false, disable);
  });

  async function set(enabled, button) {
    // The one that is under way comes first.
    if (busy) return;
    busy = true;
    button.ariaBusy = "true";
    say(outcome, "");
    errorPlace.replaceChildren();
    try {
      // No `signal`: whoever closes the pane meanwhile still wants it done.
      await callCenter.phones.setEnabled({ sip_user: extension, enabled });
      say(outcome, words(enabled ? "The phone is enabled." : "The phone is disabled."));
    } catch (error) {
      showError(errorPlace, error, () => {
        button.focus();
        set(enabled, button);
      });
    }
    button.ariaBusy = null;
    busy = false;
  }
}
