// English and Vietnamese. The page is written in English; `vietnamese.js` has each sentence again. Whoever switches loses
// nothing: each node and attribute remembers what it says, and says it again.
import { VIETNAMESE } from "./vietnamese.js";

const ATTRIBUTES = ["aria-label", "placeholder", "data-label"];

let language = remembered() ?? (navigator.language.startsWith("vi") ? "vi" : "en");
// By node and attribute; "" stands for the text.
const said = new WeakMap();
const changed = new EventTarget();

/** A sentence in the language of the page, whichever that is when it is shown. `{name}` in it is a value of `values`. */
export function words(english, values = {}) {
  const inWords = () => (language === "vi" ? (VIETNAMESE[english] ?? missing(english)) : english);
  return { toString: () => inWords().replace(/\{(\w+)\}/g, (_, name) => values[name]) };
}

/** Lets an element say some `words`, or a plain text that no language changes. */
export function say(node, text) {
  put(node, "", text);
}

/** The same for an attribute. */
export function label(element, attribute, text) {
  put(element, attribute, text);
}

/** Lets all that is written in a part of the page, in English, be said in the language of the page. */
export function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    // `translate="no"` is HTML's own word for names, codes and the like.
    node.translate === false ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else for (const attribute of ATTRIBUTES) if (node.hasAttribute?.(attribute)) translateAttribute(node, attribute);
  }
}

/** The language of the page, as the checks of the package take it too. */
export function currentLanguage() {
  return language;
}

/** Calls back after each change of the language, until `left` aborts. */
export function onLanguage(callback, left) {
  changed.addEventListener("change", callback, { signal: left });
}

/** Lets somebody choose the language with this <select>. */
export function offerLanguages(select) {
  select.addEventListener("change", () => {
    language = select.value;
    remember(language);
    show();
  });
  translate(document.querySelector("title"));
  translate(document.body);
  show();

  function show() {
    select.value = language;
    document.documentElement.lang = language;
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const [attribute, text] of said.get(walker.currentNode) ?? []) write(walker.currentNode, attribute, text);
    }
    changed.dispatchEvent(new Event("change"));
  }
}

function put(node, attribute, text) {
  if (!said.has(node)) said.set(node, new Map());
  said.get(node).set(attribute, text);
  write(node, attribute, text);
}

function write(node, attribute, text) {
  if (attribute) node.setAttribute(attribute, text);
  else if (node.textContent !== String(text)) node.textContent = text;
}

function translateText(node) {
  const [, before, sentence, after] = node.data.match(/^(\s*)(.*?)(\s*)$/s);
  // Only what has letters in it, and with the spaces around it.
  if (!/\p{L}/u.test(sentence)) return;
  const text = words(sentence.replace(/\s+/g, " "));
  say(node, { toString: () => `${before}${text}${after}` });
}

function translateAttribute(element, attribute) {
  const sentence = element.getAttribute(attribute);
  if (sentence) label(element, attribute, words(sentence));
}

function missing(english) {
  console.warn(`vietnamese.js lacks: ${english}`);
  return english;
}

// Browsers can be told to keep nothing; the page works without.

function remembered() {
  try {
    return localStorage.getItem("language") ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(language) {
  try {
    localStorage.setItem("language", language);
  } catch {
    // The next visit starts in the browser's own language.
  }
}
