// The HTML is in index.html: a <template> is cloned and its `data-field` elements are filled. As text, never as HTML:
// names and numbers come from other people.
import { setText, t, translate } from "./i18n.js";

/** Clones the `<template>` with that id, translates it, and fills it with the record's values or texts. */
export function fromTemplate(id, record) {
  const clone = document.getElementById(id).content.cloneNode(true).firstElementChild;
  translate(clone);
  for (const element of clone.querySelectorAll("[data-field]")) {
    setText(element, displayText(record[element.dataset.field]));
  }
  return clone;
}

function displayText(value) {
  if (Array.isArray(value)) value = value.join(", ");
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  return value === undefined || value === null || value === "" ? "–" : value;
}
