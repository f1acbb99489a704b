import { CallCenter, initAsync, type Phones } from "omicall-call-center/inline";
import { CallCenter as Usual } from "omicall-call-center";

export const phones: Phones = new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token" } }).phones;
// Both entries have the same class.
export const same: typeof Usual = CallCenter;
void initAsync();
// @ts-expect-error: what the exports map does not name
export type Inner = typeof import("omicall-call-center/omicall.js");
