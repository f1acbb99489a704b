// The list of internal phones: search as you type, pages, and what to show while waiting, when there is nothing, and
// when something went wrong.
import { showError } from "./error.js";
import { showExtension } from "./extension-detail.js";
import { fromTemplate } from "./templates.js";

const TYPING_PAUSE_MS = 200;

const section = document.querySelector("#phones");
const search = section.querySelector("input[type=search]");
const count = section.querySelector("#phone-count");
const phonePage = section.querySelector("#phone-page");
const rows = phonePage.querySelector("tbody");
const size = phonePage.querySelector("select");
const pageNumber = phonePage.querySelector("#page-number");
const previous = phonePage.querySelector("[name=previous]");
const next = phonePage.querySelector("[name=next]");
const noPhones = section.querySelector("#no-phones");
const clear = noPhones.querySelector("button");
const errorPlace = section.querySelector(".error-place");

/** Shows the phones and lets people look around in them, until `session` aborts. */
export function showPhones(callCenter, session) {
  // The page on the screen; nothing while another one is on its way, so that "Next" cannot lead past it.
  let shown;
  let request = new AbortController();
  let typing;

  const on = (element, type, listener) => element.addEventListener(type, listener, { signal: session });
  on(search, "input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, TYPING_PAUSE_MS);
  });
  on(search.form, "submit", () => load());
  on(size, "change", () => load());
  on(previous, "click", () => shown?.has_previous && load(shown.page_number - 1));
  on(next, "click", () => shown?.has_next && load(shown.page_number + 1));
  on(clear, "click", () => {
    search.value = "";
    search.focus();
    load();
  });
  on(rows, "click", ({ target }) => {
    // A click anywhere in a row will do, unless it ends the selecting of text. The keyboard has the button.
    if (!target.closest("button") && !getSelection().isCollapsed) return;
    const row = target.closest("tr[data-extension]");
    if (!row) return;
    // When the pane closes, it gives the focus back to where it was.
    row.querySelector("button").focus();
    showExtension(callCenter, row.dataset.extension);
  });
  session.addEventListener("abort", () => {
    clearTimeout(typing);
    request.abort();
    section.hidden = true;
    rows.replaceChildren();
  });

  search.value = "";
  count.textContent = "Loading…";
  reveal();
  section.hidden = false;
  search.focus();
  load();

  async function load(page = 1) {
    shown = undefined;
    clearTimeout(typing);
    // Only the latest question counts; without this, a slow answer to an earlier one could overwrite it.
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const keyword = search.value.trim();
    showBusy(true);
    try {
      shown = await callCenter.phones.list({ keyword, page, size: Number(size.value) }, { signal });
      render(shown, keyword);
    } catch (error) {
      // Aborted by the next `load`, or by signing out: nobody waits for this one any more.
      if (signal.aborted) return;
      count.textContent = "The phones could not be loaded.";
      reveal(errorPlace);
      showError(errorPlace, error, () => {
        search.focus();
        load(page);
      });
    }
    showBusy(false);
  }
}

function render(page, keyword) {
  count.textContent = page.total_items === 1 ? "1 phone" : `${page.total_items} phones`;
  if (page.items.length === 0) {
    noPhones.querySelector("p").textContent = keyword ? `No phone matches “${keyword}”.` : "There are no phones yet.";
    clear.hidden = !keyword;
    reveal(noPhones);
    return;
  }
  rows.replaceChildren(...page.items.map(rowOf));
  pageNumber.textContent = `Page ${page.page_number} of ${page.total_pages}`;
  enable(previous, page.has_previous);
  enable(next, page.has_next);
  reveal(phonePage);
}

function rowOf(phone) {
  // The list carries everybody's SIP password as well. Only what the template names gets into the page.
  const row = fromTemplate("phone-row", phone);
  row.dataset.extension = phone.sip_user;
  return row;
}

/** Not `disabled`, which would take the keyboard focus away from somebody who just went to the last page. */
function enable(button, enabled) {
  button.ariaDisabled = enabled ? null : "true";
}

/** What was there stays, dimmed, so that nothing jumps while the next answer is on its way. */
function showBusy(busy) {
  count.ariaBusy = busy ? "true" : null;
  section.classList.toggle("waiting", busy);
}

function reveal(part) {
  for (const one of [phonePage, noPhones, errorPlace]) one.hidden = one !== part;
}
