import { copyFile } from "node:fs/promises";
import resolve from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

export default {
  input: "main.js",
  output: { dir: "dist", format: "es" },
  plugins: [
    resolve({ browser: true }),
    importMetaAssets(), // copies omicall.wasm, which `new URL` names
    { name: "page", writeBundle: () => copyFile("index.html", "dist/index.html") },
  ],
};
