// Reads a backup from a file. Anybody may have made the file: here it is only made sure that it is a backup at all.
import { t } from "./i18n.js";

// 137 phones, 60 groups, 200 scripts and 300 greetings are less than one megabyte.
const MAX_BYTES = 8_000_000;
const VERSION = 1;
const LISTS = ["phones", "hotlines", "groups", "scripts", "greetings", "incomplete"];

/** Resolves to `{ snapshot }`, or to `{ problem }`, a text that says what is wrong with the file. */
export async function readSnapshotFile(file) {
  if (file.size > MAX_BYTES) return { problem: t("“{name}” is too large for a backup: more than {size} MB.", { name: file.name, size: MAX_BYTES / 1e6 }) };
  let text;
  try {
    text = await file.text();
  } catch {
    return { problem: t("“{name}” could not be read. Perhaps it has been moved or changed: choose it again.", { name: file.name }) };
  }
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return { problem: t("“{name}” is not JSON. Choose a file that “Save a backup” has made.", { name: file.name }) };
  }
  const { format, version } = Object(document);
  if (format !== "omicall-tenant" || typeof version !== "number") {
    return { problem: t("“{name}” is JSON, but not a backup. Choose a file that “Save a backup” has made.", { name: file.name }) };
  }
  if (version > VERSION) {
    return { problem: t("“{name}” was made by a newer version of this page: reload the page, or update it.", { name: file.name }) };
  }
  const missing = LISTS.find((list) => !Array.isArray(document[list]));
  return missing ? { problem: damaged(file.name, `/${missing}`) } : { snapshot: document };
}

/** Says that a file is a backup, but not whole: `path` is where. */
export function damaged(name, path) {
  return t("“{name}” is damaged, or was edited wrongly: {path} is not what it must be.", { name, path });
}
