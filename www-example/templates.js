// HTML stays in index.html: a <template> is copied and its `data-field` elements are filled. As text, never as HTML:
// names and numbers come from other people.
import { say, translate, words } from "./words.js";

/** A copy of the `<template>` with that id, in the language of the page, filled with the record's values or `words`. */
export function fromTemplate(id, record) {
  const copy = document.getElementById(id).content.cloneNode(true).firstElementChild;
  translate(copy);
  for (const place of copy.querySelectorAll("[data-field]")) {
    say(place, inWords(record[place.dataset.field]));
  }
  return copy;
}

function inWords(value) {
  if (Array.isArray(value)) value = value.join(", ");
  if (typeof value === "boolean") return words(value ? "yes" : "no");
  return value === undefined || value === null || value === "" ? "–" : value;
}
