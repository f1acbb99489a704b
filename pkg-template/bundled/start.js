// Starts a wasm module, in the same way for every module and entry.
import { OmiCallError, usageError } from "./error.js";

/**
 * Creates what starts one module. `bind` tells wasm-bindgen's JavaScript the module's exports. Until the module is started,
 * they are a Proxy, whose first use starts the module synchronously if the entry contains it (Node, inline, workerd), and
 * otherwise throws an error that explains what to do. So this file need not know what the crate exports.
 */
export function createRuntime({ bind, begin, build, file, imports, entry = { "omicall.wasm": "omicall-call-center", "everything.wasm": "OmiCallCenter" }[file] ?? `omicall-call-center/${file.replace(".wasm", "")}` }) {
  let isStarted = false;
  let starting;
  let provide;

  const finish = ({ exports }) => {
    if (!isStarted) {
      bind(exports);
      isStarted = true;
      exports[begin]();
    }
    return exports;
  };

  bind(
    new Proxy({}, {
      get(_, name) {
        if (!provide) throw usageError(`The WebAssembly module of ${entry} is not started yet: \`await initAsync()\` of \`${entry}\` first, once.`);
        try {
          const source = provide();
          return finish(new WebAssembly.Instance(checked(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source), file, build), imports))[name];
        } catch (cause) {
          throw startError(cause, entry, file);
        }
      },
    }),
  );

  return {
    /** Lets the first use start the module that `source()` returns, or its bytes. */
    setSource(source) {
      provide = source;
    },
    /**
     * Starts the module from `input` (see `initAsync`), or from what it returns; otherwise from what the page already has, or
     * from `usual`. Memoised; after a failure it can be tried again.
     */
    start(input, usual) {
      if (isStarted) starting ??= Promise.resolve();
      starting ??= load(input ?? provide ?? usual, entry, file)
        .then((module) => WebAssembly.instantiate(checked(module, file, build), imports))
        .then(finish)
        .then(
          () => {},
          (cause) => {
            starting = undefined;
            throw startError(cause, entry, file);
          },
        );
      return starting;
    },
  };
}

/** Starts an entry that is imported on demand, and returns it. `file` is the entry's file, for the error. */
export async function started(entry, file) {
  const exports = await entry.catch((cause) => {
    // Not retryable: Firefox remembers that an import failed. Besides, a site that was deployed again has another file.
    throw usageError(`${file} of omicall-call-center could not be loaded: serve it next to the package's other files, then reload the page.`, { cause });
  });
  await exports.initAsync();
  return exports;
}

async function load(input, entry, file) {
  let source = await (typeof input === "function" ? input() : input);
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL || isA("Request", source)) {
    const address = source.url ?? source;
    source = await fetch(source).catch((cause) => {
      throw usageError(`${withoutQuery(address)} could not be fetched: there is no connection, or connect-src of the page's Content-Security-Policy does not allow its origin, or another origin serves it without CORS.`, { cause, retryable: true });
    });
  }
  if (!isA("Response", source)) return WebAssembly.compile(source);
  const { ok, status, url, headers } = source;
  const from = withoutQuery(url) || "The response";
  if (!ok) throw usageError(`${from} has the status ${status}: ${file} has to be served there, or pass its URL to \`initAsync(url)\` of \`${entry}\`.`, { retryable: status > 499 });
  const type = headers.get("content-type") ?? "";
  if (type === "application/wasm") return WebAssembly.compileStreaming(source);
  // Streaming does not accept MIME parameters, and a Response that a page created has no type.
  if (/^(application\/wasm\b.*)?$/i.test(type)) return WebAssembly.compile(await source.arrayBuffer());
  const hint = /html/.test(type) ? `that is a web page, which the server sends for unknown URLs; serve ${file} there` : "the server has to send .wasm files as application/wasm";
  throw usageError(`${from} was served with the MIME type ${type}: ${hint}, or pass its URL or bytes to \`initAsync\` of \`${entry}\`.`);
}

// A URL for an error message: without the query, which may contain a signature, and without user and password.
const withoutQuery = (address) => String(address).replace(/[?#].*/s, "").replace(/\/\/[^/]*@/, "//").slice(0, 200);

// By name, because the object may come from another realm, and the class may not exist.
const isA = (name, value) => Object.prototype.toString.call(value) === `[object ${name}]`;

/** Returns the module if it is from the same build as this JavaScript, which would otherwise call the wrong functions. */
function checked(module, file, build) {
  const [section] = WebAssembly.Module.customSections(module, "omicall");
  const found = section ? new TextDecoder().decode(section) : "none";
  if (found !== build) {
    throw usageError(`${file} and the JavaScript of omicall-call-center are not from one build (${found} and ${build}): deploy both together and purge the caches in between.`);
  }
  return module;
}

// What the modules use and older browsers lack: SIMD, reference types, several results of a function. Such a browser says of the
// bytes only that they are wrong.
const NEWEST_FEATURES = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 0, 2, 123, 111, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 208, 111, 11);

function startError(cause, entry, file) {
  if (cause instanceof OmiCallError) return cause;
  const text = cause?.message ?? cause;
  return usageError(`The WebAssembly module of ${entry} could not be started (${text}): ${hintFor(text, entry, file)}.`, { cause });
}

function hintFor(text, entry, file) {
  const oldest = "it takes Chrome 96, Firefox 93, Safari 16.4 or newer";
  if (!globalThis.WebAssembly) return `WebAssembly is switched off, as in Lockdown Mode of iOS, or missing: ${oldest}`;
  if (/content.security.policy|\bCSP\b|unsafe-eval/i.test(text)) return "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src";
  if (!WebAssembly.validate(NEWEST_FEATURES)) return `this browser lacks SIMD or reference types of WebAssembly: ${oldest}`;
  // Chrome before 115.
  if (/main thread/.test(text)) return `\`await initAsync()\` of \`${entry}\` first: this browser cannot start it at first use`;
  return `\`initAsync\` takes a URL, a Response, the bytes of ${file} or a WebAssembly.Module, or nothing`;
}
