// esbuild does not copy the modules: they have to be next to its output.
import { cpSync } from "node:fs";

for (const page of ["index", "softphone", "create", "form"]) cpSync(`${page}.html`, `dist/${page}.html`);
for (const module of ["omicall", "checks/checks", "softphone/softphone"]) cpSync(`node_modules/omicall-call-center/${module}.wasm`, `dist/${module.split("/").at(-1)}.wasm`);
