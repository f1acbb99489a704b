// A list: search as you type, pages, and what to show while waiting, when there is nothing, and when something went
// wrong. The phones, groups, scripts and greetings each bring their words, their table and their call.
import { showError } from "./error.js";
import { fromTemplate } from "./templates.js";
import { label, say, words } from "./words.js";

const TYPING_PAUSE_MS = 200;

/**
 * Shows a list at the end of <main>, until `left` aborts.
 *
 * @param one what a record is called, and `many` of them
 * @param search what it can be searched by; without it there is no search field
 * @param table the id of the <template> with the table
 * @param rowOf makes a row of a record
 * @param load asks for a page of records: `({ keyword, page, size }, { signal })`, as the `list` of each family takes them
 */
export function showList({ one, many, search: searchedBy, table, rowOf, load: ask, left }) {
  const title = words(`${many[0].toUpperCase()}${many.slice(1)}`);
  const section = fromTemplate("list", { sizeLabel: words("{many} per page", { many: title }) });
  const find = (selector) => section.querySelector(selector);
  const search = find("input[type=search]");
  const count = find(".count");
  const listPage = find(".list-page");
  const size = find("select");
  const pageNumber = find(".page-number");
  const previous = find("[name=previous]");
  const next = find("[name=next]");
  const nothing = find(".nothing");
  const clear = nothing.querySelector("button");
  const errorPlace = find(".error-place");
  listPage.prepend(fromTemplate(table, {}));
  const rows = find("tbody");
  search.form.hidden = !searchedBy;
  if (searchedBy) {
    label(search, "placeholder", words(searchedBy));
    label(search, "aria-label", words("Search: {by}", { by: words(searchedBy) }));
  }

  // The page on the screen; nothing while another one is on its way, so that "Next" cannot lead past it.
  let shown;
  let request = new AbortController();
  let typing;

  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, TYPING_PAUSE_MS);
  });
  search.form.addEventListener("submit", () => load());
  size.addEventListener("change", () => load());
  previous.addEventListener("click", () => shown?.has_previous && load(shown.page_number - 1));
  next.addEventListener("click", () => shown?.has_next && load(shown.page_number + 1));
  clear.addEventListener("click", () => {
    search.value = "";
    focus();
    load();
  });
  left.addEventListener("abort", () => {
    clearTimeout(typing);
    request.abort();
    section.remove();
  });

  say(count, words("Loading…"));
  reveal();
  document.querySelector("main").append(section);
  load();
  return { section, rows, focus, reload: (page = shown?.page_number) => load(page) };

  async function load(page = 1) {
    if (left.aborted) return;
    shown = undefined;
    clearTimeout(typing);
    // Only the latest question counts; without this, a slow answer to an earlier one could overwrite it.
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const keyword = search.value.trim();
    showBusy(true);
    try {
      const found = await ask({ keyword, page, size: Number(size.value) }, { signal });
      if (signal.aborted) return;
      // Meanwhile somebody has deleted all that was on this page.
      if (page > 1 && found.items.length === 0) return load(Math.max(1, Math.min(page - 1, found.total_pages)));
      shown = found;
      render(found, keyword);
    } catch (error) {
      // Aborted by the next `load`, or by leaving: nobody waits for this one any more.
      if (signal.aborted) return;
      say(count, words("The {many} could not be loaded.", { many: words(many) }));
      reveal(errorPlace);
      showError(errorPlace, error, () => {
        focus();
        load(page);
      });
    }
    showBusy(false);
  }

  function render(page, keyword) {
    const { total_items: total } = page;
    say(count, words("{total} {things}", { total, things: words(total === 1 ? one : many) }));
    if (page.items.length === 0) {
      const none = words("There are no {many} yet.", { many: words(many) });
      const noMatch = words("No {one} matches “{keyword}”.", { one: words(one), keyword });
      say(nothing.querySelector("p"), keyword ? noMatch : none);
      clear.hidden = !keyword;
      reveal(nothing);
      return;
    }
    rows.replaceChildren(...page.items.map((record) => rowOf(record)));
    say(pageNumber, words("Page {number} of {pages}", { number: page.page_number, pages: page.total_pages }));
    enable(previous, page.has_previous);
    enable(next, page.has_next);
    reveal(listPage);
  }

  /** Puts the keyboard where it can go on, when what it was on goes away. */
  function focus() {
    (searchedBy ? search : count).focus();
  }

  /** What was there stays, dimmed, so that nothing jumps while the next answer is on its way. */
  function showBusy(busy) {
    count.ariaBusy = busy ? "true" : null;
    section.classList.toggle("waiting", busy);
  }

  function reveal(part) {
    for (const one of [listPage, nothing, errorPlace]) one.hidden = one !== part;
  }
}

/** Not `disabled`, which would take the keyboard focus away from somebody who just went to the last page. */
function enable(button, enabled) {
  button.ariaDisabled = enabled ? null : "true";
}
