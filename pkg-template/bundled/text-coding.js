// What `require` needs of Node where Jest's jsdom hides it from tests.
const { TextDecoder, TextEncoder } = globalThis.TextDecoder ? globalThis : (globalThis.process?.getBuiltinModule?.("util") ?? {});
if (!TextDecoder) throw new Error("omicall-call-center needs TextDecoder and TextEncoder, which this environment lacks. For Jest's jsdom, use Node 20.16 or newer, or an environment that has them.");
export { TextDecoder, TextEncoder };
