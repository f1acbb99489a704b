// The form for text to speech: issues show while the user types, and a counter shows the length of the text.
import { validateTextToSpeech } from "omicall-call-center/checks";
import { showError } from "./error.js";
import { currentLanguage, onLanguageChange, setText, t } from "./i18n.js";
import { showIssuesIn } from "./issues.js";
import { isUnchanged, serverIssues } from "./server-error.js";
import { fromTemplate } from "./templates.js";

const MAX_CHARACTERS = 300;

/** Creates the form; `onCreated` is called when there is a new greeting. */
export function createSpeechForm(callCenter, onCreated, signal) {
  const form = fromTemplate("text-to-speech", {});
  const { greeting_name: name, text, voice, speed, send } = form.elements;
  const counter = form.querySelector(".counter");
  const speedOutput = form.querySelector(".speed");
  const status = form.querySelector("footer [role=status]");
  const errorPlace = form.querySelector(".error-place");
  const issues = showIssuesIn(form);
  let issuesOfServer = [];

  form.addEventListener("input", () => {
    setText(status, "");
    update();
  });
  form.addEventListener("submit", submit);
  onLanguageChange(update, signal);
  update();
  return form;

  function update() {
    const request = { greeting_name: name.value, text: text.value, voice: voice.value, speed: speed.value };
    const report = validateTextToSpeech(request, { language: currentLanguage() });
    issuesOfServer = issuesOfServer.filter((issue) => isUnchanged(issue, request));
    issues.show([...issuesOfServer, ...report.issues]);
    setText(counter, `${countCharacters(request.text)} / ${MAX_CHARACTERS}`);
    setText(speedOutput, request.speed);
    return { request, report };
  }

  async function submit() {
    if (send.ariaBusy) return;
    issuesOfServer = [];
    issues.reset(true);
    const { request, report } = update();
    if (!report.ok) return issues.focusFirstError();
    send.ariaBusy = "true";
    errorPlace.replaceChildren();
    try {
      // No `signal`: a user who leaves the view still wants the greeting.
      await callCenter.greetings.textToSpeech(request);
      onCreated();
      form.reset();
      issues.reset(false);
      update();
      setText(status, t("“{name}” has been made.", { name: request.greeting_name }));
    } catch (error) {
      issuesOfServer = serverIssues(error, request);
      if (issuesOfServer.length === 0) showError(errorPlace, error, submit);
      update();
      if (issuesOfServer.length > 0) issues.focusFirstError();
    }
    send.ariaBusy = null;
  }
}

/** Counts like the check: a Vietnamese letter with its accents is one character, however it was typed. */
function countCharacters(text) {
  return [...text.normalize("NFC")].length;
}
