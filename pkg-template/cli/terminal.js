// What is printed and asked: colours, tables, JSON. Nothing that is printed holds a secret, or control characters of a record.
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import * as util from "node:util";

// Control characters, and those that change the direction of a line: a name must not move the cursor or hide what follows.
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u;
const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
const widthOf = (text) => [...text.normalize().replace(/\p{M}/gu, "")].reduce((width, letter) => width + (WIDE.test(letter) ? 2 : 1), 0);

export class Terminal {
  constructor() {
    this.secrets = [];
    // Functions of their own, which can be passed on: `terminal.red(text)`.
    for (const colour of ["red", "yellow", "green", "cyan", "bold"]) this[colour] = (text, stream = process.stdout) => this.styled(colour, text, stream);
    // Whoever reads the output may stop (`| head`), but an apply must not: what is printed from then on is dropped.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  }

  /** From now on, `secret` is never printed. */
  hide(secret) {
    // Something shorter is not a key, and would be masked in every word.
    if (secret.length > 5) this.secrets.push(secret);
  }

  write(stream, text) {
    for (const secret of this.secrets) text = text.replaceAll(secret, "***");
    if (stream.writable) stream.write(text);
  }

  /** Prints the result of a command. */
  print(text) {
    this.write(process.stdout, text.endsWith("\n") ? text : `${text}\n`);
  }

  /** Prints a result for machines. */
  printJson(value) {
    this.print(JSON.stringify(value, null, 2).replace(/[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped));
  }

  /** Says something to the person at the terminal that is not the result. */
  note(text) {
    this.write(process.stderr, `${text}\n`);
  }

  /** Shows how far something is, in one line that the next one replaces. Not in the log of a machine. */
  progress(text) {
    if (process.stderr.isTTY) this.write(process.stderr, `\r\x1b[K${this.clean(text)}`);
  }

  /** A text of a record, such that it cannot control the terminal. */
  clean(text) {
    return String(text).replace(CONTROLS, escaped);
  }

  styled(format, text, stream) {
    const { NO_COLOR, FORCE_COLOR } = process.env;
    const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
    const hasColour = !NO_COLOR && (stream.isTTY ? stream.hasColors() : isForced);
    // Node 20 has `styleText` since 20.12.
    return hasColour && util.styleText ? util.styleText(format, text, { validateStream: false }) : text;
  }

  /** A table: `rows` of texts, which may have more members than columns; `colour(row, cells)` may colour the cells of a row. */
  table(heads, rows, colour = (row, cells) => cells) {
    const cells = rows.map((row) => heads.map((_, column) => this.clean(row[column] ?? "")));
    const widths = heads.map((head, column) => Math.max(...[head, ...cells.map((row) => row[column])].map(widthOf)));
    // The last column is as long as it is.
    const padded = (row) => row.map((cell, column) => (column === heads.length - 1 ? cell : cell + " ".repeat(widths[column] - widthOf(cell))));
    const lines = cells.map((row, place) => colour(rows[place], padded(row)).join("  ").trimEnd());
    return [padded(heads).map((head) => this.bold(head)).join("  "), ...lines].join("\n");
  }

  /** Whether somebody can be asked. */
  get canAsk() {
    return Boolean(process.stdin.isTTY && process.stderr.isTTY);
  }

  /** Asks for a line; `""` if there is none. What is typed is not shown if `isSecret`. */
  async ask(question, { signal, interrupt, isSecret = false }) {
    const nowhere = new Writable({ write: (chunk, encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: isSecret ? nowhere : process.stderr, terminal: true });
    lines.on("SIGINT", interrupt);
    // Only now: what is typed before readline has the terminal would be shown. If readline shows what is typed, it writes the
    // question itself, because it clears the line.
    if (isSecret) this.write(process.stderr, question);
    try {
      return (await Promise.race([lines.question(isSecret ? "" : question, { signal }), once(lines, "close").then(() => "")])).trim();
    } catch (error) {
      // Ctrl-D.
      if (!signal.aborted) return "";
      throw error;
    } finally {
      lines.close();
      if (isSecret) this.note("");
    }
  }

  /** Waits until everything is printed. */
  async flush() {
    await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => (stream.writable ? stream.write("", () => done()) : done()))));
  }
}
