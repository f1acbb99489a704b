using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "dist/worker.js"),
    (name = "omicall.wasm", wasm = embed "dist/omicall.wasm"),
    (name = "checks.wasm", wasm = embed "dist/checks.wasm"),
  ],
  bindings = [
    (name = "OMICALL_URL", fromEnvironment = "OMICALL_URL"),
    (name = "OMICALL_API_KEY", fromEnvironment = "OMICALL_API_KEY"),
  ],
  compatibilityDate = "2026-01-01",
);
