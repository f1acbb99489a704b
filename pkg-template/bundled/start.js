// How the module comes up, the same for every entry. Until then the glue of wasm-bindgen holds a stand-in for the
// module: what uses it first starts the module at once where the entry brought it along (Node, inline, workerd), and is
// told what to do where it did not. So nothing here has to know which functions the crate exports.
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
        throw explained(cause);
      }
    },
  }),
);

/** From now on the module that `source()` returns, or its bytes, is started by its first use. */
function bring(source) {
  provide = source;
}

/** Starts the module from `input` (see `initAsync`), or from what it returns. Remembered; forgotten if it fails, so that it can be tried again. */
function start(input) {
  if (started) starting ??= Promise.resolve();
  starting ??= load(input)
    .then((module) => WebAssembly.instantiate(checked(module), imports))
    .then(finish)
    .then(
      () => {},
      (cause) => {
        starting = undefined;
        throw explained(cause);
      },
    );
  return starting;
}

// The default export, which `export *` of the entries leaves out.
export default { bring, start };

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
      throw usageError(`${shown(address)} could not be fetched: no connection, or the page's Content-Security-Policy does not name its origin in connect-src, or another origin serves it without CORS.`, { cause, retryable: true });
    });
  }
  if (!isA("Response", source)) return WebAssembly.compile(source);
  const { ok, status, url, headers } = source;
  const from = shown(url) || "The response";
  if (!ok) throw usageError(`${from} has the status ${status}: omicall.wasm has to be served there, or \`initAsync(url)\` has to say where it is.`, { retryable: status > 499 });
  const type = headers.get("content-type") ?? "";
  if (type === "application/wasm") return WebAssembly.compileStreaming(source);
  // Streaming takes no parameters, and a Response that a page made itself has no type.
  if (/^(application\/wasm\b.*)?$/i.test(type)) return WebAssembly.compile(await source.arrayBuffer());
  const why = /html/.test(type) ? "that is a page, the server's answer to addresses it does not know; serve omicall.wasm there" : "the server has to send .wasm files as application/wasm";
  throw usageError(`${from} was served with the MIME type ${type}: ${why}, or pass its address or bytes to \`initAsync\`.`);
}

// An address as an error may show it: signed ones have their secret in the query.
const shown = (address) => String(address).replace(/[?#].*/s, "").slice(0, 200);

// By name: the class of another realm, or none at all, is as good.
const isA = (name, value) => Object.prototype.toString.call(value) === `[object ${name}]`;

/** The module, if this very JavaScript belongs to it: another would call the wrong functions. */
function checked(module) {
  const [section] = WebAssembly.Module.customSections(module, "omicall");
  const found = section ? new TextDecoder().decode(section) : "none";
  if (found !== build) {
    throw usageError(`omicall.wasm and the JavaScript of omicall-call-center are not from one build (${found} and ${build}): deploy both together and empty the caches between.`);
  }
  return module;
}

function explained(cause) {
  if (cause instanceof OmiCallError) return cause;
  const csp = /content.security.policy|\bCSP\b|unsafe-eval/i.test(cause?.message);
  const help = csp
    ? "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src"
    : "`initAsync` takes an address, a Response, the bytes of omicall.wasm or a WebAssembly.Module, or nothing";
  return usageError(`The WebAssembly module of omicall-call-center could not be started (${cause?.message ?? cause}): ${help}.`, { cause });
}
