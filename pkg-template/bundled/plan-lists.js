// Reads whole lists of a tenant.
import { usageError } from "./error.js";

/** The handle of each list. */
export const HANDLES = { phones: "phones", hotlines: "hotlines", groups: "groups", scripts: "ivrScripts", greetings: "greetings" };

// A list that changes while it is read is read again, this often.
const MAX_WALKS = 3;
const PAGE_SIZE = 50;

export function checkClient(callCenter) {
  const missing = Object.values(HANDLES).find((handle) => typeof callCenter?.[handle]?.list !== "function");
  if (missing) throw usageError(`\`callCenter\` must be a CallCenter: it has no \`${missing}\`.`, { path: "" });
}

/**
 * Reads a list until it is complete: `has_next` alone says when it ends. Records are put into `records` by their id. Returns whether
 * the list stayed as it was meanwhile: if records move to another page, they are read twice, and others not at all.
 */
export async function readList(callCenter, list, { keyword, signal, records, onPage = () => {} }) {
  const handle = callCenter[HANDLES[list]];
  for (let walk = 0; walk < MAX_WALKS; walk++) {
    records.clear();
    const totals = new Set();
    let isRepeated = false;
    for await (const page of handle.iterate({ size: PAGE_SIZE, ...(keyword && { keyword }) }, { signal }).pages()) {
      totals.add(page.total_items);
      for (const record of page.items) {
        const id = record._id ?? record.sip_user ?? Symbol();
        isRepeated ||= records.has(id);
        records.set(id, record);
      }
      onPage(records.size, page.total_items);
    }
    if (!isRepeated && totals.size < 2) return true;
  }
  return false;
}
