// Nothing is needed for the package itself: webpack finds the modules by `new URL` and copies them.
import CopyPlugin from "copy-webpack-plugin";

export default {
  entry: { main: "./main.js", softphone: "./softphone.js", create: "./create.js", form: "./form.js" },
  output: { clean: true },
  plugins: [new CopyPlugin({ patterns: ["*.html"] })],
  performance: { hints: false },
  devServer: {
    client: { overlay: false },
    proxy: [
      { context: "/omicall", target: process.env.OMICALL_URL ?? "https://public-v1.omicall.com", changeOrigin: true, pathRewrite: { "^/omicall": "" } },
      { context: "/my-backend", target: process.env.BACKEND_URL ?? "http://127.0.0.1:3001" },
    ],
  },
};
