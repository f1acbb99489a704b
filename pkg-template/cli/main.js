#!/usr/bin/env node
// `npx omicall-call-center`: runs one command and exits with 0 (clean), 1 (issues or differences), 2 (cannot), or 128 + the signal.
import { createRequire } from "node:module";
import { helpOf, readCommandLine } from "./command-line.js";
import { Cannot } from "./documents.js";
import { Terminal } from "./terminal.js";
import { words } from "./words.js";

// Loaded on demand: the help needs none of the modules.
const reports = (name) => async (context) => (await import("./reports.js"))[name](context);
const plans = (name) => async (context) => (await import("./plans.js"))[name](context);
const COMMANDS = {
  snapshot: reports("snapshot"),
  lint: reports("lint"),
  diff: reports("diff"),
  "who-uses": reports("whoUses"),
  diagram: reports("diagram"),
  plan: plans("plan"),
  apply: plans("apply"),
};
const SIGNALS = { SIGINT: 130, SIGTERM: 143 };

async function main(args) {
  const terminal = new Terminal();
  const stop = new AbortController();
  let stopped, stoppedAt;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      // The second Ctrl-C ends the program at once. One that npx passes on comes right after that of the terminal.
      if (stopped && Date.now() - stoppedAt > 1000) process.exit(stopped);
      stopped ??= code;
      stoppedAt ??= Date.now();
      stop.abort();
    });
  }
  const interrupt = () => process.kill(process.pid, "SIGINT");
  let code;
  // Read before anything can fail, so that a complaint has the language and the form that were asked for.
  let context = { language: args.some((arg, place) => arg === "--lang=vi" || (arg === "--lang" && args[place + 1] === "vi")) ? "vi" : "en", json: args.includes("--json") };
  try {
    const { command, values, operands } = readCommandLine(args, words(context.language));
    context = { ...context, values, operands, terminal, signal: stop.signal, interrupt, words: words(context.language) };
    if (values.version) {
      terminal.print(createRequire(import.meta.url)("../package.json").version);
      code = 0;
    } else if (values.help || !command) {
      const text = helpOf(command, context.language);
      // Without a command, nothing was done.
      if (values.help) terminal.print(text);
      else terminal.note(text);
      code = values.help ? 0 : 2;
    } else {
      code = await COMMANDS[command](context);
    }
  } catch (error) {
    code = 2;
    if (!stopped) complain(error, context, terminal);
  }
  if (stopped) terminal.note(words(context.language).stopped);
  await terminal.flush();
  process.exit(stopped ?? code);
}

/** Says why a command cannot do its work. */
function complain(error, { json, language }, terminal) {
  const { kind = error instanceof Cannot ? "usage" : "unexpected", code } = Object(error);
  let message = String(error?.message ?? error);
  if (kind === "auth") message += ` ${words(language).keyAdvice}`;
  terminal.note(terminal.red(`omicall-call-center: ${terminal.clean(message)}`, process.stderr));
  if (json) terminal.printJson({ error: { kind, code, message } });
}

await main(process.argv.slice(2));
