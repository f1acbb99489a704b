// The view "Backup": the call center as a file, and what differs from a file. It stays in the page, hidden, while another view
// is shown: a comparison is still there when the user comes back, and a plan that is being applied goes on.
import { createBackupForm } from "./backup-form.js";
import { createComparison } from "./compare.js";
import { takeInterruption } from "./interruption.js";
import { setText, t } from "./i18n.js";
import { loadPlans } from "./plans.js";
import { fromTemplate } from "./templates.js";

// The sections by the data of the visit that they belong to.
const sections = new WeakMap();

export function showBackup(callCenter, signal, data) {
  if (!sections.has(data)) sections.set(data, createSection(callCenter, data));
  const section = sections.get(data);
  section.hidden = false;
  signal.addEventListener("abort", () => (section.hidden = true));
}

function createSection(callCenter, data) {
  const section = fromTemplate("backup", {});
  const find = (selector) => section.querySelector(selector);
  find(".backup-part").append(createBackupForm(callCenter, data.signal));
  find(".compare-part").append(createComparison(callCenter, data));

  // A reload ends the application of a plan, and what it was about is not stored.
  const interruption = takeInterruption();
  const note = find(".interrupted");
  note.hidden = !interruption;
  if (interruption) setText(note.querySelector("p"), t(INTERRUPTED, interruption));
  note.querySelector("button").addEventListener("click", () => {
    note.hidden = true;
    find("[type=file]").focus();
  });

  data.signal.addEventListener("abort", () => section.remove());
  document.querySelector("main").append(section);
  // So that it is there when a button is pressed.
  loadPlans().catch(() => (find(".not-loaded").hidden = false));
  return section;
}

const INTERRUPTED =
  "This page was closed or reloaded while it was applying a plan: {done} of {count} steps were done, and the next one may have been sent. Compare with the file again: what is done does not differ any more, and the new plan has only the rest.";
