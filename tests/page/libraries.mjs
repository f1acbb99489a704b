// The real JsSIP and SIP.js, put into a page as `window.JsSIP` and `window.SIP`.
import { build } from "esbuild";
import { root } from "./support.mjs";

export async function addLibraries(page) {
  const contents = 'import * as JsSIP from "jssip"; import * as SIP from "sip.js"; Object.assign(globalThis, { JsSIP, SIP });';
  const stdin = { contents, resolveDir: `${root}/tests/page` };
  const { outputFiles } = await build({ stdin, bundle: true, format: "iife", write: false, logLevel: "silent" });
  await page.addScriptTag({ content: outputFiles[0].text });
}
