// The greetings that callers hear: text to speech, or an uploaded recording.
import { confirmAction } from "./confirm.js";
import { showError } from "./error.js";
import { setAttribute, t } from "./i18n.js";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";
import { createSpeechForm } from "./text-to-speech.js";
import { createUploadForm } from "./upload.js";
import { deleteConfirmation } from "./where-used.js";

const VOICES = { banmai: "Banmai (woman, north)", leminh: "Leminh (man, north)", lannhi: "Lannhi (woman, south)" };

export function showGreetings(callCenter, signal, data) {
  const { section, focus, reload } = showList({
    one: "greeting",
    many: "greetings",
    table: "greeting-table",
    // Greetings cannot be searched: the package rejects a `keyword` here.
    fetchPage: ({ page, size }, options) => callCenter.greetings.list({ page, size }, options),
    renderRow: (greeting) => renderRow(greeting, remove),
    signal,
  });

  const refresh = (page) => {
    // The script editor lists greetings too.
    data.invalidate("greetings");
    reload(page);
  };
  // The newest greeting is on the first page.
  const speech = fromTemplate("speech-details", {});
  speech.append(createSpeechForm(callCenter, () => refresh(1), signal));
  section.prepend(createUploadForm(callCenter, () => refresh(1), signal), speech);

  async function remove(greeting, button) {
    // A second click while deleting does nothing.
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    const question = t("Delete the greeting “{name}”?", { name: greeting.greeting_name });
    const confirmation = await deleteConfirmation(question, greeting._id, data);
    button.ariaBusy = null;
    if (signal.aborted || !(await confirmAction(confirmation, signal))) return;
    const row = button.closest("tr");
    if (row.nextSibling?.matches(".row-error")) row.nextSibling.remove();
    button.ariaBusy = "true";
    try {
      // No `signal`: a user who leaves the view still wants the change.
      await callCenter.greetings.delete(greeting._id);
      focus();
      refresh();
    } catch (error) {
      // The server rejects it, with the reason, if a script or a group still plays it.
      const errorRow = fromTemplate("row-error", {});
      showError(errorRow.firstElementChild, error);
      row.after(errorRow);
    }
    button.ariaBusy = null;
  }
}

function renderRow(greeting, remove) {
  const { greeting_name: name, voice, speed, content, recording_file } = greeting;
  // A recording has no text and no voice, and its speed means nothing.
  const speech = voice ? { voice: VOICES[voice] ? t(VOICES[voice]) : voice, speed } : { voice: "", speed: "" };
  const row = fromTemplate("greeting-row", { ...greeting, ...speech, heard: content || recording_file });
  const button = row.querySelector("button");
  setAttribute(button, "aria-label", t("Delete {name}", { name }));
  button.addEventListener("click", () => remove(greeting, button));
  return row;
}
