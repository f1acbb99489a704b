// A script, not a module: it has the global of classic.js.
/// <reference types="omicall-call-center/all" />
const callCenter = new OmiCallCenter.CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token" } });
callCenter.phones.list().catch((error: unknown) => {
  if (error instanceof OmiCallCenter.OmiCallError) console.log(error.kind satisfies OmiCallCenter.ErrorKind);
});
console.log(OmiCallCenter.lintIvr({ scripts: [] }).ok, OmiCallCenter.jsSipConfig({}).webSocketUrl);
// @ts-expect-error: an unknown name
OmiCallCenter.Nothing;
