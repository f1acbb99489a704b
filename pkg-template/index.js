import start, { OmiCallError } from "./omicall.js";

export * from "./omicall.js";

let ready;

export function initAsync(input) {
  // Remembered, so that it starts once however often it is called; forgotten when it fails, so that it can be tried again.
  ready ??= start({ module_or_path: input ?? new URL("./omicall.wasm", import.meta.url) }).then(
    () => {},
    (cause) => {
      ready = undefined;
      throw new OmiCallError(
        `The WebAssembly module of omicall-call-center could not be started (${cause?.message ?? cause}). ` +
          "Check in the network panel that omicall.wasm is served, with the type application/wasm, and comes from the same version of the package as its JavaScript.",
        { kind: "usage", attempts: 0, issues: [], retryable: true, cause },
      );
    },
  );
  return ready;
}
