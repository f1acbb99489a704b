// HTML stays in index.html: a <template> is copied and its `data-field` elements are filled. As text, never as HTML:
// names and numbers come from other people.

/** A filled copy of the `<template>` with that id. */
export function fromTemplate(id, record) {
  const copy = document.getElementById(id).content.cloneNode(true).firstElementChild;
  for (const place of copy.querySelectorAll("[data-field]")) {
    place.textContent = inWords(record[place.dataset.field]);
  }
  return copy;
}

function inWords(value) {
  if (Array.isArray(value)) value = value.join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === undefined || value === null || value === "" ? "–" : String(value);
}
