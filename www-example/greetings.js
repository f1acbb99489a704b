// The greetings: what callers hear. A robot reads them out, or somebody has uploaded a recording.
import { ask } from "./ask.js";
import { showError } from "./error.js";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";
import { speechForm } from "./text-to-speech.js";
import { uploadForm } from "./upload.js";
import { label, words } from "./words.js";

const VOICES = { banmai: "Banmai (woman, north)", leminh: "Leminh (man, north)", lannhi: "Lannhi (woman, south)" };

export function showGreetings(callCenter, left, tenant) {
  const { section, focus, reload } = showList({
    one: "greeting",
    many: "greetings",
    table: "greeting-table",
    // Greetings cannot be searched, and a query with a word too many is refused.
    load: ({ page, size }, options) => callCenter.greetings.list({ page, size }, options),
    rowOf: (greeting) => rowOf(greeting, remove),
    left,
  });

  const changed = (page) => {
    // Scripts play them.
    tenant.changed("greetings");
    reload(page);
  };
  // The newest comes first.
  const speech = fromTemplate("speech-details", {});
  speech.append(speechForm(callCenter, () => changed(1), left));
  section.prepend(uploadForm(callCenter, () => changed(1), left), speech);

  async function remove(greeting, button) {
    // Once is enough.
    if (button.ariaBusy) return;
    const wanted = {
      question: words("Delete the greeting “{name}”?", { name: greeting.greeting_name }),
      consequence: words("It is gone for good."),
      yes: words("Delete"),
    };
    if (!(await ask(wanted, left))) return;
    const row = button.closest("tr");
    if (row.nextSibling?.matches(".row-error")) row.nextSibling.remove();
    button.ariaBusy = "true";
    try {
      // No `signal`: whoever goes elsewhere meanwhile still wants it done.
      await callCenter.greetings.delete(greeting._id);
      focus();
      changed();
    } catch (error) {
      // The server refuses where a script or a group still plays it, and says which.
      const refusal = fromTemplate("row-error", {});
      showError(refusal.firstElementChild, error);
      row.after(refusal);
    }
    button.ariaBusy = null;
  }
}

function rowOf(greeting, remove) {
  const { greeting_name: name, voice, speed, content, recording_file } = greeting;
  // A recording has neither text nor voice, and its speed says nothing.
  const spoken = voice ? { voice: VOICES[voice] ? words(VOICES[voice]) : voice, speed } : { voice: "", speed: "" };
  const row = fromTemplate("greeting-row", { ...greeting, ...spoken, heard: content || recording_file });
  const button = row.querySelector("button");
  label(button, "aria-label", words("Delete {name}", { name }));
  button.addEventListener("click", () => remove(greeting, button));
  return row;
}
