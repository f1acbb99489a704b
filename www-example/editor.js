// The editor of one record: issues show while the user types, and a draft is kept until it is saved or discarded. Scripts
// and groups each bring their form, their check and their requests.
import { confirmAction } from "./confirm.js";
import { showError } from "./error.js";
import { currentLanguage, onLanguageChange, setText, t } from "./i18n.js";
import { showIssuesIn } from "./issues.js";
import { isUnchanged, serverIssues } from "./server-error.js";
import { fromTemplate } from "./templates.js";
import { deleteConfirmation } from "./where-used.js";

/**
 * Shows an editor at the end of <main> until `signal` aborts.
 *
 * @param context `{ data, id, signal }`: `id` is that of the record, or "new"
 * @param list the tenant's list that contains the record, which is also the name of its view
 * @param template the id of the editor's <template>
 * @param createFields finds the fields of the <form>: `setTenant(tenant, id)` sets what can be selected, `fill(draft)`
 *   writes a draft into them, and `read()` returns it
 * @param toDraft makes the draft of a record, or of a new one for `undefined`
 * @param check returns the report on a draft: `(draft, context)`
 * @param onDraft is called with each draft: `({ draft, record, tenant })`
 * @param save sends the draft and resolves to the record: `(draft, record, tenant)`
 * @param remove deletes the record
 * @param texts `{ create, missing, title(record), question(record) }`
 */
export function showEditor({ data, id, signal }, { list, template, createFields, toDraft, check, onDraft, save: sendDraft, remove, texts }) {
  const section = fromTemplate(template, {});
  const find = (selector) => section.querySelector(selector);
  const title = find("h2");
  const body = find(".editor-body");
  const errorPlace = find(".error-place");
  const form = find("form");
  const { save, discard, delete: deleteButton } = form.elements;
  const status = find("footer [role=status]");
  const fields = createFields(form);
  const issues = showIssuesIn(form);

  // `record` is as the user has read it, until a save or a conflict has shown another state.
  let tenant, record, draft, report;
  // The draft as JSON when it was last the same as the record.
  let savedDraft;
  let issuesOfServer = [];
  let busy = false;

  form.addEventListener("input", () => {
    setText(status, "");
    update();
  });
  form.addEventListener("submit", submit);
  discard.addEventListener("click", () => reset());
  deleteButton.addEventListener("click", deleteRecord);
  onLanguageChange(() => draft && update(), signal);
  signal.addEventListener("abort", () => section.remove());
  document.querySelector("main").append(section);
  open();

  async function open() {
    setText(title, t("Loading…"));
    errorPlace.replaceChildren();
    title.focus();
    try {
      tenant = await data.load();
    } catch (error) {
      if (!signal.aborted) showError(errorPlace, error, open);
      return;
    }
    if (signal.aborted) return;
    record = findRecord(id);
    if (!record && id !== "new") return setText(title, texts.missing);
    const earlier = data.drafts.get(address());
    // An earlier draft was made of what the user read then.
    if (earlier) keepRecord(earlier.record);
    reset(earlier?.draft);
    body.hidden = false;
    if (!record) form.elements[0].focus();
  }

  /** Fills the form with the record, or with an earlier draft. */
  function reset(earlierDraft) {
    fields.setTenant(tenant, record?._id);
    fields.fill(toDraft(record, tenant));
    savedDraft = JSON.stringify(fields.read());
    if (earlierDraft) fields.fill(earlierDraft);
    issuesOfServer = [];
    // Empty fields of a new record are not reported yet.
    issues.reset(Boolean(record));
    errorPlace.replaceChildren();
    update();
  }

  /** Checks the draft, and keeps it if it differs from the record. */
  function update() {
    draft = fields.read();
    const context = { ...tenant, id: record?._id, language: currentLanguage() };
    report = check(draft, context);
    issuesOfServer = issuesOfServer.filter((issue) => isUnchanged(issue, draft));
    issues.show([...issuesOfServer, ...report.issues]);
    onDraft?.({ draft, record, tenant });

    const isChanged = JSON.stringify(draft) !== savedDraft;
    if (isChanged) data.drafts.set(address(), { draft, record });
    else data.drafts.delete(address());
    discard.hidden = !isChanged;
    deleteButton.hidden = !record;
    setText(title, record ? texts.title(record) : texts.create);
  }

  async function submit() {
    if (busy) return;
    issuesOfServer = [];
    issues.reset(true);
    update();
    if (!report.ok) return issues.focusFirstError();
    setBusy(save);
    const sent = draft;
    try {
      // No `signal`: a user who leaves the view still wants the change.
      const response = await sendDraft(sent, record, { ...tenant, language: currentLanguage() });
      data.drafts.delete(address());
      data.invalidate(list);
      if (signal.aborted) return;
      savedDraft = JSON.stringify(sent);
      record = { ...record, ...response };
      // Replaces the history entry: Back leads to the list.
      history.replaceState(null, "", `#${address()}`);
      await refresh();
      // Show the record as the server returned it, unless the user has typed in the meantime.
      if (JSON.stringify(fields.read()) === savedDraft) reset();
      setText(status, t("Saved."));
    } catch (error) {
      if (signal.aborted) return;
      const isAboutFields = serverIssues(error, sent).length > 0;
      if (!isAboutFields) showError(errorPlace, error, submit);
      // Perhaps somebody else has changed something. Of this record, that is only shown with the issues that say so: otherwise the
      // next attempt would overwrite it.
      data.invalidate();
      await refresh({ isShown: error.issues?.some(({ code }) => code === "changed-meanwhile") });
      if (!isAboutFields) return;
      issuesOfServer = serverIssues(error, draft);
      update();
      issues.focusFirstError();
    } finally {
      setBusy();
    }
  }

  async function deleteRecord() {
    if (busy) return;
    setBusy(deleteButton);
    const confirmation = await deleteConfirmation(texts.question(record), record._id, data);
    setBusy();
    if (signal.aborted || !(await confirmAction(confirmation, signal))) return;
    setBusy(deleteButton);
    try {
      await remove(record);
      data.drafts.delete(address());
      data.invalidate(list);
      if (!signal.aborted) location.replace(`#${list}`);
    } catch (error) {
      // The server rejects it, with the reason, if another record still leads here.
      showError(errorPlace, error);
      data.invalidate();
      if (!signal.aborted) await refresh({ isShown: false });
    } finally {
      setBusy();
    }
  }

  /** Loads the tenant again, and keeps the draft; also what the user has read of the record, unless its new state `isShown`. */
  async function refresh({ isShown } = { isShown: true }) {
    try {
      tenant = await data.load();
    } catch (error) {
      if (!signal.aborted) showError(errorPlace, error, () => refresh({ isShown }));
      return;
    }
    if (signal.aborted) return;
    if (isShown) record = findRecord(record?._id) ?? record;
    else keepRecord(record);
    fields.setTenant(tenant, record?._id);
    // What somebody else has changed shows as it is now; what the user has changed stays.
    const [before, edited] = [JSON.parse(savedDraft), fields.read()];
    fields.fill(toDraft(record, tenant));
    savedDraft = JSON.stringify(fields.read());
    const isEdited = ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]);
    fields.fill({ ...JSON.parse(savedDraft), ...Object.fromEntries(Object.entries(edited).filter(isEdited)) });
    update();
  }

  /** The address of this editor, without "#". */
  function address() {
    return `${list}/${record?._id ?? "new"}`;
  }

  /** The form and the checks go by the record as the user has read it. */
  function keepRecord(read) {
    record = read;
    tenant = { ...tenant, [list]: tenant[list].map((other) => (other._id === read?._id ? read : other)) };
  }

  function findRecord(id) {
    return tenant[list].find(({ _id }) => _id === id);
  }

  /** Shows which button is working; without one, none is. */
  function setBusy(button) {
    busy = Boolean(button);
    for (const other of [save, deleteButton]) other.ariaBusy = other === button ? "true" : null;
    if (busy) {
      errorPlace.replaceChildren();
      setText(status, "");
    }
  }
}
