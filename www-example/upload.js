// The form to upload a greeting: a progress bar, and a button that cancels the upload.
import { validateGreetingFile } from "omicall-call-center/checks";
import { showError } from "./error.js";
import { currentLanguage, onLanguageChange, setText, t } from "./i18n.js";
import { showIssuesIn } from "./issues.js";
import { fromTemplate } from "./templates.js";

/** Creates the form; `onUploaded` is called when there may be a new greeting. An abort of `signal` cancels an upload. */
export function createUploadForm(callCenter, onUploaded, signal) {
  const form = fromTemplate("upload", {});
  const { file, greetingName, send, cancel } = form.elements;
  const running = form.querySelector(".running");
  const progress = running.querySelector("progress");
  const status = form.querySelector("[role=status]");
  const errorPlace = form.querySelector(".error-place");
  const issues = showIssuesIn(form);
  // Cancels the current upload.
  let canceller;

  form.addEventListener("submit", upload);
  cancel.addEventListener("click", () => canceller?.abort());
  file.addEventListener("change", check);
  onLanguageChange(check, signal);
  return form;

  /** Whether the file is an MP3, which is checked as soon as it is selected. */
  async function check() {
    const [recording] = file.files;
    const report = recording
      ? validateGreetingFile(await recording.arrayBuffer(), { language: currentLanguage() })
      : { ok: true, issues: [] };
    // Another file may have been selected in the meantime.
    if (recording === file.files[0]) issues.show(report.issues);
    return report.ok;
  }

  async function upload() {
    // One upload at a time.
    if (canceller) return;
    canceller = new AbortController();
    if (!(await check())) {
      canceller = undefined;
      return issues.focusFirstError();
    }
    const [recording] = file.files;
    showRunning(true);
    try {
      await callCenter.greetings.upload(
        // Without a name, the server chooses one.
        { file: recording, greeting_name: greetingName.value.trim() || undefined },
        // The timeout is for the whole upload, which is long on a slow connection.
        { onProgress: showProgress, signal: AbortSignal.any([canceller.signal, signal]), timeoutMs: 300_000 },
      );
      form.reset();
      setText(status, t("“{name}” has been uploaded.", { name: recording.name }));
      onUploaded();
    } catch (error) {
      if (signal.aborted) return;
      if (canceller.signal.aborted) {
        setText(status, t("The upload has been cancelled."));
        // Everything may have been sent before the cancellation: the list shows it.
        onUploaded();
      } else {
        showError(errorPlace, error);
      }
    }
    showRunning(false);
    canceller = undefined;
  }

  function showProgress({ loaded, total }) {
    progress.value = loaded / total;
    // Everything is sent and the response is outstanding: a bar without a value is indeterminate.
    if (loaded >= total) progress.removeAttribute("value");
  }

  function showRunning(isRunning) {
    // The button that is about to disappear may have the focus.
    if (document.activeElement === cancel) send.focus();
    progress.value = 0;
    running.hidden = !isRunning;
    send.ariaDisabled = isRunning ? "true" : null;
    if (!isRunning) return;
    setText(status, "");
    errorPlace.replaceChildren();
  }
}
