// Documents cross to Rust as JSON text, composed (NFC): the engine has the tables for it already.
import { usageError } from "./error.js";
import { planJson } from "./plan_bg.js";

/** A document as JSON. `name` is the argument's name in an error. */
export function jsonOf(name, value) {
  try {
    // Rust has no lone surrogates.
    const text = JSON.stringify(value, (_, member) => (typeof member === "string" ? member.normalize().replace(/\p{Cs}/gu, "\ufffd") : member));
    if (text !== undefined) return text;
  } catch (cause) {
    throw usageError(`\`${name}\` cannot be written as JSON.`, { path: "", cause });
  }
  throw usageError(`\`${name}\` is missing.`, { path: "" });
}

/** Calls a function of Rust with its arguments as JSON, and returns what it returns. */
export function call(name, first, second = "", options = "", rules = null) {
  const { value, error } = JSON.parse(planJson(name, first, second, options, rules));
  if (error) throw usageError(error.message, { path: error.path });
  return value;
}
