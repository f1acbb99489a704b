export function issuesByField({ issues }) {
  // Without a prototype: a form may have a field `constructor`.
  const byField = { __proto__: null };
  for (const issue of issues ?? []) {
    const field = issue.path.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
    (byField[field] ??= []).push(issue);
  }
  return byField;
}
