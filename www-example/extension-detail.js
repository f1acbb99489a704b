// The details of one extension, in a dialog beside the list, and the buttons that enable and disable its phone. The
// password of its SIP account is hidden until the user asks for it.
import { confirmAction } from "./confirm.js";
import { showError } from "./error.js";
import { setAttribute, setText, t } from "./i18n.js";
import { fromTemplate } from "./templates.js";

const dialog = document.querySelector("#extension");
const title = dialog.querySelector("h2");
const body = dialog.querySelector(".extension-body");
const close = dialog.querySelector("[rel=prev]");

// The browser does the rest: <dialog> closes on Esc, keeps the focus inside, and returns it afterwards.
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", ({ target }) => {
  // A click on the backdrop: Pico stretches the dialog over the window and puts an <article> into it.
  if (target === dialog) dialog.close();
});

/** Opens the dialog for an extension; it closes when `signal` aborts. */
export function showExtension(callCenter, extension, signal) {
  const opened = new AbortController();
  const onClose = () => {
    opened.abort();
    // Removes the password too, if it was shown.
    body.replaceChildren();
  };
  dialog.addEventListener("close", onClose, { once: true });
  signal.addEventListener("abort", () => dialog.close(), { signal: opened.signal });
  setText(title, t("Extension {extension}", { extension }));
  dialog.showModal();
  load();

  async function load() {
    body.replaceChildren(fromTemplate("loading", {}));
    body.ariaBusy = "true";
    try {
      const { signal } = opened;
      const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: extension }, { signal });
      const description = renderDetail(detail);
      addSwitch(description, callCenter, detail.extension, signal);
      body.replaceChildren(description);
    } catch (error) {
      if (opened.signal.aborted) return;
      showError(body, error, () => {
        close.focus();
        load();
      });
    }
    body.ariaBusy = null;
  }
}

function renderDetail(detail) {
  const { pbx_account: account } = detail;
  const description = fromTemplate("extension-detail", { ...detail, ...account });
  // Older servers do not send the hotlines.
  description.querySelector("[data-field=hotlines]").parentElement.hidden = !detail.hotlines;
  // The softphone fetches the account itself: the link contains no secret.
  description.querySelector(".softphone").search = new URLSearchParams({ extension: detail.extension });
  addPassword(description.querySelector(".password"), account.sip_password);
  return description;
}

/** Shows dots, always the same number, and a button that shows the password instead. */
function addPassword(container, password) {
  const [output, button] = container.children;
  let shown = true;
  const toggle = () => {
    shown = !shown;
    output.textContent = shown ? password : "••••••••";
    setAttribute(output, "aria-label", shown ? "" : t("hidden"));
    setText(button, t(shown ? "Hide" : "Show password"));
  };
  button.addEventListener("click", toggle);
  toggle();
}

/** Two buttons instead of a switch, because the API does not say whether a phone is enabled. */
function addSwitch(description, callCenter, extension, signal) {
  const [enable, disable] = description.querySelectorAll(".switching button");
  const status = description.querySelector("[role=status]");
  const errorPlace = description.querySelector(".error-place");
  let busy;

  enable.addEventListener("click", () => setEnabled(true, enable));
  disable.addEventListener("click", async () => {
    const confirmation = {
      question: t("Disable the phone of extension {extension}?", { extension }),
      consequence: t("It can neither call nor be called until it is enabled again."),
      yes: t("Disable"),
    };
    if (await confirmAction(confirmation, signal)) setEnabled(false, disable);
  });

  async function setEnabled(enabled, button) {
    // One change at a time.
    if (busy) return;
    busy = true;
    button.ariaBusy = "true";
    setText(status, "");
    errorPlace.replaceChildren();
    try {
      // No `signal`: a user who closes the dialog still wants the change.
      await callCenter.phones.setEnabled({ sip_user: extension, enabled });
      setText(status, t(enabled ? "The phone is enabled." : "The phone is disabled."));
    } catch (error) {
      showError(errorPlace, error, () => {
        button.focus();
        setEnabled(enabled, button);
      });
    }
    button.ariaBusy = null;
    busy = false;
  }
}
