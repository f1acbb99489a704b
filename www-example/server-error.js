// Turns an error from the server into an issue of the field that it is about.

/** The issues of an error; an empty array if the field is not known. */
export function serverIssues({ kind, code, message, endpoint, issues }, record) {
  const values = valuesByPath(record);
  // The package itself found errors: nothing was sent.
  if (kind === "validation") return issues.map((issue) => ({ ...issue, value: values.get(issue.path) }));
  if (kind !== "api") return [];
  // The message contains the endpoint, whose words could be mistaken for field names.
  const text = message.replace(endpoint, "");
  const path = fieldByName(values, code ?? "", text) ?? fieldByValue(values, text);
  // Error messages are in English.
  return path ? [{ severity: "error", code, path, message, lang: "en", value: values.get(path) }] : [];
}

/** Whether the field still has the value that the server rejected. */
export function isUnchanged({ path, value }, record) {
  return valuesByPath(record).get(path) === value;
}

/** Finds the field named in "script_name_exists" or "time_out must be a whole number", if only one has that name. */
function fieldByName(values, code, message) {
  const isNamed = (path) => {
    const field = path.slice(path.lastIndexOf("/") + 1);
    return code.startsWith(field) || new RegExp(`\\b${field}\\b`).test(message);
  };
  const paths = [...values.keys()].filter(isNamed);
  return paths.length === 1 ? paths[0] : undefined;
}

/** Finds the field whose id or extension is in "Group 62ff119508d4bf3ea694a44a does not exist". */
function fieldByValue(values, message) {
  const words = new Set(message.match(/[\p{L}\p{N}]+/gu));
  // Not other texts: common words may be in any message.
  for (const [path, value] of values) if (/^[0-9a-f]{3,}$/.test(value) && words.has(value)) return path;
  return undefined;
}

/** The values of a record by JSON pointer. The API's field names need no escaping. */
function valuesByPath(value, path = "", values = new Map()) {
  if (value === null || typeof value !== "object") return values.set(path, value);
  for (const [name, member] of Object.entries(value)) valuesByPath(member, `${path}/${name}`, values);
  return values;
}
