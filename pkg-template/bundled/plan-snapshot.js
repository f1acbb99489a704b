// `snapshot`: all lists of a tenant in one document.
import { checkClient, HANDLES, readList } from "./plan-lists.js";

// Without these, no other list can be read either.
const FATAL = ["auth", "aborted", "usage"];

export async function snapshot(callCenter, options = {}) {
  const { onProgress, signal, baseUrl } = Object(options);
  checkClient(callCenter);
  const document = { format: "omicall-tenant", version: 1, takenAt: Date.now(), ...(baseUrl && { baseUrl: withoutSecrets(baseUrl) }) };
  const gaps = {};
  // Ends the other lists when one of them ends the snapshot.
  const others = new AbortController();
  const abort = () => others.abort(signal.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  const read = async (list) => {
    const records = new Map();
    const tell = (read, total) => onProgress?.({ list, read, total });
    try {
      if (list === "hotlines") {
        const numbers = await callCenter.hotlines.list({}, { signal: others.signal });
        numbers.forEach((number) => records.set(number, number));
        tell(records.size, records.size);
      } else if (!(await readList(callCenter, list, { signal: others.signal, records, onPage: tell }))) gaps[list] = "changed";
    } catch (error) {
      const { kind } = Object(error);
      if (typeof kind !== "string" || FATAL.includes(kind)) throw error;
      gaps[list] = kind;
    }
    return withoutPasswords([...records.values()]);
  };
  try {
    const lists = Object.keys(HANDLES);
    const found = await Promise.all(lists.map(read));
    lists.forEach((list, place) => (document[list] = found[place]));
  } catch (error) {
    others.abort();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  const incomplete = Object.keys(HANDLES).filter((list) => gaps[list]).map((list) => ({ list, kind: gaps[list] }));
  return { ...document, complete: incomplete.length === 0, incomplete };
}

/** The same records as plain data, without anything that is called a password or a secret, by the words of `crates/schema/src/secrets.rs`. */
const withoutPasswords = (records) => JSON.parse(JSON.stringify(records, (name, member) => (/pass|pwd|secret|token|api[^a-z\d]*key|authorization|credential|ha1$/i.test(name) ? undefined : member)));

/** A URL without user, password and query. */
const withoutSecrets = (url) => String(url).replace(/[?#].*/s, "").replace(/\/\/[^/]*@/, "//");
