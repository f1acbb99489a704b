// Nothing is needed for the package itself: Rspack finds the modules by `new URL` and copies them.
import { Compilation, CopyRspackPlugin, sources } from "@rspack/core";

const pages = { index: "main", softphone: "softphone", create: "create", form: "form" };

export default {
  entry: Object.fromEntries(Object.values(pages).map((script) => [script, `./${script}.js`])),
  output: { clean: true },
  plugins: [new CopyRspackPlugin({ patterns: ["*.html"] }), { apply: (compiler) => compiler.hooks.compilation.tap("preload", preloadModules) }],
  performance: { hints: false },
  devServer: {
    client: { overlay: false },
    proxy: [
      { context: ["/omicall"], target: process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com", changeOrigin: true, pathRewrite: { "^/omicall": "" } },
      { context: ["/my-backend"], target: process.env.BACKEND_URL ?? "http://127.0.0.1:3001" },
    ],
  },
};

/** Lets a page fetch the modules of its script together with the script. */
function preloadModules(compilation) {
  const stage = Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE;
  compilation.hooks.processAssets.tap({ name: "preload", stage }, () => {
    for (const [page, script] of Object.entries(pages)) {
      const files = new Set(compilation.entrypoints.get(script).chunks.flatMap((chunk) => [...chunk.auxiliaryFiles]));
      const links = [...files].filter((file) => file.endsWith(".wasm")).map((file) => `<link rel="preload" as="fetch" crossorigin href="./${file}" />\n  `);
      compilation.updateAsset(`${page}.html`, (html) => new sources.RawSource(html.source().toString().replace("<script", `${links.join("")}<script`)));
    }
  });
}
