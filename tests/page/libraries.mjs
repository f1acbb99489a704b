// Adds real libraries from npm to a page as globals.
import { build } from "esbuild";
import { root } from "./support.mjs";

async function add(page, contents) {
  const stdin = { contents, resolveDir: `${root}/tests/page` };
  const define = { "process.env.NODE_ENV": '"production"' };
  const { outputFiles } = await build({ stdin, define, bundle: true, format: "iife", write: false, logLevel: "silent" });
  await page.addScriptTag({ content: outputFiles[0].text });
}

/** JsSIP and SIP.js, as `window.JsSIP` and `window.SIP`. */
export const addLibraries = (page) => add(page, 'import * as JsSIP from "jssip"; import * as SIP from "sip.js"; Object.assign(globalThis, { JsSIP, SIP });');

/** Vue as `window.Vue`, and lodash as `window._`. */
export const addVueAndLodash = (page) => add(page, 'import * as Vue from "vue"; import _ from "lodash"; Object.assign(globalThis, { Vue, _ });');
