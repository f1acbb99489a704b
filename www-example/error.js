// Every error of this package is an OmiCallError, whose message is written for people to read.
import { OmiCallError } from "omicall-call-center";
import { fromTemplate } from "./templates.js";

/** Shows an error in `container`, with a "Try again" button if `retry` is given. */
export function showError(container, error, retry) {
  // Any other error is a bug in this page: leave it to the console.
  if (!(error instanceof OmiCallError)) throw error;
  const about = [`kind: ${error.kind}`];
  if (error.code) about.push(`code: ${error.code}`);
  if (error.status) about.push(`HTTP ${error.status}`);
  const panel = fromTemplate("error", { message: error.message, about: about.join(" · ") });
  const button = panel.querySelector("button");
  if (retry) button.addEventListener("click", retry);
  else button.remove();
  container.replaceChildren(panel);
}
