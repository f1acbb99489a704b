// A list of records: search while typing, pagination, and what to show while loading, when there are no records, and after
// an error. The phones, groups, scripts and greetings each bring their texts, their table and their request.
import { showError } from "./error.js";
import { setAttribute, setText, t } from "./i18n.js";
import { fromTemplate } from "./templates.js";

const TYPING_PAUSE_MS = 200;

/**
 * Shows a list at the end of <main> until `signal` aborts.
 *
 * @param one what one record is called, and `many` what several are
 * @param searchBy what the search looks at; without it there is no search field
 * @param table the id of the table's <template>
 * @param renderRow makes the row of a record
 * @param fetchPage fetches a list page: `({ keyword, page, size }, { signal })`, the arguments of each family's `list`
 */
export function showList({ one, many, searchBy, table, renderRow, fetchPage, signal: viewSignal }) {
  const title = t(`${many[0].toUpperCase()}${many.slice(1)}`);
  const section = fromTemplate("list", { sizeLabel: t("{many} per page", { many: title }) });
  const find = (selector) => section.querySelector(selector);
  const search = find("input[type=search]");
  const count = find(".count");
  const listPage = find(".list-page");
  const size = find("select");
  const pageNumber = find(".page-number");
  const previous = find("[name=previous]");
  const next = find("[name=next]");
  const noRecords = find(".nothing");
  const clearSearch = noRecords.querySelector("button");
  const errorPlace = find(".error-place");
  listPage.prepend(fromTemplate(table, {}));
  const rows = find("tbody");
  search.form.hidden = !searchBy;
  if (searchBy) {
    setAttribute(search, "placeholder", t(searchBy));
    setAttribute(search, "aria-label", t("Search: {by}", { by: t(searchBy) }));
  }

  // The list page on the screen; `undefined` while another one is loading, so that "Next" cannot skip one.
  let shownPage;
  let request = new AbortController();
  let typingTimer;

  search.addEventListener("input", () => {
    clearTimeout(typingTimer);
    typingTimer = setTimeout(load, TYPING_PAUSE_MS);
  });
  search.form.addEventListener("submit", () => load());
  size.addEventListener("change", () => load());
  previous.addEventListener("click", () => shownPage?.has_previous && load(shownPage.page_number - 1));
  next.addEventListener("click", () => shownPage?.has_next && load(shownPage.page_number + 1));
  clearSearch.addEventListener("click", () => {
    search.value = "";
    focus();
    load();
  });
  viewSignal.addEventListener("abort", () => {
    clearTimeout(typingTimer);
    request.abort();
    section.remove();
  });

  setText(count, t("Loading…"));
  showOnly();
  document.querySelector("main").append(section);
  load();
  return { section, rows, focus, reload: (page = shownPage?.page_number) => load(page) };

  async function load(page = 1) {
    if (viewSignal.aborted) return;
    shownPage = undefined;
    clearTimeout(typingTimer);
    // Only the latest request counts: a slow response to an earlier one must not overwrite it.
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const keyword = search.value.trim();
    setBusy(true);
    try {
      const result = await fetchPage({ keyword, page, size: Number(size.value) }, { signal });
      if (signal.aborted) return;
      // All records of this list page have been deleted in the meantime.
      if (page > 1 && result.items.length === 0) return load(Math.max(1, Math.min(page - 1, result.total_pages)));
      shownPage = result;
      render(result, keyword);
    } catch (error) {
      // Aborted by the next `load`, or by leaving the view.
      if (signal.aborted) return;
      setText(count, t("The {many} could not be loaded.", { many: t(many) }));
      showOnly(errorPlace);
      showError(errorPlace, error, () => {
        focus();
        load(page);
      });
    }
    setBusy(false);
  }

  function render(page, keyword) {
    const { total_items: total } = page;
    setText(count, t("{total} {things}", { total, things: t(total === 1 ? one : many) }));
    if (page.items.length === 0) {
      const none = t("There are no {many} yet.", { many: t(many) });
      const noMatch = t("No {one} matches “{keyword}”.", { one: t(one), keyword });
      setText(noRecords.querySelector("p"), keyword ? noMatch : none);
      clearSearch.hidden = !keyword;
      showOnly(noRecords);
      return;
    }
    rows.replaceChildren(...page.items.map((record) => renderRow(record)));
    setText(pageNumber, t("Page {number} of {pages}", { number: page.page_number, pages: page.total_pages }));
    setEnabled(previous, page.has_previous);
    setEnabled(next, page.has_next);
    showOnly(listPage);
  }

  /** Moves the focus to where the user can go on, because the element that has it is about to disappear. */
  function focus() {
    (searchBy ? search : count).focus();
  }

  /** The old rows stay, dimmed, so that nothing jumps while the next list page is loading. */
  function setBusy(busy) {
    count.ariaBusy = busy ? "true" : null;
    section.classList.toggle("waiting", busy);
  }

  function showOnly(part) {
    for (const other of [listPage, noRecords, errorPlace]) other.hidden = other !== part;
  }
}

/** Not `disabled`, which would remove the focus from the button that the user has just pressed. */
function setEnabled(button, enabled) {
  button.ariaDisabled = enabled ? null : "true";
}
