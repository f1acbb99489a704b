// Whatever fails in this package fails with an OmiCallError, whose message is written to be read.
import { OmiCallError } from "omicall-call-center";
import { fromTemplate } from "./templates.js";

/** Puts an error into `place` in its own words, with a button that calls `tryAgain` where there is one. */
export function showError(place, error, tryAgain) {
  // Anything else is a mistake in this page: the console should have it.
  if (!(error instanceof OmiCallError)) throw error;
  const about = [`kind: ${error.kind}`];
  if (error.code) about.push(`code: ${error.code}`);
  if (error.status) about.push(`HTTP ${error.status}`);
  const panel = fromTemplate("error", { message: error.message, about: about.join(" · ") });
  const button = panel.querySelector("button");
  if (tryAgain) button.addEventListener("click", tryAgain);
  else button.remove();
  place.replaceChildren(panel);
}
