// jsdom with what it lacks: Node's `fetch`, and the classes that belong to it.
const { TestEnvironment } = require("jest-environment-jsdom");

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    const { AbortController, AbortSignal, Blob, File, FormData, Headers, Request, Response, fetch } = globalThis;
    Object.assign(this.global, { AbortController, AbortSignal, Blob, File, FormData, Headers, Request, Response, fetch });
  }
};
