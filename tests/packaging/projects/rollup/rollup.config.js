import { copyFile } from "node:fs/promises";
import resolve from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

const pages = ["index", "softphone", "create", "form"];

export default {
  input: { main: "main.js", softphone: "softphone.js", create: "create.js", form: "form.js" },
  // Not `file`: the client loads the checks with `import()`, which needs a file of its own.
  output: { dir: "dist", format: "es" },
  plugins: [
    resolve({ browser: true }),
    importMetaAssets(), // copies the modules, which `new URL` names
    { name: "pages", writeBundle: () => Promise.all(pages.map((page) => copyFile(`${page}.html`, `dist/${page}.html`))) },
  ],
};
