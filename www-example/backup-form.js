// "Save a backup": the whole call center as a JSON file, without passwords.
import { showError } from "./error.js";
import { setText, t } from "./i18n.js";
import { countRecords, createReader, renderGaps } from "./read-tenant.js";
import { fromTemplate } from "./templates.js";

/** Creates the form; an abort of `signal` cancels the reading. */
export function createBackupForm(callCenter, signal) {
  const form = fromTemplate("backup-form", {});
  const { save } = form.elements;
  const status = form.querySelector("[role=status]");
  const gaps = form.querySelector(".issues");
  const errorPlace = form.querySelector(".error-place");
  const reader = createReader(callCenter, signal);
  save.after(reader.element);
  form.addEventListener("submit", saveBackup);
  return form;

  async function saveBackup() {
    // One at a time.
    if (save.ariaBusy) return;
    setBusy(true);
    try {
      const snapshot = await reader.read();
      if (snapshot) {
        const name = fileName(snapshot);
        download(name, JSON.stringify(snapshot, null, 2));
        setText(status, t("{name} has {records}.", { name, records: countRecords(snapshot) }));
        gaps.replaceChildren(...renderGaps(snapshot));
      } else {
        setText(status, t("Nothing has been saved."));
      }
    } catch (error) {
      showError(errorPlace, error, saveBackup);
    } finally {
      setBusy(false);
    }
  }

  function setBusy(isBusy) {
    // The button that is about to disappear may have the focus.
    if (reader.element.contains(document.activeElement)) save.focus();
    save.ariaBusy = isBusy ? "true" : null;
    if (!isBusy) return;
    setText(status, "");
    gaps.replaceChildren();
    errorPlace.replaceChildren();
  }
}

/** The name of the file, with the date on the user's calendar. */
function fileName({ takenAt }) {
  const date = new Date(takenAt);
  const digits = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((number) => String(number).padStart(2, "0"));
  return `call-center-${digits.join("-")}.json`;
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // Not at once: the browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
