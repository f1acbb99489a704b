// The editor of one record: what is wrong shows as one types, and a draft stays until it is saved or discarded. The
// scripts and groups each bring their form, their check and their calls.
import { ask } from "./ask.js";
import { showError } from "./error.js";
import { issuesIn } from "./issues.js";
import { issuesOf, stillStands } from "./refusal.js";
import { fromTemplate } from "./templates.js";
import { currentLanguage, onLanguage, say, words } from "./words.js";

/**
 * Shows an editor at the end of <main>, until `left` aborts.
 *
 * @param where `{ tenant, id, left }`: which record to edit, or "new"
 * @param list the name of the tenant's list that the record is in, and of its view
 * @param template the id of the <template> of all of it
 * @param fieldsOf finds in the <form>: `offer(known, id)` for what can be chosen, `fill(draft)`, and `read()` for the draft
 * @param draftOf what is edited of a record, or a new draft for `undefined`
 * @param check the report on a draft, `(draft, context)`
 * @param show is told of each draft, `({ draft, record, known })`
 * @param save sends the draft, `(draft, record, known)`, and resolves to the record
 * @param remove deletes the record
 * @param texts the `words` that speak of it: `{ create, missing, title(record), question(record) }`
 */
export function showEditor({ tenant, id, left }, { list, template, fieldsOf, draftOf, check, show, save: send, remove, texts }) {
  const section = fromTemplate(template, {});
  const find = (selector) => section.querySelector(selector);
  const title = find("h2");
  const body = find(".editor-body");
  const errorPlace = find(".error-place");
  const form = find("form");
  const { save, discard, delete: removeButton } = form.elements;
  const outcome = find("footer [role=status]");
  const fields = fieldsOf(form);
  const issues = issuesIn(form);

  let known, record, draft, report;
  // The draft as it was when it was no different from the record.
  let saved;
  let refusals = [];
  let busy = false;

  form.addEventListener("input", () => {
    say(outcome, "");
    look();
  });
  form.addEventListener("submit", submit);
  discard.addEventListener("click", () => startOver());
  removeButton.addEventListener("click", deleteIt);
  onLanguage(() => draft && look(), left);
  left.addEventListener("abort", () => section.remove());
  document.querySelector("main").append(section);
  open();

  async function open() {
    say(title, words("Loading…"));
    errorPlace.replaceChildren();
    title.focus();
    try {
      known = await tenant.load();
    } catch (error) {
      if (!left.aborted) showError(errorPlace, error, open);
      return;
    }
    if (left.aborted) return;
    record = recordOf(id);
    if (!record && id !== "new") return say(title, texts.missing);
    startOver(tenant.drafts.get(place()));
    body.hidden = false;
    if (!record) form.elements[0].focus();
  }

  /** Fills the form with the record as it is, or with a draft of earlier. */
  function startOver(earlier) {
    fields.offer(known, record?._id);
    fields.fill(draftOf(record, known));
    saved = JSON.stringify(fields.read());
    if (earlier) fields.fill(earlier);
    refusals = [];
    // What nobody has filled in yet is not wrong yet.
    issues.start(Boolean(record));
    errorPlace.replaceChildren();
    look();
  }

  /** Looks at the draft: what is wrong with it, and whether it is another than what is saved. */
  function look() {
    draft = fields.read();
    const context = { ...known, id: record?._id, language: currentLanguage() };
    report = check(draft, context);
    refusals = refusals.filter((refusal) => stillStands(refusal, draft));
    issues.show([...refusals, ...report.issues]);
    show?.({ draft, record, known });

    const changed = JSON.stringify(draft) !== saved;
    if (changed) tenant.drafts.set(place(), draft);
    else tenant.drafts.delete(place());
    discard.hidden = !changed;
    removeButton.hidden = !record;
    say(title, record ? texts.title(record) : texts.create);
  }

  async function submit() {
    if (busy) return;
    refusals = [];
    issues.start(true);
    look();
    if (!report.ok) return issues.focus();
    setBusy(save);
    const sent = draft;
    try {
      // No `signal`: whoever goes elsewhere meanwhile still wants it done.
      const answer = await send(sent, record, known);
      tenant.drafts.delete(place());
      tenant.changed(list);
      if (left.aborted) return;
      saved = JSON.stringify(sent);
      record = { ...record, ...answer };
      // Without a new entry in the history: Back leads to the list.
      history.replaceState(null, "", `#${place()}`);
      await refresh();
      // As the server has it now, unless somebody has typed on.
      if (JSON.stringify(fields.read()) === saved) startOver();
      say(outcome, words("Saved."));
    } catch (error) {
      if (left.aborted) return;
      refusals = issuesOf(error, sent);
      if (refusals.length === 0) showError(errorPlace, error, submit);
      // Others may have changed something meanwhile.
      tenant.changed();
      await refresh();
      if (refusals.length > 0) issues.focus();
    } finally {
      setBusy();
    }
  }

  async function deleteIt() {
    if (busy) return;
    const wanted = { question: texts.question(record), consequence: words("It is gone for good."), yes: words("Delete") };
    if (!(await ask(wanted, left))) return;
    setBusy(removeButton);
    try {
      await remove(record);
      tenant.drafts.delete(place());
      tenant.changed(list);
      if (!left.aborted) location.replace(`#${list}`);
    } catch (error) {
      // The server refuses where something still leads to it, and says what.
      showError(errorPlace, error);
      tenant.changed();
      if (!left.aborted) await refresh();
    } finally {
      setBusy();
    }
  }

  /** Fetches what others may have changed. The draft stays. */
  async function refresh() {
    try {
      known = await tenant.load();
    } catch (error) {
      if (!left.aborted) showError(errorPlace, error, refresh);
      return;
    }
    if (left.aborted) return;
    record = recordOf(record?._id) ?? record;
    fields.offer(known, record?._id);
    look();
  }

  function place() {
    return `${list}/${record?._id ?? "new"}`;
  }

  function recordOf(id) {
    return known[list].find(({ _id }) => _id === id);
  }

  function setBusy(button) {
    busy = Boolean(button);
    for (const one of [save, removeButton]) one.ariaBusy = one === button ? "true" : null;
    if (busy) {
      errorPlace.replaceChildren();
      say(outcome, "");
    }
  }
}
