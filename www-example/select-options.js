// The options of a <select>.
import { setText, t } from "./i18n.js";

/**
 * Sets the options from `[value, text]` pairs, after an empty option with the text `emptyText`. The selected value stays
 * selected even if it is not among them: the call center may have more records than this page has loaded.
 */
export function setOptions(select, emptyText, pairs, value = select.value) {
  const isListed = pairs.some(([other]) => other === value);
  const unlisted = value && !isListed ? [[value, t("unknown: {value}", { value })]] : [];
  const options = [["", emptyText], ...pairs, ...unlisted].map(([value, text]) => {
    const option = new Option("", value);
    setText(option, text);
    return option;
  });
  select.replaceChildren(...options);
  select.value = value;
}
