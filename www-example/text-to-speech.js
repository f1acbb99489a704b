// A greeting that a robot reads out: what is wrong shows as one types, and a counter says how long the text is.
import { validateTextToSpeech } from "omicall-call-center";
import { showError } from "./error.js";
import { issuesIn } from "./issues.js";
import { issuesOf, stillStands } from "./refusal.js";
import { fromTemplate } from "./templates.js";
import { currentLanguage, onLanguage, say, words } from "./words.js";

const MOST_CHARACTERS = 300;

/** A form that has a text read out, and calls `changed` when there is a new greeting. */
export function speechForm(callCenter, changed, left) {
  const form = fromTemplate("text-to-speech", {});
  const { greeting_name: name, text, voice, speed, send } = form.elements;
  const counter = form.querySelector(".counter");
  const speedShown = form.querySelector(".speed");
  const outcome = form.querySelector("footer [role=status]");
  const errorPlace = form.querySelector(".error-place");
  const issues = issuesIn(form);
  let refusals = [];

  form.addEventListener("input", () => {
    say(outcome, "");
    look();
  });
  form.addEventListener("submit", submit);
  onLanguage(look, left);
  look();
  return form;

  function look() {
    const request = { greeting_name: name.value, text: text.value, voice: voice.value, speed: speed.value };
    const report = validateTextToSpeech(request, { language: currentLanguage() });
    refusals = refusals.filter((refusal) => stillStands(refusal, request));
    issues.show([...refusals, ...report.issues]);
    say(counter, `${lengthOf(request.text)} / ${MOST_CHARACTERS}`);
    say(speedShown, request.speed);
    return { request, report };
  }

  async function submit() {
    if (send.ariaBusy) return;
    refusals = [];
    issues.start(true);
    const { request, report } = look();
    if (!report.ok) return issues.focus();
    send.ariaBusy = "true";
    errorPlace.replaceChildren();
    try {
      // No `signal`: whoever goes elsewhere meanwhile still wants it done.
      await callCenter.greetings.textToSpeech(request);
      changed();
      form.reset();
      issues.start(false);
      look();
      say(outcome, words("“{name}” has been made.", { name: request.greeting_name }));
    } catch (error) {
      refusals = issuesOf(error, request);
      if (refusals.length === 0) showError(errorPlace, error, submit);
      look();
      if (refusals.length > 0) issues.focus();
    }
    send.ariaBusy = null;
  }
}

/** As the check counts: what a reader calls a letter with its accents is one, however it was typed. */
function lengthOf(text) {
  return [...text.normalize("NFC")].length;
}
