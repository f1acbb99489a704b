import { defineConfig } from "vite";

export default defineConfig({
  build: { rollupOptions: { input: ["index.html", "softphone.html", "create.html", "form.html"] } },
  // In production the server of the site does the same (see nginx.conf).
  server: {
    proxy: {
      "/omicall": {
        target: process.env.OMICALL_URL ?? "https://public-v1.omicall.com",
        changeOrigin: true,
        rewrite: (path) => path.replace(/^\/omicall/, ""),
      },
      "/my-backend": process.env.BACKEND_URL ?? "http://127.0.0.1:3001",
    },
  },
});
