// The internal phones. A click on one opens its details.
import { showExtension } from "./extension-detail.js";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

export function showPhones(callCenter, signal) {
  const { rows } = showList({
    one: "phone",
    many: "phones",
    searchBy: "Extension, name or e-mail",
    table: "phone-table",
    fetchPage: (query, options) => callCenter.phones.list(query, options),
    renderRow,
    signal,
  });
  rows.addEventListener("click", ({ target }) => {
    // A click anywhere in the row works, unless it ends a text selection. The button is for the keyboard.
    if (!target.closest("button") && !getSelection().isCollapsed) return;
    const row = target.closest("tr[data-extension]");
    if (!row) return;
    // When the dialog closes, it returns the focus to the button.
    row.querySelector("button").focus();
    showExtension(callCenter, row.dataset.extension, signal);
  });
}

function renderRow(phone) {
  const row = fromTemplate("phone-row", phone);
  row.dataset.extension = phone.sip_user;
  return row;
}
