// Files: snapshots, plans and the records of an apply. Each complaint names the file and what is wrong with it.
import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** The command cannot do its work, and `message` says why and what to do. */
export class Cannot extends Error {}

export const LISTS = ["phones", "hotlines", "groups", "scripts", "greetings"];
const NAMES = { "omicall-tenant": "snapshot", "omicall-plan": "plan", "omicall-diff": "diff", "omicall-result": "result", "omicall-apply": "run" };

/** Reads a JSON document; `-` is standard input. Returns it with the file's name for complaints. */
export async function readDocument(file, { words, stdin = process.stdin }) {
  const name = file === "-" ? words.stdin : file;
  let bytes;
  try {
    bytes = file === "-" ? await readAll(stdin) : await readFile(file);
  } catch (error) {
    throw new Cannot(`${name}: ${words.unreadable[error.code] ?? `${words.unreadable.other} (${error.code ?? "?"})`}`);
  }
  // PowerShell's `>` writes UTF-16.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  let text;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Cannot(`${name}: ${words.notText}`);
  }
  try {
    return { name, value: JSON.parse(text) };
  } catch (error) {
    // The engine's message quotes the file.
    const place = /position (\d+)/.exec(error.message)?.[1];
    const lines = text.slice(0, place).split("\n");
    throw new Cannot(`${name}: ${text.trim() ? words.notJson : words.empty}${place ? ` (${words.line} ${lines.length}, ${words.column} ${lines.at(-1).length + 1})` : ""}`);
  }
}

async function readAll(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The kind of a document: `"snapshot"`, `"plan"`, `"run"`, …; checks that it is one of those in `allowed`. */
export function kindOf({ name, value }, allowed, words) {
  const isObject = Object(value) === value && !Array.isArray(value);
  // Lists by hand, as `lintIvr` takes them, have no format.
  const format = isObject && value.format === undefined && LISTS.some((list) => Object.hasOwn(value, list)) ? "omicall-tenant" : isObject && value.format;
  const kind = Object.hasOwn(NAMES, String(format)) ? NAMES[format] : undefined;
  const expected = allowed.map((kind) => words.documents[kind]).join(words.or);
  if (!kind) throw new Cannot(`${name}: ${words.notDocument(expected)}`);
  if (!allowed.includes(kind)) throw new Cannot(`${name}: ${words.otherDocument(words.documents[kind], expected)}`);
  if (value.version > 1) throw new Cannot(`${name}: ${words.newer}`);
  if (kind === "snapshot") checkLists(name, value, words);
  return kind;
}

function checkLists(name, tenant, words) {
  for (const list of LISTS) {
    const records = tenant[list] ?? [];
    const isRecord = list === "hotlines" ? (record) => typeof record === "string" : (record) => Object(record) === record && !Array.isArray(record);
    if (!Array.isArray(records)) throw new Cannot(`${name}: ${words.notList(`/${list}`)}`);
    const wrong = records.findIndex((record) => !isRecord(record));
    if (wrong >= 0) throw new Cannot(`${name}: ${words.notRecord(`/${list}/${wrong}`)}`);
  }
}

/** Writes a file at once or not at all, for its owner only: it has names and numbers of people. */
export function writePrivate(file, text, words) {
  const partial = `${file}.${process.pid}.part`;
  try {
    const handle = openSync(partial, "w", 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    chmodSync(partial, 0o600);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new Cannot(`${file}: ${words.unwritable} (${error.code ?? "?"})`);
  }
}

/** What the checks take of a snapshot. */
export function tenantOf(document) {
  const members = ["scripts", "groups", "greetings", "phones", "complete", "startScripts"].filter((name) => document[name] !== undefined);
  return { scripts: [], groups: [], ...Object.fromEntries(members.map((name) => [name, document[name]])) };
}

export const toText = (document) => `${JSON.stringify(document, null, 2)}\n`;
