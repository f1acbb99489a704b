// The internal phones. A click on one opens it in full.
import { showExtension } from "./extension-detail.js";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

export function showPhones(callCenter, left) {
  const { rows } = showList({
    one: "phone",
    many: "phones",
    search: "Extension, name or e-mail",
    table: "phone-table",
    load: (query, options) => callCenter.phones.list(query, options),
    rowOf,
    left,
  });
  rows.addEventListener("click", ({ target }) => {
    // A click anywhere in a row will do, unless it ends the selecting of text. The keyboard has the button.
    if (!target.closest("button") && !getSelection().isCollapsed) return;
    const row = target.closest("tr[data-extension]");
    if (!row) return;
    // When the pane closes, it gives the focus back to where it was.
    row.querySelector("button").focus();
    showExtension(callCenter, row.dataset.extension, left);
  });
}

function rowOf(phone) {
  // The list carries everybody's SIP password as well. Only what the template names gets into the page.
  const row = fromTemplate("phone-row", phone);
  row.dataset.extension = phone.sip_user;
  return row;
}
