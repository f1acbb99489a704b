import { defineConfig } from "astro/config";

// The package needs no setting. In production the server of the site passes these paths on (see site.conf).
export default defineConfig({
  devToolbar: { enabled: false },
  vite: {
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
  },
});
