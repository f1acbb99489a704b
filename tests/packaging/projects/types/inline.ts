import { CallCenter, initAsync, loadChecks, type Phones } from "omicall-call-center/inline";
import { CallCenter as Usual, OmiCallError, lintIvr } from "omicall-call-center";
import * as checks from "omicall-call-center/checks";
import * as inlineChecks from "omicall-call-center/checks/inline";
import * as softphone from "omicall-call-center/softphone";
import * as inlineSoftphone from "omicall-call-center/softphone/inline";
import * as all from "omicall-call-center/all";
import * as inlineAll from "omicall-call-center/all/inline";

export const phones: Phones = new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token" } }).phones;
// All entries have the same class.
export const same: typeof Usual = CallCenter;
export const errors: (typeof OmiCallError)[] = [checks.OmiCallError, softphone.OmiCallError, all.OmiCallError, inlineAll.OmiCallError];
export const functions: [typeof checks.lintIvr, typeof softphone.jsSipConfig, typeof all.CallCenter] = [inlineChecks.lintIvr, inlineSoftphone.jsSipConfig, inlineAll.CallCenter];
export const loaded: Promise<typeof checks> = loadChecks();
// Types are in every entry.
export const report: checks.Report = checks.lintIvr({ scripts: [] } satisfies softphone.Tenant);
void initAsync("/omicall.wasm").then(() => Promise.all([checks.initAsync(), softphone.initAsync(fetch("/softphone.wasm"))]));
void all.initAsync({ checks: new URL("https://example.com/checks.wasm") });
// @ts-expect-error: the checks are not in the client's entry
void lintIvr;
// @ts-expect-error: `all` takes a source for each module
void all.initAsync("/omicall.wasm");
// @ts-expect-error: what the entries have for one another is not for pages
void checks.default;
// @ts-expect-error: what the exports map does not name
export type Inner = typeof import("omicall-call-center/omicall.js");
