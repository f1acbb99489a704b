// A confirmation dialog for actions that cannot be undone.
import { setText } from "./i18n.js";

const dialog = document.querySelector("#confirm");
const question = dialog.querySelector("h2");
const consequence = dialog.querySelector("p");
const items = dialog.querySelector("ul");
const yes = dialog.querySelector("[value=yes]");

/** Asks the user, with a list of items below if there are some; resolves to whether they confirmed. Esc and an abort of `signal` mean no. */
export function confirmAction(texts, signal) {
  setText(question, texts.question);
  setText(consequence, texts.consequence);
  setText(yes, texts.yes);
  items.replaceChildren(...(texts.list ?? []));
  items.hidden = !texts.list;
  // Esc keeps the return value of the last time.
  dialog.returnValue = "no";
  // "No" has `autofocus`, so no link in the list gets the focus.
  dialog.showModal();
  const close = () => dialog.close();
  signal.addEventListener("abort", close);
  return new Promise((resolve) => {
    const onClose = () => {
      signal.removeEventListener("abort", close);
      resolve(dialog.returnValue === "yes");
    };
    dialog.addEventListener("close", onClose, { once: true });
  });
}
