// esbuild does not copy the modules: they have to be next to its output.
import { cpSync, readFileSync, writeFileSync } from "node:fs";

const modules = { index: ["omicall"], softphone: ["softphone"], create: ["omicall"], form: ["omicall", "checks"] };

for (const module of ["omicall", "checks/checks", "softphone/softphone"]) cpSync(`node_modules/omicall-call-center/${module}.wasm`, `dist/${module.split("/").at(-1)}.wasm`);
for (const [page, names] of Object.entries(modules)) {
  // Each page fetches its modules together with its script.
  const links = names.map((name) => `<link rel="preload" as="fetch" crossorigin href="./${name}.wasm" />\n  `);
  writeFileSync(`dist/${page}.html`, readFileSync(`${page}.html`, "utf8").replace("<script", `${links.join("")}<script`));
}
