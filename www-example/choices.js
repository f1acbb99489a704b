// What can be chosen in a <select>.
import { say, words } from "./words.js";

/**
 * Offers `[value, text]` pairs, after a first choice for nothing. What is chosen stays chosen, whether it is among them or
 * not: the call center may have more than this page knows.
 */
export function offerChoices(select, nothing, pairs, value = select.value) {
  const known = pairs.some(([other]) => other === value);
  const unknown = value && !known ? [[value, words("unknown: {value}", { value })]] : [];
  const options = [["", nothing], ...pairs, ...unknown].map(([value, text]) => {
    const option = new Option("", value);
    say(option, text);
    return option;
  });
  select.replaceChildren(...options);
  select.value = value;
}
