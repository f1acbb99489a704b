// What the server refuses, as an issue of the field that it speaks of.

/** The issues, none where nobody can say which field is meant. */
export function issuesOf({ kind, code, message, endpoint, issues }, record) {
  const leaves = leavesOf(record);
  // The package itself has refused: nothing was sent.
  if (kind === "validation") return issues.map((issue) => ({ ...issue, value: leaves.get(issue.path) }));
  if (kind !== "api") return [];
  // The endpoint stands in the message, too, and has words of its own.
  const said = message.replace(endpoint, "");
  const path = namedField(leaves, code ?? "", said) ?? quotedValue(leaves, said);
  // The messages of errors are English.
  return path ? [{ severity: "error", code, path, message, lang: "en", value: leaves.get(path) }] : [];
}

/** Whether the field still holds what was refused. */
export function stillStands({ path, value }, record) {
  return leavesOf(record).get(path) === value;
}

/** "script_name_exists", or "time_out must be a whole number": unless several fields have that name. */
function namedField(leaves, code, message) {
  const isNamed = (path) => {
    const field = path.slice(path.lastIndexOf("/") + 1);
    return code.startsWith(field) || new RegExp(`\\b${field}\\b`).test(message);
  };
  const paths = [...leaves.keys()].filter(isNamed);
  return paths.length === 1 ? paths[0] : undefined;
}

/** "Group 62ff119508d4bf3ea694a44a does not exist": ids and extensions, not words, which may be in any sentence. */
function quotedValue(leaves, message) {
  const quoted = new Set(message.match(/[\p{L}\p{N}]+/gu));
  for (const [path, value] of leaves) if (/^[0-9a-f]{3,}$/.test(value) && quoted.has(value)) return path;
  return undefined;
}

/** The values of a record by JSON pointer. The names of the API's fields need no escaping in one. */
function leavesOf(value, path = "", leaves = new Map()) {
  if (value === null || typeof value !== "object") return leaves.set(path, value);
  for (const [name, member] of Object.entries(value)) leavesOf(member, `${path}/${name}`, leaves);
  return leaves;
}
