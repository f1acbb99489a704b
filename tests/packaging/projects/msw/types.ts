// What compiles, and what does not.
import { setupWorker } from "msw/browser";
import { setupServer } from "msw/node";
import type { HttpHandler } from "msw";
import { createSandbox } from "omicall-call-center/testing";
import { handlers } from "omicall-call-center/testing/msw";

const sandbox = await createSandbox();
const all: HttpHandler[] = handlers(sandbox, { baseUrl: "/omicall" });
setupServer(...all).listen();
await setupWorker(...all).start();

// @ts-expect-error: the base URL is required
handlers(sandbox, {});
// @ts-expect-error: a client is not a sandbox
handlers({ fetch }, { baseUrl: "/omicall" });
