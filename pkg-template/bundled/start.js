// Starts the wasm module, in the same way for every entry. Until then, wasm-bindgen's JavaScript holds a Proxy instead of the
// module's exports. The first use of it starts the module synchronously if the entry contains it (Node, inline, workerd), and
// otherwise throws an error that explains what to do. So this file need not know what the crate exports.
import { OmiCallError, begin, bind, build, imports, usageError } from "omicall-glue";

let started = false;
let starting;
let provide;

bind(
  new Proxy({}, {
    get(_, name) {
      if (!provide) throw usageError("The WebAssembly module of omicall-call-center is not started yet: `await initAsync()` first, once.");
      try {
        const source = provide();
        return finish(new WebAssembly.Instance(checked(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source)), imports))[name];
      } catch (cause) {
        throw startError(cause);
      }
    },
  }),
);

/** Lets the first use start the module that `source()` returns, or its bytes. */
function setSource(source) {
  provide = source;
}

/** Starts the module from `input` (see `initAsync`), or from what it returns. Memoised; after a failure it can be tried again. */
function start(input) {
  if (started) starting ??= Promise.resolve();
  starting ??= load(input)
    .then((module) => WebAssembly.instantiate(checked(module), imports))
    .then(finish)
    .then(
      () => {},
      (cause) => {
        starting = undefined;
        throw startError(cause);
      },
    );
  return starting;
}

// A default export, because the `export *` of the entries does not include it.
export default { setSource, start };

function finish({ exports }) {
  if (!started) {
    bind(exports);
    started = true;
    exports[begin]();
  }
  return exports;
}

async function load(input) {
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
  if (!ok) throw usageError(`${from} has the status ${status}: omicall.wasm has to be served there, or pass its URL to \`initAsync(url)\`.`, { retryable: status > 499 });
  const type = headers.get("content-type") ?? "";
  if (type === "application/wasm") return WebAssembly.compileStreaming(source);
  // Streaming does not accept MIME parameters, and a Response that a page created has no type.
  if (/^(application\/wasm\b.*)?$/i.test(type)) return WebAssembly.compile(await source.arrayBuffer());
  const hint = /html/.test(type) ? "that is a web page, which the server sends for unknown URLs; serve omicall.wasm there" : "the server has to send .wasm files as application/wasm";
  throw usageError(`${from} was served with the MIME type ${type}: ${hint}, or pass its URL or bytes to \`initAsync\`.`);
}

// A URL for an error message: without the query, which may contain a signature.
const withoutQuery = (address) => String(address).replace(/[?#].*/s, "").slice(0, 200);

// By name, because the object may come from another realm, and the class may not exist.
const isA = (name, value) => Object.prototype.toString.call(value) === `[object ${name}]`;

/** Returns the module if it is from the same build as this JavaScript, which would otherwise call the wrong functions. */
function checked(module) {
  const [section] = WebAssembly.Module.customSections(module, "omicall");
  const found = section ? new TextDecoder().decode(section) : "none";
  if (found !== build) {
    throw usageError(`omicall.wasm and the JavaScript of omicall-call-center are not from one build (${found} and ${build}): deploy both together and purge the caches in between.`);
  }
  return module;
}

function startError(cause) {
  if (cause instanceof OmiCallError) return cause;
  const csp = /content.security.policy|\bCSP\b|unsafe-eval/i.test(cause?.message);
  const hint = csp
    ? "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src"
    : "`initAsync` takes a URL, a Response, the bytes of omicall.wasm or a WebAssembly.Module, or nothing";
  return usageError(`The WebAssembly module of omicall-call-center could not be started (${cause?.message ?? cause}): ${hint}.`, { cause });
}
