// In production the server of the site does the same (see site.conf).
export default {
  "/omicall": { target: process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com", changeOrigin: true, pathRewrite: { "^/omicall": "" } },
  "/my-backend": { target: process.env.BACKEND_URL ?? "http://127.0.0.1:3001" },
};
