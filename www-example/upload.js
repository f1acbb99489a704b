// Uploading a greeting: a bar that shows how far it is, and a button that stops it.
import { validateGreetingFile } from "omicall-call-center";
import { showError } from "./error.js";
import { issuesIn } from "./issues.js";
import { fromTemplate } from "./templates.js";
import { currentLanguage, onLanguage, say, words } from "./words.js";

/** A form that uploads an MP3, and calls `changed` when there may be a new greeting; leaving stops an upload. */
export function uploadForm(callCenter, changed, left) {
  const form = fromTemplate("upload", {});
  const { file, greetingName, send, cancel } = form.elements;
  const running = form.querySelector(".running");
  const progress = running.querySelector("progress");
  const outcome = form.querySelector("[role=status]");
  const errorPlace = form.querySelector(".error-place");
  const issues = issuesIn(form);
  let stop;

  form.addEventListener("submit", upload);
  cancel.addEventListener("click", () => stop?.abort());
  file.addEventListener("change", check);
  onLanguage(check, left);
  return form;

  /** Whether it is an MP3: that shows before anything is sent. */
  async function check() {
    const [recording] = file.files;
    const report = recording
      ? validateGreetingFile(await recording.arrayBuffer(), { language: currentLanguage() })
      : { ok: true, issues: [] };
    // Another one may have been chosen meanwhile.
    if (recording === file.files[0]) issues.show(report.issues);
    return report.ok;
  }

  async function upload() {
    // One after the other.
    if (stop) return;
    stop = new AbortController();
    if (!(await check())) {
      stop = undefined;
      return issues.focus();
    }
    const [recording] = file.files;
    showRunning(true);
    try {
      await callCenter.greetings.upload(
        // The server finds a name where none is given.
        { file: recording, greeting_name: greetingName.value.trim() || undefined },
        // The time is for all of it: some people sit at the end of a slow line.
        { onProgress: showProgress, signal: AbortSignal.any([stop.signal, left]), timeoutMs: 300_000 },
      );
      form.reset();
      say(outcome, words("“{name}” has been uploaded.", { name: recording.name }));
      changed();
    } catch (error) {
      if (left.aborted) return;
      if (stop.signal.aborted) {
        say(outcome, words("The upload has been cancelled."));
        // Unless all had been sent already: the list tells.
        changed();
      } else {
        showError(errorPlace, error);
      }
    }
    showRunning(false);
    stop = undefined;
  }

  function showProgress({ loaded, total }) {
    progress.value = loaded / total;
    // All has been sent, and the server has not answered yet: a bar without a value says that it goes on.
    if (loaded >= total) progress.removeAttribute("value");
  }

  function showRunning(is) {
    // The button that goes away may have the keyboard.
    if (document.activeElement === cancel) send.focus();
    progress.value = 0;
    running.hidden = !is;
    send.ariaDisabled = is ? "true" : null;
    if (!is) return;
    say(outcome, "");
    errorPlace.replaceChildren();
  }
}
