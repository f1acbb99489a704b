// Takes a snapshot of the call center, with a progress bar and a button that cancels it.
import { setText, t } from "./i18n.js";
import { loadPlans } from "./plans.js";
import { address } from "./sign-in.js";
import { fromTemplate } from "./templates.js";

// The lists of a snapshot, and what one record is called.
const LISTS = { phones: "phone", hotlines: "hotline", groups: "group", scripts: "script", greetings: "greeting" };
// Why a list could not be read whole. Other kinds of errors are the server's.
const REASONS = { changed: "it changed each time", network: "no connection", timeout: "it took too long" };

/** Creates the progress bar, to be put into the page, and `read`, which resolves to the snapshot, or `undefined` if it was cancelled. */
export function createReader(callCenter, sessionSignal) {
  const element = fromTemplate("reading", {});
  const progress = element.querySelector("progress");
  const text = element.querySelector("span");
  const cancel = element.querySelector("button");
  let canceller;
  cancel.addEventListener("click", () => canceller.abort());
  return { element, read };

  async function read() {
    canceller = new AbortController();
    const counts = {};
    const sum = (name) => Object.values(counts).reduce((sum, count) => sum + count[name], 0);
    const onProgress = ({ list, read, total }) => {
      counts[list] = { read, total };
      progress.value = sum("read") / Math.max(1, sum("total"));
      setText(text, t("{read} of {total} records read", { read: sum("read"), total: sum("total") }));
    };
    // A bar without a value is indeterminate.
    progress.removeAttribute("value");
    setText(text, t("Loading…"));
    element.hidden = false;
    try {
      const { snapshot } = await loadPlans();
      return await snapshot(callCenter, { baseUrl: address(), signal: AbortSignal.any([canceller.signal, sessionSignal]), onProgress });
    } catch (error) {
      if (canceller.signal.aborted || sessionSignal.aborted) return undefined;
      throw error;
    } finally {
      element.hidden = true;
    }
  }
}

/** What a snapshot does not have, as list items. */
export function renderGaps({ incomplete }, sentence = "The {many} could not be read whole: {reason}.") {
  // In a file there may be anything.
  const gaps = incomplete.filter((gap) => Object.hasOwn(LISTS, Object(gap).list));
  return gaps.map(({ list, kind }) => {
    const message = t(sentence, { many: t(list), reason: t(REASONS[kind] ?? "the server refused") });
    const item = fromTemplate("issue", { severity: t("Warning"), message });
    item.dataset.severity = "warning";
    return item;
  });
}

/** How many records a snapshot has, e.g. "137 phones, 12 groups". */
export function countRecords(snapshot) {
  const count = (list) => {
    const { length: total } = snapshot[list];
    return t("{total} {things}", { total, things: t(total === 1 ? LISTS[list] : list) });
  };
  return { toString: () => Object.keys(LISTS).map(count).join(", ") };
}
