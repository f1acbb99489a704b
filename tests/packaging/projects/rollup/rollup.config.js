import { readFile } from "node:fs/promises";
import resolve from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

const pages = { index: "main.js", softphone: "softphone.js", create: "create.js", form: "form.js" };

export default {
  input: Object.values(pages),
  // Not `file`: the client loads the checks with `import()`, which needs a file of its own.
  output: { dir: "dist", format: "es" },
  plugins: [
    resolve({ browser: true }),
    importMetaAssets(), // copies the modules, which `new URL` names
    { name: "pages", generateBundle: writePages },
  ],
};

/** Copies the pages, and lets each fetch the modules of its script together with the script. */
async function writePages(options, bundle) {
  const modulesOf = ({ referencedFiles, imports }) => [...referencedFiles, ...imports.flatMap((file) => modulesOf(bundle[file]))];
  for (const [page, script] of Object.entries(pages)) {
    const html = await readFile(`${page}.html`, "utf8");
    const links = [...new Set(modulesOf(bundle[script]))].map((file) => `<link rel="preload" as="fetch" crossorigin href="./${file}" />\n  `);
    this.emitFile({ type: "asset", fileName: `${page}.html`, source: html.replace("<script", `${links.join("")}<script`) });
  }
}
