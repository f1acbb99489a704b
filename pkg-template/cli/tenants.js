// The tenant that the key leads to, and snapshots from files or from it.
import { CallCenter } from "../inline.js";
import { snapshot } from "../plan/inline.js";
import { Cannot, kindOf, LISTS, readDocument } from "./documents.js";

/** What names the tenant itself where a file is expected. */
export const LIVE = "live";

/** A client of the tenant. The key comes from the environment or from a prompt, never from the command line. */
export async function connect(context) {
  if (context.callCenter) return context.callCenter;
  const { values, words, terminal, language } = context;
  const baseUrl = values["base-url"] ?? process.env.OMICALL_BASE_URL;
  if (!baseUrl) throw new Cannot(words.noBaseUrl);
  context.baseUrl = withoutSecrets(baseUrl);
  const auth = await readAuth(context);
  terminal.hide(Object.values(auth)[0]);
  // What a rule has against a request is in the plan, and a drift is no matter of the one who runs the command.
  context.callCenter = new CallCenter({ baseUrl, auth, language, onIssue: () => {}, onDrift: () => {} });
  return context.callCenter;
}

async function readAuth({ words, terminal, signal, interrupt }) {
  const [apiKey, accessToken] = ["OMICALL_API_KEY", "OMICALL_ACCESS_TOKEN"].map((name) => process.env[name]?.trim());
  // They may lead to two tenants.
  if (apiKey && accessToken) throw new Cannot(words.twoKeys);
  if (accessToken) return { accessToken };
  if (apiKey) return { apiKey };
  if (!terminal.canAsk) throw new Cannot(words.noKey);
  const typed = await terminal.ask(words.askKey, { signal, interrupt, isSecret: true });
  if (!typed) throw new Cannot(words.noKey);
  return { apiKey: typed };
}

/** A snapshot of the tenant as it is now. */
export async function takeSnapshot(context) {
  const callCenter = await connect(context);
  const { terminal, words, signal, baseUrl } = context;
  const onProgress = ({ list, read, total }) => terminal.progress(words.reading(words.lists[list], read, total));
  let tenant;
  try {
    tenant = await snapshot(callCenter, { signal, baseUrl, onProgress });
  } finally {
    terminal.progress("");
  }
  const isEmpty = LISTS.every((list) => !tenant[list].length);
  if (isEmpty && tenant.incomplete.length) throw new Cannot(words.nothingRead(baseUrl, tenant.incomplete[0].kind));
  return tenant;
}

/** The snapshot that an operand names: a file, `-`, or `live`. */
export async function readTenant(operand, context) {
  if (operand === LIVE) return takeSnapshot(context);
  const document = await readDocument(operand, context);
  kindOf(document, ["snapshot"], context.words);
  return document.value;
}

/** Snapshots of several operands. */
export async function readTenants(operands, context) {
  if (operands.filter((operand) => operand === "-").length > 1) throw new Cannot(context.words.stdinTwice);
  const tenants = [];
  for (const operand of operands) tenants.push(await readTenant(operand, context));
  return tenants;
}

/** A URL without user, password and query, as a snapshot has it. */
export const withoutSecrets = (url) => String(url).replace(/[?#].*/s, "").replace(/\/\/[^/]*@/, "//");
