// English and Vietnamese. The page is written in English; `i18n-vi.js` has a translation of each text. Switching the
// language loses nothing: each node and attribute remembers its text and is written again.
import { VIETNAMESE } from "./i18n-vi.js";

const ATTRIBUTES = ["aria-label", "placeholder", "data-label"];

let language = savedLanguage() ?? (navigator.language.startsWith("vi") ? "vi" : "en");
// The texts by node and attribute; the attribute "" is the text content.
const texts = new WeakMap();
const changes = new EventTarget();

/** A text that is translated whenever it is shown. `{name}` in it is replaced with a value of `values`. */
export function t(english, values = {}) {
  const translated = () => (language === "vi" ? (VIETNAMESE[english] ?? missing(english)) : english);
  return { toString: () => translated().replace(/\{(\w+)\}/g, (_, name) => values[name]) };
}

/** Sets the text of an element: a text from `t`, or a string that is the same in every language. */
export function setText(node, text) {
  setAndRemember(node, "", text);
}

/** The same for an attribute. */
export function setAttribute(element, attribute, text) {
  setAndRemember(element, attribute, text);
}

/** Translates all English texts and attributes in a part of the page. */
export function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    // HTML's `translate="no"` marks names, codes and the like.
    node.translate === false ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else for (const attribute of ATTRIBUTES) if (node.hasAttribute?.(attribute)) translateAttribute(node, attribute);
  }
}

/** The language of the page; the checks of the package take it too. */
export function currentLanguage() {
  return language;
}

/** Calls `callback` after each change of the language, until `signal` aborts. */
export function onLanguageChange(callback, signal) {
  changes.addEventListener("change", callback, { signal });
}

/** Translates the page, and lets the user choose the language with this <select>. */
export function startLanguageSelect(select) {
  select.addEventListener("change", () => {
    language = select.value;
    saveLanguage(language);
    applyLanguage();
  });
  translate(document.querySelector("title"));
  translate(document.body);
  applyLanguage();

  function applyLanguage() {
    select.value = language;
    document.documentElement.lang = language;
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const [attribute, text] of texts.get(walker.currentNode) ?? []) write(walker.currentNode, attribute, text);
    }
    changes.dispatchEvent(new Event("change"));
  }
}

function setAndRemember(node, attribute, text) {
  if (!texts.has(node)) texts.set(node, new Map());
  texts.get(node).set(attribute, text);
  write(node, attribute, text);
}

function write(node, attribute, text) {
  if (attribute) node.setAttribute(attribute, text);
  else if (node.textContent !== String(text)) node.textContent = text;
}

function translateText(node) {
  const [, before, sentence, after] = node.data.match(/^(\s*)(.*?)(\s*)$/s);
  // Only texts with letters; the spaces around them stay.
  if (!/\p{L}/u.test(sentence)) return;
  const text = t(sentence.replace(/\s+/g, " "));
  setText(node, { toString: () => `${before}${text}${after}` });
}

function translateAttribute(element, attribute) {
  const sentence = element.getAttribute(attribute);
  if (sentence) setAttribute(element, attribute, t(sentence));
}

function missing(english) {
  console.warn(`i18n-vi.js lacks: ${english}`);
  return english;
}

// Browsers may block localStorage; the page works without it.

function savedLanguage() {
  try {
    return localStorage.getItem("language") ?? undefined;
  } catch {
    return undefined;
  }
}

function saveLanguage(language) {
  try {
    localStorage.setItem("language", language);
  } catch {
    // The next visit starts in the browser's language.
  }
}
