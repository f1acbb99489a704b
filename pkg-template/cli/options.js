// What the command line says about how tenants are compared, and what a plan may do.
import { Cannot, readDocument } from "./documents.js";

const KINDS = ["greeting", "group", "script"];

/** `--mapping` and `--match-by`, as `diff` and `plan` take them. */
export async function matchOptions(context) {
  const { values, words } = context;
  const matchBy = values["match-by"];
  if (matchBy !== undefined && matchBy !== "id" && matchBy !== "name") throw new Cannot(words.badOption("--match-by", "id, name"));
  const mapping = values.mapping && (await readDocument(values.mapping, context)).value;
  return { ...(matchBy && { matchBy }), ...(mapping && { mapping }) };
}

/** The options of `plan` on the command line. */
export async function planOptions(context) {
  const { values, words, language } = context;
  const only = {};
  for (const word of values.only ?? []) {
    const [, prefix, rest] = /^(?:(id|name):)?(.*)$/s.exec(word);
    if (!rest || (!prefix && !KINDS.includes(rest))) throw new Cannot(words.badOnly);
    (only[{ id: "ids", name: "names" }[prefix] ?? "kinds"] ??= []).push(rest);
  }
  return { ...(await matchOptions(context)), allowDelete: values["allow-delete"] ?? false, language, ...(values.only && { only }) };
}
