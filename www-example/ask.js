// Asks before something is done that people may regret.
import { say } from "./words.js";

const dialog = document.querySelector("#ask");
const question = dialog.querySelector("h2");
const consequence = dialog.querySelector("p");
const yes = dialog.querySelector("[value=yes]");

/** Whether somebody wants it; Esc and `left` mean no. */
export function ask(wanted, left) {
  say(question, wanted.question);
  say(consequence, wanted.consequence);
  say(yes, wanted.yes);
  // Esc leaves the answer to the question before.
  dialog.returnValue = "no";
  // "No" comes first in the form, so that the keyboard starts there.
  dialog.showModal();
  const close = () => dialog.close();
  left.addEventListener("abort", close);
  return new Promise((answer) => {
    const closed = () => {
      left.removeEventListener("abort", close);
      answer(dialog.returnValue === "yes");
    };
    dialog.addEventListener("close", closed, { once: true });
  });
}
