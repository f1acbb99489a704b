// Remembers that a plan is being applied, for the case that the page is reloaded meanwhile. Only numbers are stored: the plan has
// names and extensions of people, which do not belong into the browser's storage. With the file, a new plan has what is left.
const KEY = "applying";

/** Notes how many of the plan's steps are done. */
export function noteApplying(done, count) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ done, count }));
  } catch {
    // Browsers may block storage; then a reload is not told.
  }
}

/** Notes that no plan is being applied any more. */
export function noteApplied() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was stored either.
  }
}

/** How far a plan was when the page was reloaded: `{ done, count }`, or `undefined` if none was being applied. It is told once. */
export function takeInterruption() {
  try {
    const { done, count } = JSON.parse(sessionStorage.getItem(KEY));
    noteApplied();
    return { done: Number(done), count: Number(count) };
  } catch {
    return undefined;
  }
}
