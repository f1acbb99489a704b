import { defineConfig } from "vite";

export default defineConfig({
  build: { rollupOptions: { input: ["index.html", "softphone.html", "create.html", "form.html"] } },
  plugins: [{ name: "preload-modules", transformIndexHtml: { order: "post", handler: preloadModules } }],
  // In production the server of the site does the same (see site.conf).
  server: {
    proxy: {
      "/omicall": {
        target: process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com",
        changeOrigin: true,
        rewrite: (path) => path.replace(/^\/omicall/, ""),
      },
      "/my-backend": process.env.BACKEND_URL ?? "http://127.0.0.1:3001",
    },
  },
});

/** Lets a built page fetch the modules of its script together with the script. The dev server has none. */
function preloadModules(html, { bundle, chunk }) {
  const modulesOf = ({ imports, viteMetadata }) => [...viteMetadata.importedAssets, ...imports.flatMap((file) => modulesOf(bundle[file]))].filter((file) => file.endsWith(".wasm"));
  const modules = bundle ? new Set(modulesOf(chunk)) : [];
  return [...modules].map((file) => ({ tag: "link", attrs: { rel: "preload", as: "fetch", crossorigin: true, href: `/${file}` }, injectTo: "head" }));
}
